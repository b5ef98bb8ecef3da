//! Development tasks that write committed files: `cargo run -p xtask -- TASK`.
//! Each task is a module with a `run` that answers what it wrote.

mod fhir_tables;

use std::process::ExitCode;

const TASKS: &str = "tasks: fhir-tables";

fn main() -> ExitCode {
    let result = match std::env::args().nth(1).as_deref() {
        Some("fhir-tables") => fhir_tables::run(),
        _ => Err(TASKS.to_owned()),
    };
    match result {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

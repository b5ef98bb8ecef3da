//! Development tasks that write committed files: `cargo run -p xtask -- TASK`.
//! Each task is a module with a `run` that answers what it wrote.

mod fhir_tables;
mod train_dictionary;

use std::process::ExitCode;

const TASKS: &str = "tasks: fhir-tables, train-dictionary";

fn main() -> ExitCode {
    let result = match std::env::args().nth(1).as_deref() {
        Some("fhir-tables") => fhir_tables::run(),
        Some("train-dictionary") => train_dictionary::run(),
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

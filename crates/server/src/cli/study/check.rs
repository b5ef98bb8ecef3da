//! `samechart study check`: is a protocol right?

use super::input::read_protocol;
use crate::cli::outcome::{Failure, Outcome};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Check {
    #[arg(required = true, value_name = "PROTOCOL")]
    protocols: Vec<PathBuf>,
}

pub fn run(arguments: &Check) -> Result<Outcome, Failure> {
    let mut wrong = Vec::new();
    let mut lines = Vec::new();
    let mut answers = Vec::new();
    for path in &arguments.protocols {
        match read_protocol(path) {
            Ok(protocol) => {
                let hash = protocol.hash();
                lines.push(format!("{}: {} is right, hash {hash}", path.display(), protocol.name));
                answers
                    .push(json!({ "file": path.display().to_string(), "name": protocol.name, "hash": hash }));
            }
            Err(failure) => wrong.push(failure.text().to_owned()),
        }
    }
    if !wrong.is_empty() {
        return Err(Failure::usage(wrong.join("\n")));
    }
    Ok(Outcome::done(lines.join("\n"), json!({ "protocols": answers })))
}

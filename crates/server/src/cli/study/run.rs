//! `samechart study run --input FILE`: the whole report of a protocol, into a folder. Without a file the record is
//! studied (`record.rs`).

use super::input::{Design, Input, Rows, read_again};
use crate::cli::outcome::{Failure, Outcome};
use clap::Args;
use serde_json::json;
use service::studies::runs::PROGRAM;
use std::path::PathBuf;
use study::grouped::Grouped;
use study::grouped_file;
use study::protocol::Protocol;
use study::report::{self, Material, Provenance};

#[derive(Debug, Args)]
pub struct Run {
    /// Rows as CSV or Parquet, or a grouped.json; without it the record is studied.
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub protocol: PathBuf,
    /// The folder for report.html, report.json and the CSV tables.
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
    /// The record only: makes the run's key from a number, for a repetition; whoever knows the number has the key.
    #[arg(long, value_name = "N", conflicts_with = "input")]
    pub seed: Option<i64>,
    /// The date of the file's data, as the report names it.
    #[arg(long, value_name = "DATE", requires = "input")]
    as_of: Option<String>,
    /// Shows a file's small counts; such a report is not for publication.
    #[arg(long, requires = "input")]
    exact_counts: bool,
    /// Memory for a file's counts in MiB; beyond it they are written to temporary files.
    #[arg(long, default_value_t = 1024, value_name = "MIB")]
    memory: usize,
}

/// A run on a file.
pub struct OnFile {
    input: Input,
    out: PathBuf,
    as_of: Option<String>,
    exact_counts: bool,
}

impl Run {
    /// `None` where the record is to be studied.
    pub fn file(&self) -> Option<OnFile> {
        let design = Design { protocol: Some(self.protocol.clone()), ..Design::default() };
        let input = Some(self.input.clone()?);
        let input = Input { input, rows: Rows::default(), design, memory: self.memory };
        let (out, as_of) = (self.out.clone(), self.as_of.clone());
        Some(OnFile { input, out, as_of, exact_counts: self.exact_counts })
    }
}

pub fn run(OnFile { input, out, as_of, exact_counts }: OnFile) -> Result<Outcome, Failure> {
    let name = input.input.as_ref().and_then(|path| path.file_name());
    let data = name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let planned = input.plan()?;
    let Some(protocol) = &planned.protocol else { return Err(Failure::usage("a protocol is needed")) };
    let file = input.read(&planned, "")?;
    let others = others(&input, protocol);
    let program = PROGRAM.to_owned();
    let provenance = Provenance { program, data, data_date: as_of, exact_counts, ..Provenance::default() };
    let material = Material { protocol, file: &file, others: &others, provenance: &provenance };
    let report = report::build(&material).map_err(|error| Failure::failed(error.to_string()))?;
    let written = report::write(&report, &out).map_err(|error| Failure::failed(error.to_string()))?;
    let names: Vec<String> = written.iter().map(|path| path.display().to_string()).collect();
    let json = json!({
        "files": names, "protocol": report.protocol, "hash": report.protocol_hash, "n": report.n,
        "events": report.events, "clusters": report.clusters, "warnings": report.warnings,
    });
    Ok(Outcome::done(names.join("\n"), json))
}

/// What the report reads beside the main analysis; a grouped.json has none of it.
fn others(input: &Input, protocol: &Protocol) -> Vec<(String, Result<Grouped, String>)> {
    let rows = input.input.as_ref().filter(|path| !grouped_file::is_grouped(path));
    rows.map_or_else(Vec::new, |path| {
        report::others(protocol, |columns| {
            let read = read_again(path, columns, input.memory).map(|reading| reading.grouped);
            read.map_err(|error| error.without_place())
        })
    })
}

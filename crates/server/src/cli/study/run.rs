//! `samechart study run`: the whole report of a protocol, into a folder.

use super::input::{Design, Input, Rows, read_rows};
use crate::cli::outcome::{Failure, Outcome};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use study::grouped::Grouped;
use study::grouped_file;
use study::protocol::Protocol;
use study::report::{self, Material, Provenance};
use study::source::Columns;

#[derive(Debug, Args)]
pub struct Run {
    /// Rows as CSV or Parquet, or a grouped.json.
    #[arg(long, value_name = "FILE")]
    input: PathBuf,
    #[arg(long, value_name = "FILE")]
    protocol: PathBuf,
    /// The folder for report.html, report.json and the CSV tables.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// The date of the data, as the report names it.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Shows small counts; such a report is not for publication.
    #[arg(long)]
    exact_counts: bool,
    /// Memory for the counts in MiB; beyond it they are written to temporary files.
    #[arg(long, default_value_t = 1024, value_name = "MIB")]
    memory: usize,
}

pub fn run(arguments: Run) -> Result<Outcome, Failure> {
    let Run { input, protocol, out, as_of, exact_counts, memory } = arguments;
    let data = input.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let design = Design { protocol: Some(protocol), ..Design::default() };
    let input = Input { input: Some(input), rows: Rows::default(), design, memory };
    let planned = input.design.plan()?;
    let Some(protocol) = &planned.protocol else { return Err(Failure::usage("a protocol is needed")) };
    let file = input.read(&planned, "")?;
    let others = others(&input, protocol);
    let program = format!("Samechart {}", env!("CARGO_PKG_VERSION"));
    let provenance = Provenance { program, data, data_date: as_of, exact_counts };
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

/// What the report reads beside the main analysis: covariates from other columns, stages, times. A file without
/// them, or a grouped.json, is no reason to refuse the report: it says so.
fn others(input: &Input, protocol: &Protocol) -> Vec<(String, Result<Grouped, String>)> {
    let Some(path) = input.input.as_ref().filter(|path| !grouped_file::is_grouped(path)) else {
        return Vec::new();
    };
    let read = |(name, columns): (String, Columns)| {
        let read = read_rows(path, &columns, input.memory).map(|reading| reading.grouped);
        (name, read.map_err(|failure| failure.text().to_owned()))
    };
    protocol.readings().into_iter().map(read).collect()
}

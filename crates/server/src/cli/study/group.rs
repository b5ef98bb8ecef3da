//! `samechart study group`: the counts of a file, a database or an engine's answer, for fitting and merging.

use super::input::Input;
use crate::cli::outcome::{Failure, Outcome};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use study::grouped_file::{self, GroupedFile};
use study::sql;

#[derive(Debug, Args)]
pub struct Group {
    #[command(flatten)]
    input: Input,
    /// The rows that an engine answered to the statement of `study sql`, as CSV with a header; more than one file where
    /// it wrote several.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["input", "table", "query"])]
    answer: Vec<PathBuf>,
    /// This site's name, which goes before each cluster; needed for merging.
    #[arg(long, default_value = "", hide_default_value = true)]
    site: String,
    /// Where the counts go. They hold small cells: a limited data set, not for publication.
    #[arg(long, default_value = "grouped.json", value_name = "FILE")]
    out: PathBuf,
}

pub fn run(arguments: &Group) -> Result<Outcome, Failure> {
    let is_name = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    if !arguments.site.chars().all(is_name) {
        return Err(Failure::usage("--site wants lower-case letters, digits and hyphens"));
    }
    if let Some(grouped) = arguments.input.counts() {
        return Err(Failure::usage(format!("{}: is grouped already", grouped.display())));
    }
    let planned = arguments.input.plan()?;
    if arguments.answer.is_empty() {
        return written(&arguments.input.read(&planned, &arguments.site)?, &arguments.out);
    }
    let reading = sql::read(&arguments.answer, &planned.columns);
    let reading = reading.map_err(|error| Failure::failed(error.to_string()))?;
    let file = GroupedFile::new(reading, &planned.columns, planned.protocol.as_ref(), &arguments.site);
    written(&file, &arguments.out)
}

/// Writes the counts and says how many.
pub fn written(file: &grouped_file::GroupedFile, out: &std::path::Path) -> Result<Outcome, Failure> {
    let bytes = grouped_file::write(file, out).map_err(|error| Failure::failed(error.to_string()))?;
    let grouped = &file.grouped;
    let (rows, events, clusters) = (grouped.rows(), grouped.events(), grouped.clusters.len());
    let (patterns, groups) = (grouped.patterns.len(), grouped.cells.len());
    let text = format!(
        "{}: {rows} rows, {clusters} clusters, {patterns} patterns, {groups} groups\n\
         It holds small cells: a limited data set, not for publication.",
        out.display()
    );
    let json = json!({
        "file": out.display().to_string(), "bytes": bytes, "sites": file.sites, "hash": file.hash,
        "rows_read": file.rows, "n": rows, "events": events, "clusters": clusters, "patterns": patterns, "groups": groups,
    });
    Ok(Outcome::done(text, json))
}

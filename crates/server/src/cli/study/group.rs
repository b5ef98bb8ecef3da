//! `samechart study group`: a file's counts, for merging.

use super::input::Input;
use crate::cli::outcome::{Failure, Outcome};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use study::grouped_file;

#[derive(Debug, Args)]
pub struct Group {
    #[command(flatten)]
    input: Input,
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
    let planned = arguments.input.design.plan()?;
    if grouped_file::is_grouped(&arguments.input.input) {
        let name = arguments.input.input.display();
        return Err(Failure::usage(format!("{name}: is grouped already")));
    }
    let file = arguments.input.read(&planned, &arguments.site)?;
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

//! `samechart study merge`: several sites' counts as one.

use super::group::written;
use crate::cli::outcome::{Failure, Outcome};
use clap::Args;
use std::path::PathBuf;
use study::grouped_file::{self, GroupedFile};

#[derive(Debug, Args)]
pub struct Merge {
    /// The grouped.json of each site.
    #[arg(required = true, num_args = 2.., value_name = "FILE")]
    files: Vec<PathBuf>,
    #[arg(long, default_value = "merged.json", value_name = "FILE")]
    out: PathBuf,
}

pub fn run(arguments: &Merge) -> Result<Outcome, Failure> {
    let failed = |error: grouped_file::GroupedError| Failure::failed(error.to_string());
    let read = |path: &PathBuf| Ok((path.display().to_string(), grouped_file::read(path).map_err(failed)?));
    let files: Vec<(String, GroupedFile)> =
        arguments.files.iter().map(read).collect::<Result<Vec<_>, Failure>>()?;
    written(&grouped_file::merge(files).map_err(failed)?, &arguments.out)
}

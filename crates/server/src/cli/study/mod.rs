//! `samechart study`: a study on a file, without settings, keys or a database of ours.

mod check;
mod fit;
mod group;
mod input;
mod merge;

use super::outcome::{Failure, Outcome};
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum Study {
    /// Checks protocols, and reads no data.
    Check(check::Check),
    /// Fits the odds ratios of a file: CSV, Parquet or grouped.json.
    Fit(fit::Fit),
    /// Writes a file's counts by cluster and pattern, to be merged with other sites'.
    Group(group::Group),
    /// Merges the counts of several sites.
    Merge(merge::Merge),
}

pub fn run(study: Study) -> Result<Outcome, Failure> {
    match study {
        Study::Check(arguments) => check::run(&arguments),
        Study::Fit(arguments) => fit::run(&arguments),
        Study::Group(arguments) => group::run(&arguments),
        Study::Merge(arguments) => merge::run(&arguments),
    }
}

//! `samechart study`: a study on a file, without settings, keys or a database of ours; or on the record.

mod areas;
mod check;
mod database;
mod extract;
mod fit;
mod group;
mod input;
mod merge;
mod record;
mod run;
mod sql;

use super::outcome::{Failure, Outcome};
use super::session::Session;
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum Study {
    /// Checks protocols, and reads no data.
    Check(check::Check),
    /// Takes the rows of a study from the record.
    Extract(extract::Extract),
    /// Takes a site's table of areas: deprivation, and the distance to the clinic.
    Areas(areas::Areas),
    /// Fits the odds ratios of a file: CSV, Parquet or grouped.json.
    Fit(fit::Fit),
    /// Runs a protocol, on a file or on the record, and writes its report: a page, JSON and CSV.
    Run(run::Run),
    /// Destroys the key of a run on the record: its ids stand for nobody any more.
    DestroyKey(record::DestroyKey),
    /// Writes counts by cluster and pattern, of a file, a database or the answer to `study sql`: to be fitted, or merged
    /// with other sites'.
    Group(group::Group),
    /// Prints the grouping as SQL, for the engine that holds the rows; its answer is for `study group --answer`.
    Sql(sql::Sql),
    /// Merges the counts of several sites.
    Merge(merge::Merge),
}

pub async fn run(study: Study, session: &Session) -> Result<Outcome, Failure> {
    match study {
        Study::Extract(arguments) => extract::run(arguments, session).await,
        Study::Areas(arguments) => areas::run(arguments, session).await,
        Study::Check(arguments) => on_files(|| check::run(&arguments)),
        Study::Fit(arguments) => on_files(|| fit::run(&arguments)),
        Study::Group(arguments) => on_files(|| group::run(&arguments)),
        Study::Run(arguments) => match arguments.file() {
            Some(on_file) => on_files(|| run::run(on_file)),
            None => record::run(arguments, session).await,
        },
        Study::DestroyKey(arguments) => record::destroy_key(arguments, session).await,
        Study::Sql(arguments) => on_files(|| sql::run(&arguments)),
        Study::Merge(arguments) => on_files(|| merge::run(&arguments)),
    }
}

/// Reading and fitting take seconds; the runtime's other work goes on elsewhere.
fn on_files(work: impl FnOnce() -> Result<Outcome, Failure>) -> Result<Outcome, Failure> {
    tokio::task::block_in_place(work)
}

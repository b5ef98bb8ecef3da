//! `samechart bench`: the budgets, measured on this machine in scratch databases that are deleted
//! afterwards. Figures are ratios within one run, because a machine has neighbours.

mod clinic;
mod fill;
mod import;
mod machine;
mod pages;
mod report;
mod search;
mod sends;
mod start;
mod text;

use super::outcome::{Failure, Outcome};
use clap::{Args, Subcommand};
use report::Report;
use serde_json::json;
use std::path::PathBuf;
use store::bench::Scratch;
use store::db::DatabaseUrl;

/// What to measure.
#[derive(Debug, Args)]
pub struct Bench {
    #[command(subcommand)]
    what: What,
    /// Where the scratch databases go: sqlite:FOLDER or a postgres:// URL whose user may create some.
    #[arg(long, global = true, default_value = "sqlite:.")]
    database: DatabaseUrl,
    /// Threads of the larger store whose pages are timed.
    #[arg(long, global = true, default_value_t = 100_000)]
    threads: usize,
    /// Messages that are searched, or sent.
    #[arg(long, global = true)]
    messages: Option<usize>,
    /// FHIR R4 files or folders to import.
    #[arg(long, global = true, value_name = "PATH")]
    files: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
enum What {
    /// Sends of 16 writers, against the same rows written by hand.
    Sends,
    /// Inbox, thread and list pages in a small store and a large one.
    Pages,
    /// The team's search by words of known frequency.
    Search,
    /// An import, its speed and what it takes on the disk; needs --files.
    Import,
    /// The time to the ready line, and memory when idle.
    Start,
    /// All of them; the import only with --files.
    All,
}

pub async fn run(arguments: Bench) -> Result<Outcome, Failure> {
    let scratch = Scratch::within(&arguments.database)?;
    let measured = measure(&arguments, &scratch).await;
    scratch.dispose().await?;
    let report = measured?;
    Ok(Outcome::done(report.text(), report.json()))
}

async fn measure(arguments: &Bench, scratch: &Scratch) -> Result<Report, Failure> {
    let mut report = Report::new(machine::describe(scratch.folder())?);
    let asked = |what: What| arguments.what == what || arguments.what == What::All;
    if asked(What::Sends) {
        sends::measure(scratch, arguments.messages.unwrap_or(4_000), &mut report).await?;
    }
    if asked(What::Pages) {
        pages::measure(scratch, arguments.threads, &mut report).await?;
    }
    if asked(What::Search) {
        search::measure(scratch, arguments.messages.unwrap_or(100_000), &mut report).await?;
    }
    if asked(What::Import) && (!arguments.files.is_empty() || arguments.what == What::Import) {
        import::measure(scratch, &arguments.files, &mut report).await?;
    }
    if asked(What::Start) {
        start::measure(scratch, &mut report).await?;
    }
    report.note("database", json!(arguments.database.to_string()));
    Ok(report)
}

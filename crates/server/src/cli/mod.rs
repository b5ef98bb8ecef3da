//! The command line: one file per command. Exit codes: 0 done, 1 failed, 2 wrong use.

mod account;
mod bench;
mod check;
mod demo;
mod import;
mod init;
mod keys;
mod operator;
mod outcome;
mod panel;
mod pool;
mod quick_reply;
mod red_flags;
mod run;
pub mod serve;
mod session;
mod simulate;
mod study;

pub use operator::user;
pub use outcome::{Failure, Outcome};
pub use run::run;
pub use session::Session;

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Secure messages inside a shared medical record.
#[derive(Debug, Parser)]
#[command(name = "samechart", version, propagate_version = true)]
pub struct Cli {
    /// The settings' file.
    #[arg(
        long,
        global = true,
        env = "SAMECHART_CONFIG",
        default_value = "samechart.toml",
        value_name = "FILE"
    )]
    pub config: PathBuf,
    /// Prints the result as one line of JSON.
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Writes settings, key and database here, and a link for the first administrator.
    Init(init::Init),
    /// Makes a clinic of invented people here and opens it to this machine.
    Demo(demo::Demo),
    /// Runs the server.
    Serve(serve::Serve),
    /// Takes FHIR R4 bundles and bulk files into the record.
    Import(import::Import),
    /// Proves that the store is what was written, and says what is not.
    Check(check::Check),
    /// Care teams' shared inboxes.
    #[command(subcommand)]
    Pool(pool::Pool),
    /// Accounts of staff, and invitations of patients.
    #[command(subcommand)]
    Account(account::Account),
    /// Which patient belongs to which provider and team.
    #[command(subcommand)]
    Panel(panel::Panel),
    /// The root key and patients' keys.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Studies who uses secure messaging, on a file of rows or counts.
    #[command(subcommand)]
    Study(study::Study),
    /// Warning words in what patients write.
    #[command(subcommand)]
    RedFlags(red_flags::RedFlagsCommand),
    /// Makes data up, with known truth.
    #[command(subcommand)]
    Simulate(simulate::Simulate),
    /// Measures this machine in scratch databases.
    Bench(bench::Bench),
}

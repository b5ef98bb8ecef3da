//! From arguments to an exit code.

use super::outcome::{Failure, Outcome};
use super::{
    Cli, Command, Session, account, bench, check, demo, import, init, keys, panel, pool, red_flags, serve,
    simulate, study,
};
use clap::Parser;
use serde_json::json;
use std::process::ExitCode;
use std::time::Duration;

/// Threads that are still at work when the command is done get so long.
const LAST_WORDS: Duration = Duration::from_secs(1);
const FAILED: u8 = 1;
const WRONG_USE: u8 = 2;

/// Reads the arguments, does the command and prints its result.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let is_json = cli.json;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let result = match runtime {
        Ok(runtime) => {
            let result = runtime.block_on(command(cli));
            // A thread that waits for a database that hangs would hold the process.
            runtime.shutdown_timeout(LAST_WORDS);
            result
        }
        Err(error) => Err(Failure::failed(error.to_string())),
    };
    match result {
        Ok(outcome) => report(&outcome, is_json),
        Err(failure) => refuse(&failure, is_json),
    }
}

async fn command(cli: Cli) -> Result<Outcome, Failure> {
    let session = Session::new(cli.config);
    match cli.command {
        Command::Init(arguments) => init::run(arguments, &session).await,
        Command::Demo(arguments) => demo::run(arguments).await,
        Command::Serve(arguments) => serve::run(arguments, &session).await,
        Command::Import(arguments) => import::run(arguments, &session).await,
        Command::Check(arguments) => check::run(arguments, &session).await,
        Command::Pool(arguments) => pool::run(arguments, &session).await,
        Command::Account(arguments) => account::run(arguments, &session).await,
        Command::Panel(arguments) => panel::run(arguments, &session).await,
        Command::Keys(arguments) => keys::run(arguments, &session).await,
        Command::Study(arguments) => study::run(arguments, &session).await,
        Command::RedFlags(command) => red_flags::run(command, &session),
        Command::Simulate(arguments) => tokio::task::block_in_place(|| simulate::run(arguments)),
        Command::Bench(arguments) => bench::run(arguments).await,
    }
}

fn report(outcome: &Outcome, is_json: bool) -> ExitCode {
    let text = if is_json { outcome.json.to_string() } else { outcome.text.trim_end().to_owned() };
    if !text.is_empty() && text != "null" {
        println!("{text}");
    }
    if outcome.is_failure { ExitCode::from(FAILED) } else { ExitCode::SUCCESS }
}

fn refuse(failure: &Failure, is_json: bool) -> ExitCode {
    if is_json {
        println!("{}", json!({ "error": failure.text() }));
    }
    eprintln!("samechart: {}", failure.text());
    ExitCode::from(match failure {
        Failure::Use(_) => WRONG_USE,
        Failure::Failed(_) => FAILED,
    })
}

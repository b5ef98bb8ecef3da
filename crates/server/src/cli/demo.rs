//! `samechart demo`: a made-up clinic for this machine only.

use super::outcome::{Failure, Outcome};
use crate::demo::{self, Asked};
use clap::Args;
use serde_json::Value;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Demo {
    /// Where the clinic is kept.
    #[arg(long, default_value = "./samechart-demo", value_name = "FOLDER")]
    dir: PathBuf,
    /// Forgets the clinic that is there and makes a new one.
    #[arg(long)]
    fresh: bool,
    /// Patients of a new clinic; the hand-written ones are always there.
    #[arg(long, default_value_t = 4_000, value_name = "N")]
    patients: usize,
    /// 8080 or the next free one where it is not given; 0 for any.
    #[arg(long)]
    port: Option<u16>,
    /// A PostgreSQL database in place of a file in the folder.
    #[arg(long, env = "SAMECHART_DATABASE", hide_env_values = true, value_name = "URL")]
    database: Option<String>,
}

pub async fn run(arguments: Demo) -> Result<Outcome, Failure> {
    let asked = Asked {
        folder: arguments.dir,
        is_fresh: arguments.fresh,
        patients: arguments.patients,
        port: arguments.port,
        database: arguments.database,
    };
    demo::run(asked).await?;
    Ok(Outcome::done("", Value::Null))
}

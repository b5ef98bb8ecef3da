//! `samechart study fit`: odds ratios of a file.

mod table;

use super::input::{Input, Planned};
use crate::cli::outcome::{Failure, Outcome};
use clap::{Args, ValueEnum};
use study::fit::{self, Plan, analyse};

/// CMS publishes no count from 1 to 10.
const MINIMUM_CELL: u32 = 11;

#[derive(Debug, Args)]
pub struct Fit {
    #[command(flatten)]
    input: Input,
    /// Also by generalised estimating equations, exchangeable.
    #[arg(long)]
    gee: bool,
    /// Also by Firth's penalised likelihood.
    #[arg(long)]
    firth: bool,
    /// Whether small counts are shown. The figures have full precision, from which counts may follow: what is for
    /// publication is written by `study run`.
    #[arg(long, value_enum, default_value_t = Counts::Suppressed)]
    counts: Counts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Counts {
    Suppressed,
    Exact,
}

pub fn run(arguments: &Fit) -> Result<Outcome, Failure> {
    let planned = arguments.input.plan()?;
    let file = arguments.input.read(&planned, "")?;
    let plan = Plan { interactions: interactions(&planned), gee: arguments.gee, firth: arguments.firth };
    let fit = analyse(&file.grouped, &plan).map_err(|error| Failure::failed(error.to_string()))?;
    let minimum = planned.protocol.as_ref().map_or(MINIMUM_CELL, |protocol| protocol.minimum_cell);
    let counts = match arguments.counts {
        Counts::Exact => fit::Counts::Exact,
        Counts::Suppressed => fit::Counts::Suppressed { limit: u64::from(minimum) },
    };
    let json = fit.to_json(counts);
    Ok(Outcome::done(table::text(&fit, &json), json))
}

/// The protocol's interactions.
pub fn interactions(planned: &Planned) -> Vec<[String; 2]> {
    let pairs = planned.protocol.iter().flat_map(|protocol| &protocol.interactions);
    pairs.map(|(first, second)| [first.clone(), second.clone()]).collect()
}

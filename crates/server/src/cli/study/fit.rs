//! `samechart study fit`: odds ratios of a file.

use super::input::{Input, Planned};
use crate::cli::outcome::{Failure, Outcome};
use clap::{Args, ValueEnum};
use std::fmt::Write;
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
    /// Whether small counts are shown.
    #[arg(long, value_enum, default_value_t = Counts::Suppressed)]
    counts: Counts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Counts {
    Suppressed,
    Exact,
}

pub fn run(arguments: &Fit) -> Result<Outcome, Failure> {
    let planned = arguments.input.design.plan()?;
    let file = arguments.input.read(&planned, "")?;
    let plan = Plan { interactions: interactions(&planned), gee: arguments.gee, firth: arguments.firth };
    let fit = analyse(&file.grouped, &plan).map_err(|error| Failure::failed(error.to_string()))?;
    let minimum = planned.protocol.as_ref().map_or(MINIMUM_CELL, |protocol| protocol.minimum_cell);
    let counts = match arguments.counts {
        Counts::Exact => fit::Counts::Exact,
        Counts::Suppressed => fit::Counts::Suppressed { limit: u64::from(minimum) },
    };
    Ok(Outcome::done(table(&fit), fit.to_json(counts)))
}

/// The protocol's interactions.
pub fn interactions(planned: &Planned) -> Vec<[String; 2]> {
    let pairs = planned.protocol.iter().flat_map(|protocol| &protocol.interactions);
    pairs.map(|(first, second)| [first.clone(), second.clone()]).collect()
}

/// For a person: the odds ratios, without counts.
fn table(fit: &fit::Fit) -> String {
    let mut text = format!("{} rows, {} clusters, {} patterns\n\n", fit.n, fit.clusters, fit.patterns);
    let names = |term: &fit::Term| format!("{} {} vs {}", term.variable, term.level, term.reference);
    let width = fit.terms.iter().map(|term| names(term).chars().count()).max().unwrap_or_default();
    for term in &fit.terms {
        let name = names(term);
        let Some(adjusted) = &term.adjusted else {
            let _ = writeln!(text, "{name:width$}  no finite odds ratio");
            continue;
        };
        let ([low, high], ratio) = (adjusted.ci(), adjusted.odds_ratio());
        let p = adjusted.p().map_or_else(String::new, |p| format!("  p {p:.3}"));
        let _ = writeln!(text, "{name:width$}  {ratio:8.3} ({low:.3} to {high:.3}){p}");
    }
    for warning in &fit.warnings {
        let _ = writeln!(text, "\nwarning: {warning}");
    }
    text
}

//! `samechart simulate`: invented data with known truth.

mod clinic;

use super::outcome::{Failure, Outcome};
use ::simulate::cohort::{Cohort, CohortPlan, people_per_provider, ralston_2009};
use clap::{Args, Subcommand, ValueEnum};
use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressStyle};
use serde_json::json;
use std::path::PathBuf;
use study::table::{Cell, Column, TableError, Writer};

/// Rows between two looks at the clock.
const STRIDE: u64 = 1 << 16;

#[derive(Debug, Subcommand)]
pub enum Simulate {
    /// Rows of a study whose true marginal odds ratios are known, one person a row.
    Cohort(SimulatedCohort),
    /// A clinic: its record and its messages in FHIR, and how near it comes to the published figures.
    Clinic(clinic::SimulatedClinic),
}

#[derive(Debug, Args)]
pub struct SimulatedCohort {
    #[arg(long, value_enum, default_value_t = Preset::Ralston2009)]
    preset: Preset,
    /// People.
    #[arg(long, default_value_t = 179_107, value_name = "N")]
    n: u64,
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
    /// People of one provider; the preset's own where it is not given.
    #[arg(long, value_name = "N")]
    people_per_provider: Option<u64>,
    /// A .csv or .parquet file.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Preset {
    /// The study that the protocol ralston-2009 repeats.
    #[value(name = "ralston-2009")]
    Ralston2009,
}

pub fn run(what: Simulate) -> Result<Outcome, Failure> {
    match what {
        Simulate::Cohort(arguments) => cohort(arguments),
        Simulate::Clinic(arguments) => clinic::run(&arguments),
    }
}

fn cohort(arguments: SimulatedCohort) -> Result<Outcome, Failure> {
    let plan = match arguments.preset {
        Preset::Ralston2009 => ralston_2009(),
    };
    let each = arguments.people_per_provider.unwrap_or_else(people_per_provider);
    if each == 0 {
        return Err(Failure::usage("--people-per-provider wants at least 1"));
    }
    // Two at least: one cluster has no robust errors.
    let providers = (arguments.n / each).max(2).min(arguments.n.max(1));
    let cohort = Cohort::new(plan, arguments.n, providers, arguments.seed)
        .map_err(|error| Failure::usage(error.to_string()))?;
    let failed = |error: TableError| match error {
        TableError::Form(_) => Failure::usage(error.to_string()),
        error => Failure::failed(error.to_string()),
    };
    let writer = Writer::create(&arguments.out, columns(cohort.plan())).map_err(failed)?;
    let rows = write(&cohort, writer, providers, arguments.n).map_err(failed)?;
    let file = arguments.out.display().to_string();
    let text = format!("{file}: {} people of {} providers", HumanCount(rows), HumanCount(providers));
    Ok(Outcome::done(
        text,
        json!({ "file": file, "rows": rows, "providers": providers, "seed": arguments.seed }),
    ))
}

fn columns(plan: &CohortPlan) -> Vec<Column> {
    let levels = plan.covariates.iter().map(|covariate| Column::Levels {
        name: covariate.name.clone(),
        levels: covariate.levels.iter().map(|level| level.name.clone()).collect(),
    });
    [Column::Text(plan.cluster.clone()), Column::Outcome(plan.outcome.clone())]
        .into_iter()
        .chain(levels)
        .collect()
}

fn write(cohort: &Cohort, mut writer: Writer, providers: u64, people: u64) -> Result<u64, TableError> {
    let width = providers.to_string().len();
    let names: Vec<String> = (0..providers).map(|number| format!("provider-{number:0width$}")).collect();
    let bar = bar(people);
    let mut cells = Vec::new();
    for (at, person) in (0..).zip(cohort.people()) {
        cells.clear();
        let name = names.get(person.provider as usize).map_or("", String::as_str);
        cells.extend([Cell::Text(name), Cell::Outcome(person.outcome)]);
        cells.extend(person.levels().iter().map(|level| Cell::Level(u16::from(*level))));
        writer.row(&cells)?;
        if at % STRIDE == 0 {
            bar.set_position(at);
            bar.set_message(format!("{} left", HumanDuration(bar.eta())));
        }
    }
    bar.finish_and_clear();
    writer.finish()
}

/// On a terminal; elsewhere it stays silent.
fn bar(people: u64) -> ProgressBar {
    let bar = ProgressBar::new(people);
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {human_pos} of {human_len}  {per_sec}  {msg}")
    {
        bar.set_style(style);
    }
    bar
}

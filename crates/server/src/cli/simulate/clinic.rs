//! `samechart simulate clinic`: a clinic's record and messages as FHIR R4 in NDJSON, one file for each type, and
//! the published figures beside those that it reaches.

use crate::cli::outcome::{Failure, Outcome};
use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};
use simulate::clinic::{self, Clinic};
use simulate::communication::communications;
use simulate::figures::{Figure, figures};
use simulate::seed::Seed;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct SimulatedClinic {
    /// Patients; the 35 hand-written ones are always there.
    #[arg(long, default_value_t = 4_000, value_name = "N")]
    patients: usize,
    #[arg(long, default_value_t = 20_261_123, value_name = "S")]
    seed: u64,
    /// The last day, in whose morning the clinic stands; 15 months of messages lie before it.
    #[arg(long, default_value = "2026-11-24", value_name = "DATE")]
    until: Date,
    /// The folder, which is made where there is none: record/TYPE.ndjson and messages/Communication.ndjson.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

/// Lines by file.
type Files<'a> = BTreeMap<PathBuf, Vec<&'a str>>;

pub fn run(arguments: &SimulatedClinic) -> Result<Outcome, Failure> {
    let (seed, now) = (Seed(arguments.seed), morning(arguments.until)?);
    let made = clinic::riverbend(seed, now, arguments.patients);
    let messages: Vec<String> = communications(&made, seed).iter().map(Value::to_string).collect();
    let mut files: Files<'_> = BTreeMap::new();
    for delivered in &made.resources {
        files.entry(record(&delivered.resource_type)).or_default().push(&delivered.json);
    }
    let file = Path::new("messages").join("Communication.ndjson");
    files.insert(file, messages.iter().map(String::as_str).collect());
    for (file, lines) in &files {
        write(&arguments.out.join(file), lines)?;
    }
    let reached = figures(&made, now);
    Ok(Outcome::done(told(&arguments.out, &made, (&files, &reached)), listed(&files, &reached)))
}

fn record(resource_type: &str) -> PathBuf {
    Path::new("record").join(format!("{resource_type}.ndjson"))
}

/// A working morning.
fn morning(day: Date) -> Result<Timestamp, Failure> {
    let morning = day.at(10, 40, 0, 0).to_zoned(clinic::zone());
    morning.map(|at| at.timestamp()).map_err(|error| Failure::usage(error.to_string()))
}

fn write(path: &Path, lines: &[&str]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::failed(format!("{}: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut out = BufWriter::new(File::create(path).map_err(failed)?);
    for line in lines {
        writeln!(out, "{line}").map_err(failed)?;
    }
    out.flush().map_err(failed)
}

fn told(out: &Path, made: &Clinic, (files, reached): (&Files<'_>, &[Figure])) -> String {
    let resources: usize = files.values().map(Vec::len).sum();
    let mut text = format!("{}: {} patients, {resources} resources\n\n", out.display(), made.patients.len());
    let _ = writeln!(text, "{:<52}{:>12}{:>12}", "figure", "published", "reached");
    for figure in reached {
        let value = |value: f64| {
            let digits = if figure.unit == "%" || value >= 10.0 { 1 } else { 2 };
            format!("{value:.digits$}")
        };
        let [low, high] = figure.published.map(value);
        let published = if low == high { low } else { format!("{low}-{high}") };
        let reached = figure.reached.map_or_else(|| "not made".to_owned(), value);
        let what = format!("{}{}", figure.what, if figure.unit.is_empty() { "" } else { ", %" });
        let _ = writeln!(text, "{what:<52}{published:>12}{reached:>12}");
    }
    text.trim_end().to_owned()
}

fn listed(files: &Files<'_>, reached: &[Figure]) -> Value {
    let counts: BTreeMap<String, usize> =
        files.iter().map(|(file, resources)| (file.display().to_string(), resources.len())).collect();
    let figures = reached.iter().map(|figure| {
        json!({ "what": figure.what, "unit": figure.unit, "published": figure.published, "reached": figure.reached })
    });
    json!({ "files": counts, "figures": figures.collect::<Vec<_>>() })
}

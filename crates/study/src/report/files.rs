//! The report's files: `report.html`, `report.json`, and CSV tables of the same numbers.

use super::model::{Ratio, Report};
use super::page;
use serde::Serialize;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Why a report was not written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("{}: {error}", path.display())]
    Io { path: PathBuf, error: io::Error },
    #[error("the report cannot be put into words: {0}")]
    Page(#[from] askama::Error),
    #[error("the report cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the report cannot be written as CSV: {0}")]
    Csv(#[from] csv::Error),
}

/// The report's files by name, each with its text; a table without rows is none.
pub fn files(report: &Report) -> Result<Vec<(&'static str, String)>, FileError> {
    let mut json = serde_json::to_string_pretty(report)?;
    json.push('\n');
    let all = [
        ("report.html", page::render(report)?),
        ("report.json", json),
        ("attrition.csv", table(report.attrition.iter().map(attrition))?),
        (
            "characteristics.csv",
            table(levels(report).map(|(variable, level)| characteristic(variable, level)))?,
        ),
        ("odds_ratios.csv", table(levels(report).map(|(variable, level)| odds(variable, level)))?),
        ("calibration.csv", table(report.calibration.iter())?),
        ("sensitivity.csv", table(sensitivity(report).into_iter())?),
        ("published.csv", table(report.published.iter().map(beside))?),
        ("stages.csv", table(stages(report))?),
        ("times.csv", table(times(report))?),
    ];
    Ok(all.into_iter().filter(|(_, text)| !text.is_empty()).collect())
}

/// Writes the report's files into a folder, which is made where there is none; answers where they are.
pub fn write(report: &Report, folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    write_all(&files(report)?, folder)
}

/// Writes files that were made before.
pub fn write_all<N: AsRef<str>, T: AsRef<str>>(
    files: &[(N, T)],
    folder: &Path,
) -> Result<Vec<PathBuf>, FileError> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |error| FileError::Io { path, error }
    };
    fs::create_dir_all(folder).map_err(io(folder))?;
    let mut written = Vec::new();
    for (name, text) in files {
        let path = folder.join(name.as_ref());
        fs::write(&path, text.as_ref()).map_err(io(&path))?;
        written.push(path);
    }
    Ok(written)
}

/// Rows of equal columns; nothing where there is no row.
fn table<T: Serialize>(rows: impl Iterator<Item = T>) -> Result<String, csv::Error> {
    let mut out = csv::Writer::from_writer(Vec::new());
    for row in rows {
        out.serialize(row)?;
    }
    let bytes = out.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn levels(report: &Report) -> impl Iterator<Item = (&super::model::Variable, &super::model::Level)> {
    report.variables.iter().flat_map(|variable| variable.levels.iter().map(move |level| (variable, level)))
}

#[derive(Serialize)]
struct Attrition<'a> {
    step: &'a str,
    left_out: Option<u64>,
    remaining: Option<u64>,
}

fn attrition(step: &super::model::Step) -> Attrition<'_> {
    Attrition { step: &step.name, left_out: step.left_out, remaining: step.remaining }
}

#[derive(Serialize)]
struct Characteristic<'a> {
    variable: &'a str,
    level: &'a str,
    n: Option<u64>,
    events: Option<u64>,
    percent: Option<f64>,
    share_with: Option<f64>,
    share_without: Option<f64>,
    standardized_difference: Option<f64>,
}

fn characteristic<'a>(
    variable: &'a super::model::Variable,
    level: &'a super::model::Level,
) -> Characteristic<'a> {
    Characteristic {
        variable: &variable.name,
        level: &level.level,
        n: level.n,
        events: level.events,
        percent: level.percent,
        share_with: level.share_with,
        share_without: level.share_without,
        standardized_difference: variable.difference,
    }
}

#[derive(Serialize)]
struct Odds<'a> {
    variable: &'a str,
    level: &'a str,
    reference: bool,
    crude_or: Option<f64>,
    crude_low: Option<f64>,
    crude_high: Option<f64>,
    or: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    model_low: Option<f64>,
    model_high: Option<f64>,
    p: Option<f64>,
    gee_or: Option<f64>,
    gee_low: Option<f64>,
    gee_high: Option<f64>,
    probability: Option<f64>,
    probability_low: Option<f64>,
    probability_high: Option<f64>,
}

fn odds<'a>(variable: &'a super::model::Variable, level: &'a super::model::Level) -> Odds<'a> {
    let [crude_or, crude_low, crude_high] = three(level.crude);
    let [or, low, high] = three(level.adjusted);
    let [gee_or, gee_low, gee_high] = three(level.gee);
    let [probability, probability_low, probability_high] = three(level.probability);
    Odds {
        variable: &variable.name,
        level: &level.level,
        reference: level.is_reference,
        crude_or,
        crude_low,
        crude_high,
        or,
        low,
        high,
        model_low: level.model_interval.map(|it| it[0]),
        model_high: level.model_interval.map(|it| it[1]),
        p: level.p,
        gee_or,
        gee_low,
        gee_high,
        probability,
        probability_low,
        probability_high,
    }
}

fn three(ratio: Option<Ratio>) -> [Option<f64>; 3] {
    let interval = ratio.and_then(|ratio| ratio.interval);
    [ratio.map(|ratio| ratio.value), interval.map(|it| it[0]), interval.map(|it| it[1])]
}

#[derive(Serialize)]
struct Changed<'a> {
    analysis: &'a str,
    change: &'a str,
    n: Option<u64>,
    variable: &'a str,
    level: &'a str,
    or: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

fn sensitivity(report: &Report) -> Vec<Changed<'_>> {
    let rows =
        report.sensitivity.iter().flat_map(|analysis| analysis.rows.iter().map(move |row| (analysis, row)));
    rows.map(|(analysis, row)| {
        let [or, low, high] = three(row.adjusted);
        let (change, n) = (analysis.change.as_str(), analysis.n);
        Changed {
            analysis: &analysis.name,
            change,
            n,
            variable: &row.variable,
            level: &row.level,
            or,
            low,
            high,
        }
    })
    .collect()
}

#[derive(Serialize)]
struct Published<'a> {
    row: &'a str,
    published_or: f64,
    published_low: Option<f64>,
    published_high: Option<f64>,
    or: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

fn beside(row: &super::model::Beside) -> Published<'_> {
    let [_, published_low, published_high] = three(Some(row.published));
    let [or, low, high] = three(row.own);
    Published {
        row: &row.row,
        published_or: row.published.value,
        published_low,
        published_high,
        or,
        low,
        high,
    }
}

#[derive(Serialize)]
struct Staged<'a> {
    variable: Option<&'a str>,
    level: &'a str,
    stage: &'a str,
    n: Option<u64>,
}

fn stages(report: &Report) -> impl Iterator<Item = Staged<'_>> {
    report.stages.iter().flat_map(|way| {
        way.groups.iter().flat_map(|group| {
            way.names.iter().zip(&group.counts).map(|(stage, n)| Staged {
                variable: group.variable.as_deref(),
                level: &group.level,
                stage,
                n: *n,
            })
        })
    })
}

#[derive(Serialize)]
struct Timed<'a> {
    time: &'a str,
    variable: Option<&'a str>,
    level: &'a str,
    n: Option<u64>,
    at: f64,
    waiting_percent: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

fn times(report: &Report) -> impl Iterator<Item = Timed<'_>> {
    report.times.iter().flat_map(|time| {
        time.groups.iter().flat_map(move |group| {
            time.at.iter().zip(&group.waiting).map(move |(at, share)| {
                let [waiting_percent, low, high] = three(*share);
                let (variable, level) = (group.variable.as_deref(), group.level.as_str());
                Timed { time: &time.label, variable, level, n: group.n, at: *at, waiting_percent, low, high }
            })
        })
    })
}

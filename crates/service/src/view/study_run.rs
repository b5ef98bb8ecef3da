//! Runs of studies as the analyst's pages show them.

use crate::studies::runs::Line;
use domain::id::StudyRunId;
use domain::study_run::{RunFailure, RunStage, RunState};
use jiff::Timestamp;
use serde::Deserialize;

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunLine {
    pub id: StudyRunId,
    pub title: String,
    /// `None`: the operator, at the command line.
    pub asked_by: Option<String>,
    pub asked_at: Timestamp,
    pub state: RunState,
    pub stage: Option<RunStage>,
    pub people_read: i64,
    pub people: i64,
    pub failure: Option<RunFailure>,
    pub data_at: Option<Timestamp>,
}

/// One run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunPage {
    pub line: RunLine,
    pub protocol: String,
    pub protocol_hash: String,
    pub program: Option<String>,
    pub seed: Option<i64>,
    pub ended_at: Option<Timestamp>,
    /// Why the record did not answer it, in the study's own words.
    pub reason: Option<String>,
    pub has_key: bool,
    /// Names of the report's files.
    pub files: Vec<String>,
    pub figures: Option<Figures>,
    /// Other done runs, to compare with.
    pub others: Vec<RunLine>,
}

/// A file of a run's report, to read or to take along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunFile {
    pub name: String,
    pub text: String,
    /// The protocol, the day of the data and the file's name: `ralston-2009-2026-11-27-report.json`.
    pub saved_as: String,
}

/// What pages show of a report, read from its JSON.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Figures {
    pub n: Option<u64>,
    pub events: Option<u64>,
    pub percent: Option<f64>,
    pub clusters: u64,
    pub minimum_cell: Option<i64>,
    pub unit: String,
    pub outcome: String,
    pub cluster: String,
    pub variables: Vec<FigureVariable>,
    pub warnings: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct FigureVariable {
    pub label: String,
    pub levels: Vec<FigureLevel>,
}

/// A level's adjusted odds ratio.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct FigureLevel {
    pub level: String,
    pub is_reference: bool,
    pub n: Option<u64>,
    pub adjusted: Option<FigureRatio>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct FigureRatio {
    pub value: f64,
    /// Withheld where it would tell of few people.
    pub interval: Option<[f64; 2]>,
}

/// A level in two runs; `None` where a run does not have it.
#[derive(Clone, Debug, PartialEq)]
pub struct RatioPair {
    pub variable: String,
    pub level: String,
    pub one: Option<FigureLevel>,
    pub other: Option<FigureLevel>,
}

/// Two runs beside one another.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub one: RunPage,
    pub other: RunPage,
    pub ratios: Vec<RatioPair>,
    /// In which lines the protocols differ.
    pub lines: Vec<Line>,
}

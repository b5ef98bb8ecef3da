//! One pass over a file, on all cores.

use super::coder::MOST_LEVELS;
use super::columns::{Coding, Columns};
use super::csv::{self, Csv};
use super::error::{Problem, ReadError};
use super::finish::finish;
use super::gathered::Gathered;
use super::parquet::Parquet;
use super::tally::Part;
use crate::grouped::Grouped;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

/// How much may be used, and how much is told.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For the counts; beyond it they are written to a temporary file.
    pub memory_bytes: usize,
    pub threads: usize,
    /// Malformed values named before reading stops.
    pub problems: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        Limits { memory_bytes: 1 << 30, threads, problems: 20 }
    }
}

/// How far the reading is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    pub rows: u64,
    pub bytes: u64,
    pub bytes_total: u64,
}

/// Rows left out at one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The name of the condition, or of the covariate, outcome or cluster that was missing.
    pub name: String,
    pub is_missing: bool,
    pub rows: u64,
}

/// What was read.
#[derive(Clone, Debug)]
pub struct Reading {
    pub grouped: Grouped,
    /// Rows of the file.
    pub rows: u64,
    /// In the order applied.
    pub left: Vec<Left>,
    /// Bytes written to the temporary file.
    pub spilled_bytes: u64,
}

/// What the workers share.
pub struct Job<'a> {
    pub path: &'a Path,
    pub columns: &'a Columns,
    pub gathered: &'a Gathered,
    pub most_problems: usize,
    problems: Mutex<Vec<Problem>>,
    is_stopped: AtomicBool,
    rows: AtomicU64,
    bytes: AtomicU64,
    bytes_total: u64,
    tell: &'a (dyn Fn(Progress) + Sync),
}

impl Job<'_> {
    pub fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    /// No further piece is begun; those begun are ended, so that the first problems of the file are known.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    pub fn report(&self, found: Vec<Problem>) {
        if found.is_empty() {
            return;
        }
        let mut problems = self.problems.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        problems.extend(found);
        if problems.len() > self.most_problems {
            self.stop();
        }
    }

    pub fn advance(&self, rows: u64, bytes: u64) {
        let rows = self.rows.fetch_add(rows, Ordering::Relaxed) + rows;
        let bytes = self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        (self.tell)(Progress { rows, bytes, bytes_total: self.bytes_total });
    }
}

enum Opened {
    Csv(Csv),
    Parquet(Parquet),
}

/// Reads a CSV or Parquet file once and groups its rows. On the first problems nothing is computed.
pub fn read(
    path: &Path,
    columns: &Columns,
    limits: &Limits,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<Reading, ReadError> {
    check(path, columns)?;
    let opened = match csv::first_bytes(path)?.as_slice() {
        b"PAR1" => Opened::Parquet(Parquet::open(path, columns)?),
        _ => Opened::Csv(Csv::open(path, columns)?),
    };
    let threads = limits.threads.max(1);
    let gathered = Gathered::new(columns, limits.memory_bytes, threads);
    let job = Job {
        path,
        columns,
        gathered: &gathered,
        most_problems: limits.problems,
        problems: Mutex::default(),
        is_stopped: AtomicBool::new(false),
        rows: AtomicU64::new(0),
        bytes: AtomicU64::new(0),
        bytes_total: path.metadata().map_err(|error| ReadError::io(path, error))?.len(),
        tell,
    };
    let work = || match &opened {
        Opened::Csv(csv) => csv.work(&job),
        Opened::Parquet(parquet) => parquet.work(&job),
    };
    let results: Vec<Result<Part, ReadError>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Err(died(path)))).collect()
    });
    let parts = results.into_iter().collect::<Result<Vec<Part>, ReadError>>()?;
    let mut problems = job.problems.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    if !problems.is_empty() {
        problems.sort();
        let has_more = problems.len() > limits.problems;
        problems.truncate(limits.problems.max(1));
        return Err(ReadError::Malformed { file: path.to_owned(), problems, has_more });
    }
    finish(gathered, &parts, columns).map_err(|error| ReadError::io(path, error))
}

fn died(path: &Path) -> ReadError {
    ReadError::format(path, "a worker ended before its work was done")
}

fn check(path: &Path, columns: &Columns) -> Result<(), ReadError> {
    for covariate in &columns.covariates {
        let count = covariate.level_names().len();
        if covariate.coding != Coding::Found && !(1..=MOST_LEVELS as usize).contains(&count) {
            let reason = format!("{} has {count} levels; 1 to {MOST_LEVELS} are possible", covariate.name);
            return Err(ReadError::format(path, reason));
        }
    }
    Ok(())
}

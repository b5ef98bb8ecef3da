//! What an import says while it runs and at its end. Nothing of it quotes a value of the record.

use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// Refusals and dangling references that are listed one by one; all are counted.
pub const LISTED: usize = 1000;

/// The end of an import: counts of resources.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ImportReport {
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub refused: u64,
    /// Accepted resources per FHIR type, whether or not they changed anything.
    pub by_type: BTreeMap<String, u64>,
    /// JSON read, unpacked, in bytes.
    pub bytes: u64,
    pub seconds: f64,
    /// The first refusals, in order of reading.
    pub refusals: Vec<Refusal>,
    /// References of this import to resources that are nowhere.
    pub unresolved: u64,
    pub dangling: Vec<Unresolved>,
    #[serde(skip)]
    pub phases: Phases,
}

/// A resource, line or file that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    pub file: String,
    /// From 1; 0 where the whole file is meant.
    pub line: u64,
    /// As in `Bundle.entry[3].resource.birthDate`; empty where the line is no FHIR.
    pub path: String,
    pub reason: String,
}

/// A reference to a resource that neither came nor was there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unresolved {
    /// Where it was met first.
    pub file: String,
    pub line: u64,
    /// The type referred to.
    pub resource_type: String,
}

/// Processor time of all threads per kind of work, for measuring.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Phases {
    pub read: Duration,
    pub parse: Duration,
    pub check: Duration,
    pub resolve: Duration,
    pub seal: Duration,
    pub write: Duration,
}

/// Told after each commit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Bytes of the files as they lie on the disk.
    pub file_bytes_done: u64,
    pub file_bytes: u64,
    /// JSON read and committed, unpacked.
    pub bytes: u64,
    pub resources: u64,
    pub elapsed: Duration,
}

impl Progress {
    /// Megabytes of JSON per second so far.
    pub fn megabytes_per_second(&self) -> f64 {
        self.bytes as f64 / 1e6 / self.elapsed.as_secs_f64().max(1e-3)
    }

    /// What is left at the rate so far; `None` before anything was committed.
    pub fn time_left(&self) -> Option<Duration> {
        let left = self.file_bytes.saturating_sub(self.file_bytes_done);
        let share = left as f64 / self.file_bytes_done as f64;
        (self.file_bytes_done > 0).then(|| self.elapsed.mul_f64(share))
    }
}

//! What a check found. No fault carries a value of a row besides ids and numbers.

use domain::id::PatientId;
use jiff::Timestamp;
use std::fmt;

/// Faults kept word by word; further ones are counted.
const KEPT: usize = 1000;

/// One thing that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub table: &'static str,
    /// `None` where no patient is concerned; the organisation has the nil id.
    pub patient: Option<PatientId>,
    /// Which row: an id, a number.
    pub row: String,
    /// What is wrong, in words.
    pub what: String,
}

/// How much was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub chains: u64,
    pub events: u64,
    pub batches: u64,
    /// Batches of the anchor file.
    pub anchored: u64,
    /// Batches sealed after the last line of the anchor file.
    pub after_anchor: u64,
    /// Sealed values that opened.
    pub opened: u64,
    /// Sealed values that cannot be opened any more, of shredded patients.
    pub shredded: u64,
    pub rules: u64,
    /// Audit rows that are in no chain yet, and the time of the oldest.
    pub unsealed: u64,
    pub oldest_unsealed: Option<Timestamp>,
}

/// The answer of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub faults: Vec<Fault>,
    /// Faults beyond the kept ones.
    pub further_faults: u64,
    pub counts: Counts,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn holds(&self) -> bool {
        self.faults.is_empty()
    }

    /// Adds a fault.
    pub fn fault(
        &mut self,
        table: &'static str,
        patient: Option<PatientId>,
        row: impl fmt::Display,
        what: impl Into<String>,
    ) {
        if self.faults.len() >= KEPT {
            self.further_faults += 1;
            return;
        }
        self.faults.push(Fault { table, patient, row: row.to_string(), what: what.into() });
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.table)?;
        match self.patient {
            Some(patient) if patient.is_organisation() => write!(f, ", organisation")?,
            Some(patient) => write!(f, ", patient {patient}")?,
            None => {}
        }
        if !self.row.is_empty() {
            write!(f, ", {}", self.row)?;
        }
        write!(f, ": {}", self.what)
    }
}

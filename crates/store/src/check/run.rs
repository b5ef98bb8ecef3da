//! The order of a check, and where it stands.

use super::beside::ReadResource;
use super::fault::Report;
use crate::db::{StoreError, Tx};
use crate::resource::Fingerprints;
use crate::vault::Vault;
use domain::id::PatientId;
use std::collections::HashSet;

/// What is being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Chains,
    Batches,
    Anchor,
    SealedColumns,
    Rules,
}

impl Step {
    /// For a line of progress.
    pub fn words(self) -> &'static str {
        match self {
            Step::Chains => "audit chains",
            Step::Batches => "sealed batches",
            Step::Anchor => "anchor file",
            Step::SealedColumns => "sealed columns",
            Step::Rules => "references and counts",
        }
    }
}

/// Where a check stands: rows of this step done, of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub step: Step,
    pub done: u64,
    pub total: u64,
}

/// A check under way, on one snapshot.
pub struct Checker<'a> {
    pub(super) vault: &'a Vault,
    pub(super) report: Report,
    /// The patient last found without a key: rows come patient by patient.
    pub(super) keyless: Option<PatientId>,
    pub(super) read: ReadResource,
    /// What makes the fingerprints of the patient last looked at.
    pub(super) fingerprints: Option<(PatientId, Fingerprints)>,
    pub(super) shredded: HashSet<PatientId>,
    progress: &'a dyn Fn(Progress),
}

impl<'a> Checker<'a> {
    pub fn new(vault: &'a Vault, read: ReadResource, progress: &'a dyn Fn(Progress)) -> Self {
        Checker {
            vault,
            report: Report::default(),
            keyless: None,
            read,
            fingerprints: None,
            shredded: HashSet::new(),
            progress,
        }
    }

    /// Looks at everything inside the database.
    pub fn database(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        self.chains(tx)?;
        self.batches(tx)?;
        self.find_shredded(tx)?;
        self.sealed_columns(tx)?;
        self.rules(tx)
    }

    /// The answer.
    pub fn finish(self) -> Report {
        self.report
    }

    pub(super) fn progress(&self, step: Step, done: u64, total: u64) {
        (self.progress)(Progress { step, done, total });
    }
}

/// Rows of a table, for the progress.
pub(super) fn rows_of(tx: &mut Tx<'_>, table: &str) -> Result<u64, StoreError> {
    let rows: i64 = tx.query_one(&format!("SELECT COUNT(*) FROM {table}"), &[], |row| row.get(0))?;
    Ok(u64::try_from(rows).unwrap_or(0))
}

//! Charts in FHIR R4, in the shape of US Core: one file per noun, and the charts written by hand.

mod chronic;
mod codes;
mod coverage;
mod day;
mod hand;
mod kinds;
mod many;
mod measures;
mod medicines;
mod people;
mod place;
mod plan;
mod problems;
mod visits;

pub use chronic::{Checked, Drug};
pub use hand::write;
pub use people::{patient, practitioner, practitioner_reference};
pub use place::{LABORATORY, ORGANISATION, organisations};
pub use plan::{Plan, PlannedVisit};

use crate::cast::PatientMember;
use crate::days::Days;
use crate::seed::Seed;
use jiff::Timestamp;
use serde_json::Value;

/// A resource and when it came into the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Arriving {
    pub at: Timestamp,
    pub resource: Value,
}

/// A chart being written.
pub struct Chart<'a> {
    pub days: &'a Days,
    pub seed: Seed,
    pub patient: &'a PatientMember,
    pub resources: Vec<Arriving>,
}

impl<'a> Chart<'a> {
    pub fn new(days: &'a Days, seed: Seed, patient: &'a PatientMember) -> Chart<'a> {
        Chart { days, seed, patient, resources: Vec::new() }
    }

    /// The id of what has this name in this chart.
    fn id(&self, name: &str) -> String {
        self.seed.id(&format!("{}/{name}", self.patient.key))
    }

    fn add(&mut self, at: Timestamp, resource: Value) {
        self.resources.push(Arriving { at, resource });
    }
}

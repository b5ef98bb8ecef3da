//! Charts in FHIR R4, in the shape of US Core: one file per noun, and the charts written by hand.

mod agreed;
mod chronic;
mod codes;
mod coverage;
mod day;
mod delivered;
mod goals;
mod hand;
mod kinds;
mod link;
mod many;
mod measures;
mod medicines;
mod panels;
mod people;
mod place;
mod plan;
mod problems;
mod summary;
mod visits;

pub use chronic::{Checked, Drug};
pub use delivered::Delivered;
pub use hand::write;
pub use people::{mrn, patient, practitioner, practitioner_reference};
pub use place::{LABORATORY, ORGANISATION, organisations};
pub use plan::{Plan, PlannedVisit, Why};
pub use visits::Visited;

use crate::cast::{ChartKind, PatientMember};
use crate::days::Days;
use crate::seed::Seed;
use domain::language::Language;
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
    pub visits: Vec<Visited>,
}

impl<'a> Chart<'a> {
    pub fn new(days: &'a Days, seed: Seed, patient: &'a PatientMember) -> Chart<'a> {
        Chart { days, seed, patient, resources: Vec::new(), visits: Vec::new() }
    }

    /// The id of what has this name in this chart.
    fn id(&self, name: &str) -> String {
        self.seed.id(&format!("{}/{name}", self.patient.key))
    }

    /// What follows from what was written: who pays, what was measured together, plans, and the summary of
    /// each visit; then all of one day belongs to its visit.
    pub(super) fn finish(mut self) -> Vec<Arriving> {
        self.coverage();
        if self.patient.chart != ChartKind::Light {
            self.panels();
            self.plans();
        }
        self.link();
        if self.patient.chart != ChartKind::Light {
            self.summaries();
        }
        self.resources
    }

    /// The one of both that this patient reads.
    fn own<T>(&self, (en, es): (T, T)) -> T {
        match self.patient.language {
            Language::En => en,
            Language::Es => es,
        }
    }

    fn add(&mut self, at: Timestamp, resource: Value) {
        self.resources.push(Arriving { at, resource });
    }
}

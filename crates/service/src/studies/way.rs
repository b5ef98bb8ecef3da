//! The way of one patient from the offer of access to an answer that was read: when each stage was first reached.
//! Boards ask how far people came within so many days of the offer, studies how far by the end of a window.

use crate::error::ServiceError;
use domain::enrolment::EnrolmentStep;
use domain::id::PatientId;
use jiff::Timestamp;
use std::collections::BTreeMap;
use store::db::Tx;
use store::{conversation, enrolment};

/// The stages in their order; each counts only after those before it.
pub const STAGES: [&str; 7] =
    ["offered", "registered", "verified", "signed-in", "messaged", "answered", "read"];
/// The place of the first stage that messages tell.
pub const MESSAGED: usize = 4;

/// When somebody reached each stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Way([Option<Timestamp>; STAGES.len()]);

impl Way {
    pub fn offered_at(&self) -> Option<Timestamp> {
        self.0[0]
    }

    /// Whether a stage was reached before `end`, whatever was before it.
    pub fn has_reached(&self, stage: usize, end: Timestamp) -> bool {
        self.0[stage].is_some_and(|at| at < end)
    }

    /// How many stages were reached before `end`, one after the other.
    pub fn length(&self, end: Timestamp) -> usize {
        (0..STAGES.len()).take_while(|stage| self.has_reached(*stage, end)).count()
    }
}

type Span = (Timestamp, Timestamp);

/// The steps of everybody who was first offered access in one span, and what the patients wrote, were answered and read
/// of the messages of another. Whoever is in neither is in no entry.
pub fn ways(tx: &mut Tx<'_>, offered: Span, written: Span) -> Result<BTreeMap<PatientId, Way>, ServiceError> {
    let mut ways: BTreeMap<PatientId, Way> = BTreeMap::new();
    for step in enrolment::of_those_offered(tx, offered.0, offered.1)? {
        if let Some(stage) = stage(&step.step) {
            ways.entry(step.patient).or_default().0[stage] = Some(step.at);
        }
    }
    for exchange in conversation::exchanges(tx, written.0, written.1)? {
        let way = ways.entry(exchange.patient).or_default();
        way.0[MESSAGED..].copy_from_slice(&[Some(exchange.wrote_at), exchange.answered_at, exchange.read_at]);
    }
    Ok(ways)
}

fn stage(step: &str) -> Option<usize> {
    let steps = [
        EnrolmentStep::Offered,
        EnrolmentStep::Registered,
        EnrolmentStep::IdentityVerified,
        EnrolmentStep::FirstSignIn,
    ];
    steps.iter().position(|known| known.word() == step)
}

//! From the offer of access to an answer that was read: how far those have come within 90 days who were first
//! offered it in a quarter. Quarters have no person together, so nobody can be found between two of them.

use super::conversation::later;
use super::groups::{Groups, Places, places};
use super::settled::{Board, Settling};
use crate::error::ServiceError;
use crate::studies::calendar::Quarter;
use crate::view::boards::Funnel;
use domain::enrolment::EnrolmentStep;
use domain::id::PatientId;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use store::db::Tx;
use store::{conversation, enrolment};

/// The steps in their order; each counts only after those before it.
pub const STAGES: [&str; 7] =
    ["offered", "registered", "verified", "signed-in", "messaged", "answered", "read"];
/// A later step is none.
const WITHIN: SignedDuration = SignedDuration::from_hours(90 * 24);

impl Board for Funnel {
    const NAME: &'static str = "funnel_quarterly";
    const FOLLOWED: SignedDuration = WITHIN;

    fn begins(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, ServiceError> {
        Ok(enrolment::first_offered_at(tx)?)
    }

    fn count(settling: &mut Settling<'_, '_>, quarter: Quarter) -> Result<Funnel, ServiceError> {
        let mut people: Vec<(Places, usize)> = Vec::new();
        for (patient, way) in ways(settling, quarter)? {
            if let Some(covariates) = settling.adult(patient, quarter)? {
                people.push((places(covariates, quarter.months()[0]), way.length()));
            }
        }
        let groups = Groups::of_people();
        let people = people.iter().map(|(places, reached)| (places, *reached));
        Ok(Funnel(groups.board(&groups.ladder(STAGES.len(), people)?)))
    }
}

/// When somebody reached each stage.
#[derive(Clone, Copy, Debug, Default)]
struct Way([Option<Timestamp>; STAGES.len()]);

impl Way {
    /// How many stages were reached one after the other within the time.
    fn length(&self) -> usize {
        let Some(offered) = self.0[0] else { return 0 };
        let end = later(offered, WITHIN);
        self.0.iter().take_while(|at| at.is_some_and(|at| at < end)).count()
    }
}

fn ways(settling: &mut Settling<'_, '_>, quarter: Quarter) -> Result<BTreeMap<PatientId, Way>, ServiceError> {
    let (from, until) = settling.span(quarter);
    let mut ways: BTreeMap<PatientId, Way> = BTreeMap::new();
    for step in enrolment::of_those_offered(settling.tx, from, until)? {
        if let Some(stage) = stage(&step.step) {
            ways.entry(step.patient).or_default().0[stage] = Some(step.at);
        }
    }
    for answer in conversation::first_answers(settling.tx, from, until)? {
        let way = ways.entry(answer.patient).or_default();
        (way.0[5], way.0[6]) = (Some(answer.at), answer.read_at);
    }
    Ok(ways)
}

fn stage(step: &str) -> Option<usize> {
    let steps = [
        EnrolmentStep::Offered,
        EnrolmentStep::Registered,
        EnrolmentStep::IdentityVerified,
        EnrolmentStep::FirstSignIn,
        EnrolmentStep::FirstMessage,
    ];
    steps.iter().position(|known| known.word() == step)
}

//! From the offer of access to an answer that was read: how far those have come within 90 days who were first
//! offered it in a quarter. Quarters have no person together, so nobody can be found between two of them.

use super::conversation::later;
use super::groups::{Groups, Places, places};
use super::settled::{Board, Settling};
use crate::error::ServiceError;
use crate::studies::calendar::Quarter;
use crate::studies::way::{STAGES, ways};
use crate::view::boards::Funnel;
use jiff::{SignedDuration, Timestamp};
use store::db::Tx;
use store::enrolment;

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
        let (from, until) = settling.span(quarter);
        for (patient, way) in ways(settling.tx, (from, until), (from, later(until, WITHIN)))? {
            // Somebody who wrote and was offered access at another time is in that quarter.
            let Some(offered) = way.offered_at() else { continue };
            if let Some(covariates) = settling.adult(patient, quarter)? {
                let length = way.length(later(offered, WITHIN));
                people.push((places(covariates, quarter.months()[0]), length));
            }
        }
        let groups = Groups::of_people();
        let people = people.iter().map(|(places, reached)| (places, *reached));
        Ok(Funnel(groups.board(&groups.ladder(STAGES.len(), people)?)))
    }
}

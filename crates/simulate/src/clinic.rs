//! A whole clinic as values: what is imported, who works there, and what was written when.

use crate::cast::{self, PatientMember, PoolPlan, StaffMember};
use crate::chart::{self, Arriving};
use crate::days::Days;
use crate::seed::Seed;
use crate::story::{self, Conversation};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The clinic's name, as patients read it.
pub const NAME: &str = "Riverbend Family Clinic";
pub const PHONE: &str = "(555) 010-0100";
pub const ZONE: &str = "America/Los_Angeles";

/// A clinic that has been working with messages for some weeks.
#[derive(Clone, Debug, PartialEq)]
pub struct Clinic {
    pub name: &'static str,
    pub phone: &'static str,
    /// The first day with messages.
    pub opened_at: Timestamp,
    pub pools: Vec<PoolPlan>,
    pub staff: Vec<StaffMember>,
    pub patients: Vec<PatientMember>,
    /// FHIR R4 in order of arrival.
    pub resources: Vec<Arriving>,
    pub conversations: Vec<Conversation>,
}

/// Makes the clinic as it stands at `now`, a working hour, with so many patients (the hand-written
/// ones are always there).
pub fn riverbend(seed: Seed, now: Timestamp, patients: usize) -> Clinic {
    let days = Days { now, zone: zone() };
    let mut members = cast::patients();
    let more = patients.saturating_sub(members.len());
    members.extend(cast::crowd(seed, more));
    Clinic {
        name: NAME,
        phone: PHONE,
        opened_at: days.workdays_ago(64, (7, 30)),
        pools: cast::pools(),
        staff: cast::staff(),
        resources: resources(&days, seed, &members),
        conversations: story::conversations(&days),
        patients: members,
    }
}

/// The clinic's time zone; UTC where the zone data lack it.
pub fn zone() -> TimeZone {
    TimeZone::get(ZONE).unwrap_or(TimeZone::UTC)
}

fn resources(days: &Days, seed: Seed, members: &[PatientMember]) -> Vec<Arriving> {
    let registered = days.days_ago(400, (8, 0));
    let mut all = chart::organisations(days, seed);
    let practitioners = cast::staff().into_iter().filter_map(|member| chart::practitioner(seed, &member));
    all.extend(practitioners.map(|resource| Arriving { at: registered, resource }));
    for member in members {
        all.push(Arriving { at: registered, resource: chart::patient(days, seed, member) });
        all.extend(chart::write(days, seed, member));
    }
    all.sort_by_key(|arriving| arriving.at);
    all
}

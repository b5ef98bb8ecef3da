//! A whole clinic as values: what is imported, who works there, and what was written when.

use crate::cast::{self, PatientMember, PoolPlan, SITES, SitePlan, StaffMember};
use crate::chart::{self, Arriving, Delivered};
use crate::days::Days;
use crate::seed::Seed;
use crate::story::{self, Conversation, Emergency};
use crate::traffic::{self, Enrolment, Panel};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// The clinic's name, as patients read it.
pub const NAME: &str = "Riverbend Family Clinic";
pub const PHONE: &str = "(555) 010-0100";
pub const ZONE: &str = "America/Los_Angeles";

/// How long the first site has been working with messages: the study's window (Ralston 2009).
pub const OPEN_MONTHS: i64 = 15;
/// Days of a month, by the year.
pub const MONTH_DAYS: f64 = 30.4375;

/// A clinic that has been working with messages for 15 months.
#[derive(Clone, Debug, PartialEq)]
pub struct Clinic {
    pub name: &'static str,
    pub phone: &'static str,
    /// The first day with messages.
    pub opened_at: Timestamp,
    /// Each site with the moment at which it began.
    pub sites: Vec<(SitePlan, Timestamp)>,
    pub pools: Vec<PoolPlan>,
    pub staff: &'static [StaffMember],
    pub patients: Vec<PatientMember>,
    pub panels: Vec<Panel>,
    pub enrolments: Vec<Enrolment>,
    /// FHIR R4 in order of arrival.
    pub resources: Vec<Delivered>,
    /// The hand-written threads of the day and of the weeks before.
    pub conversations: Vec<Conversation>,
    pub emergencies: Vec<Emergency>,
    /// The other threads of 15 months, by when they began.
    pub traffic: Vec<Conversation>,
}

impl Clinic {
    /// When the last of the sites began.
    pub fn all_live_at(&self) -> Timestamp {
        self.sites.iter().map(|(_, live)| *live).max().unwrap_or(self.opened_at)
    }
}

/// Makes the clinic as it stands at `now`, a working hour, with so many patients (the hand-written
/// ones are always there).
pub fn riverbend(seed: Seed, now: Timestamp, patients: usize) -> Clinic {
    let made = without_charts(seed, now, patients);
    let days = Days { now, zone: zone() };
    Clinic { resources: resources(&days, seed, &made.patients), ..made }
}

/// The same clinic with an empty record: its people and what they write.
pub fn without_charts(seed: Seed, now: Timestamp, patients: usize) -> Clinic {
    let days = Days { now, zone: zone() };
    let opened_at = days.about_days_ago((OPEN_MONTHS as f64 * MONTH_DAYS) as i64, (7, 30));
    let sites = sites(&days, opened_at);
    let mut members = cast::patients();
    let more = patients.saturating_sub(members.len());
    members.extend(cast::crowd(seed, more));
    let conversations = story::conversations(&days);
    let town = traffic::Town { days: &days, seed, opened_at, sites: &sites, members: &members };
    Clinic {
        name: NAME,
        phone: PHONE,
        opened_at,
        pools: cast::pools(),
        staff: cast::staff(),
        panels: town.panels(),
        enrolments: town.enrolments(&conversations),
        resources: Vec::new(),
        traffic: town.conversations(),
        emergencies: story::emergencies(&days),
        conversations,
        sites,
        patients: members,
    }
}

/// The clinic's time zone; UTC where the zone data lack it.
pub fn zone() -> TimeZone {
    TimeZone::get(ZONE).unwrap_or(TimeZone::UTC)
}

fn sites(days: &Days, opened_at: Timestamp) -> Vec<(SitePlan, Timestamp)> {
    let live = |site: &SitePlan| {
        let after = SignedDuration::from_hours(24 * site.live_after_days);
        days.working_time(opened_at.checked_add(after).unwrap_or(opened_at), (7, 30))
    };
    SITES.iter().map(|site| (*site, live(site))).collect()
}

fn resources(days: &Days, seed: Seed, members: &[PatientMember]) -> Vec<Delivered> {
    let registered = days.days_ago(740, (8, 0));
    let mut all: Vec<Delivered> = chart::organisations(days, seed).into_iter().map(Delivered::from).collect();
    let practitioners = cast::staff().iter().filter_map(|member| chart::practitioner(seed, member));
    let known = |resource| Delivered::from(Arriving { at: registered, resource });
    all.extend(practitioners.map(known));
    for member in members {
        all.push(known(chart::patient(days, seed, member)));
        all.extend(chart::write(days, seed, member).into_iter().map(Delivered::from));
    }
    all.sort_by_key(|arriving| arriving.at);
    all
}

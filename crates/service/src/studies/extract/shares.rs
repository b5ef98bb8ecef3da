//! Each provider's encounters with each patient, and from them every member's band without the member.

use super::cohort::{Member, prior_year, window};
use super::plan::ExtractPlan;
use crate::error::ServiceError;
use domain::id::PatientId;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use store::db::Tx;
use store::{empanelment, message};
use study::share::{Band, Encounters, Provider};

/// All providers' encounters, by their blind tokens.
pub type Providers = BTreeMap<i64, Provider<PatientId>>;

/// A member's bands: in the window and in the year before it.
#[derive(Clone, Copy, Debug)]
pub struct Bands {
    pub window: Band,
    pub prior_year: Band,
}

/// The bands of a cohort.
pub struct Shares {
    members: Vec<Bands>,
    /// Providers whose members differ in band in the window.
    pub straddlers: BTreeSet<i64>,
}

impl Shares {
    pub fn read(
        tx: &mut Tx<'_>,
        plan: &ExtractPlan,
        zone: &TimeZone,
        members: &[Member],
    ) -> Result<Shares, ServiceError> {
        let here = providers(tx, window(plan, zone)?, zone)?;
        let before = providers(tx, prior_year(plan, zone)?, zone)?;
        let (here_bands, straddlers) = bands(&here, members);
        let (before_bands, _) = bands(&before, members);
        let both = here_bands.into_iter().zip(before_bands);
        let members = both.map(|(window, prior_year)| Bands { window, prior_year }).collect();
        Ok(Shares { members, straddlers })
    }

    pub fn of(&self, member: usize) -> Bands {
        self.members[member]
    }
}

fn bands(providers: &Providers, members: &[Member]) -> (Vec<Band>, BTreeSet<i64>) {
    let nobody = Provider::default();
    let mut panels: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        panels.entry(member.provider).or_default().push(at);
    }
    let (mut found, mut straddlers) = (vec![Band::NoOthers; members.len()], BTreeSet::new());
    for (token, panel) in panels {
        let provider = providers.get(&token).unwrap_or(&nobody);
        let (bands, straddles) = provider.bands(panel.iter().map(|at| &members[*at].patient));
        panel.iter().zip(bands).for_each(|(at, band)| found[*at] = band);
        if straddles {
            straddlers.insert(token);
        }
    }
    (found, straddlers)
}

/// Everybody's encounters in [from, until).
pub fn providers(
    tx: &mut Tx<'_>,
    (from, until): (Timestamp, Timestamp),
    zone: &TimeZone,
) -> Result<Providers, ServiceError> {
    let mut providers = Providers::new();
    let mut add = |provider, patient, encounters| {
        providers.entry(provider).or_default().add(patient, encounters);
    };
    // A thread and a day count once, however much was written.
    let mut seen: HashSet<(i64, uuid::Uuid, Date)> = HashSet::new();
    for sent in message::of_physicians(tx, from, until)? {
        let day = sent.sent_at.to_zoned(zone.clone()).date();
        if seen.insert((sent.practitioner, sent.thread.0, day)) {
            add(sent.practitioner, sent.patient, Encounters { messages: 1, others: 0 });
        }
    }
    for (practitioner, patient) in empanelment::all_visits(tx, from, until)? {
        add(practitioner, patient, Encounters { messages: 0, others: 1 });
    }
    Ok(providers)
}

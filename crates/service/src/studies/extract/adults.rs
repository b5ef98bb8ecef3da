//! Rows of adults: eligibility at the index date, the outcome and the stages in the window.

use super::cohort::{Member, choose, exchanged, window};
use super::measure::Happening;
use super::shares::Shares;
use super::values::{Facts, Subject};
use super::{Drawn, People, Row, Source};
use crate::error::ServiceError;
use crate::studies::way::{MESSAGED, STAGES, Way, ways};
use domain::id::PatientId;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashSet};
use store::db::Tx;

pub fn draw(tx: &mut Tx<'_>, source: &Source<'_>, people: People) -> Result<Drawn, ServiceError> {
    let (members, attrition) = choose(tx, source, people)?;
    let Source { plan, zone, ids, areas, .. } = source;
    let shares = Shares::read(tx, plan, zone, &members)?;
    let happened = Happened::read(tx, source)?;
    let row = |(at, member): (usize, &Member)| {
        let reached = happened.stages(member.patient);
        let facts = Facts::Adult { shares: shares.of(at), reached };
        let subject = Subject { covariates: &member.covariates, on: plan.index, facts };
        Row {
            id: ids.of("person", member.patient.0.as_bytes()),
            has_outcome: happened.outcome(member.patient, reached),
            cluster: ids.of("provider", &member.provider.to_be_bytes()),
            values: plan.values(&subject, areas),
        }
    };
    let rows = members.iter().enumerate().map(row).collect();
    let straddler = |provider: &i64| ids.of("provider", &provider.to_be_bytes());
    let straddlers = shares.straddlers.iter().map(straddler).collect();
    Ok(Drawn { rows, attrition, straddlers, rows_per_person: None })
}

/// What happened to everybody by the window's end.
struct Happened {
    ways: BTreeMap<PatientId, Way>,
    until: Timestamp,
    /// Where the outcome is an exchange; else it is the stage of a message.
    exchanged: Option<HashSet<PatientId>>,
}

impl Happened {
    fn read(tx: &mut Tx<'_>, source: &Source<'_>) -> Result<Happened, ServiceError> {
        let (plan, zone) = (source.plan, &source.zone);
        let (from, until) = window(plan, zone)?;
        let is_exchange = plan.happening == Happening::Exchanged;
        let exchanged = if is_exchange { Some(exchanged(tx, plan, zone)?) } else { None };
        let ways = match plan.wants_stages() || !is_exchange {
            true => ways(tx, (Timestamp::UNIX_EPOCH, until), (from, until))?,
            false => BTreeMap::new(),
        };
        Ok(Happened { ways, until, exchanged })
    }

    fn stages(&self, patient: PatientId) -> [bool; STAGES.len()] {
        let way = self.ways.get(&patient).copied().unwrap_or_default();
        std::array::from_fn(|stage| way.has_reached(stage, self.until))
    }

    fn outcome(&self, patient: PatientId, reached: [bool; STAGES.len()]) -> bool {
        self.exchanged.as_ref().map_or(reached[MESSAGED], |exchanged| exchanged.contains(&patient))
    }
}

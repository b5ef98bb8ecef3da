//! Who is studied: eligibility step by step, and who had the outcome.

use super::plan::ExtractPlan;
use super::{People, Source, Step};
use crate::error::ServiceError;
use domain::covariate::Covariates;
use domain::id::PatientId;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::collections::{HashMap, HashSet};
use store::db::Tx;
use store::empanelment::{self, Empanelment};
use store::message;

pub const ADULT: i16 = 18;

/// Somebody who is studied.
pub struct Member {
    pub patient: PatientId,
    pub covariates: Covariates,
    /// The primary care provider's blind token.
    pub provider: i64,
}

/// Of everybody with a chart, step by step fewer.
pub fn choose(
    tx: &mut Tx<'_>,
    source: &Source<'_>,
    mut remaining: People,
) -> Result<(Vec<Member>, Vec<Step>), ServiceError> {
    let (plan, zone) = (source.plan, &source.zone);
    let mut providers = providers(tx, plan, zone)?;
    let mut attrition = vec![Step { name: "people with a chart", remaining: remaining.len() as u64 }];
    let mut step = |name, remaining: usize| attrition.push(Step { name, remaining: remaining as u64 });
    remaining.retain(|(_, covariates)| source.is_open_to_research(covariates));
    step("open to research", remaining.len());
    let index = day(plan.index);
    remaining.retain(|(_, covariates)| covariates.is_alive_on(index));
    step("alive at the index date", remaining.len());
    let age = |covariates: &Covariates| covariates.age_on((plan.index.year(), plan.index.month()));
    remaining.retain(|(_, covariates)| age(covariates).is_some_and(|age| age >= ADULT));
    step("18 or older at the index date", remaining.len());
    let member = |(patient, covariates): (PatientId, Covariates)| {
        Some(Member { patient, covariates, provider: providers.remove(&patient)? })
    };
    let members: Vec<Member> = remaining.into_iter().filter_map(member).collect();
    step("with a primary care provider", members.len());
    Ok((members, attrition))
}

/// Who was responsible for whom at the index date; where nobody was yet, who first was in the window.
pub fn providers(
    tx: &mut Tx<'_>,
    plan: &ExtractPlan,
    zone: &TimeZone,
) -> Result<HashMap<PatientId, i64>, ServiceError> {
    let (index, (_, until)) = (instant(plan.index, zone)?, window(plan, zone)?);
    let mut chosen: HashMap<PatientId, Empanelment> = HashMap::new();
    for row in empanelment::all(tx)? {
        let is_over = row.until.is_some_and(|until| until <= index);
        if row.practitioner.is_some() && row.from < until && !is_over {
            chosen.entry(row.patient).or_insert(row);
        }
    }
    Ok(chosen.into_iter().filter_map(|(patient, row)| Some((patient, row.practitioner?))).collect())
}

/// Who exchanged a message with a physician in the window.
pub fn exchanged(
    tx: &mut Tx<'_>,
    plan: &ExtractPlan,
    zone: &TimeZone,
) -> Result<HashSet<PatientId>, ServiceError> {
    let (from, until) = window(plan, zone)?;
    Ok(message::exchanged_with_physicians(tx, from, until)?.into_iter().collect())
}

/// [from, until) of the window, both of its days included.
pub fn window(plan: &ExtractPlan, zone: &TimeZone) -> Result<(Timestamp, Timestamp), ServiceError> {
    Ok((instant(plan.from, zone)?, instant(plan.to.saturating_add(1.day()), zone)?))
}

/// The same number of days, a year earlier.
pub fn prior_year(plan: &ExtractPlan, zone: &TimeZone) -> Result<(Timestamp, Timestamp), ServiceError> {
    let before = |date: Date| date.saturating_sub(1.year());
    Ok((instant(before(plan.from), zone)?, instant(plan.from, zone)?))
}

pub fn instant(date: Date, zone: &TimeZone) -> Result<Timestamp, ServiceError> {
    let start = date.to_zoned(zone.clone());
    start.map(|start| start.timestamp()).map_err(|_| ServiceError::Internal("a study's window".into()))
}

/// Days since 1970-01-01.
pub fn day(date: Date) -> i32 {
    let days = date.since(Date::constant(1970, 1, 1)).map(|span| span.get_days());
    days.unwrap_or_default()
}

//! Rows of adults by calendar month: whoever was an adult on the first of the month, and whether they exchanged a
//! message within it. A person has as many rows as there are months, all with one provider, so that they lie in one
//! cluster.

use super::cohort::{ADULT, instant, providers};
use super::values::{Facts, Subject};
use super::{Drawn, People, Row, Source, Step, day};
use crate::error::ServiceError;
use crate::studies::calendar::Month;
use domain::id::PatientId;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::HashSet;
use std::num::NonZeroU32;
use store::db::Tx;

/// The steps, each counted over all months.
const STEPS: [&str; 5] = [
    "people with a chart, in each month",
    "open to research",
    "alive on the first of the month",
    "18 or older on the first of the month",
    "with a primary care provider",
];

pub fn draw(tx: &mut Tx<'_>, source: &Source<'_>, people: People) -> Result<Drawn, ServiceError> {
    let Source { plan, zone, ids, areas, .. } = source;
    let providers = providers(tx, plan, zone)?;
    let months: Vec<Date> = plan.months().collect();
    let (mut remaining, mut rows) = ([0; STEPS.len()], Vec::new());
    for first in &months {
        let until = instant(first.saturating_add(1.month()), zone)?;
        let exchanged = store::message::exchanged(tx, instant(*first, zone)?, until)?;
        let exchanged: HashSet<PatientId> = exchanged.into_iter().collect();
        let month = Month { year: first.year(), month: first.month() };
        for (patient, covariates) in &people {
            let age = covariates.age_on((month.year, month.month));
            let provider = providers.get(patient);
            let holds = [
                true,
                source.is_open_to_research(covariates),
                covariates.is_alive_on(day(*first)),
                age.is_some_and(|age| age >= ADULT),
                provider.is_some(),
            ];
            let passed = holds.iter().take_while(|holds| **holds).count();
            remaining[..passed].iter_mut().for_each(|count| *count += 1);
            let Some(provider) = provider.filter(|_| passed == STEPS.len()) else { continue };
            rows.push(Row {
                id: ids.of("person", patient.0.as_bytes()),
                has_outcome: exchanged.contains(patient),
                cluster: ids.of("provider", &provider.to_be_bytes()),
                values: plan.values(&Subject { covariates, on: *first, facts: Facts::Month(month) }, areas),
            });
        }
    }
    let steps = STEPS.into_iter().zip(remaining);
    Ok(Drawn {
        rows,
        attrition: steps.map(|(name, remaining)| Step { name, remaining }).collect(),
        straddlers: Vec::new(),
        rows_per_person: u32::try_from(months.len()).ok().and_then(NonZeroU32::new),
    })
}

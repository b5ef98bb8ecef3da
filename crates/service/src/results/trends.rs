//! The same test over time: found by its code's blind token, compared after opening.

use crate::acts::Act;
use crate::error::ServiceError;
use crate::reading::Reading;
use crate::view::chart::{Trend, TrendPoint};
use crate::view::name::ChartName;
use domain::id::ResourceId;
use fhir::project::result::{self, TestResult};
use fhir::project::value::Measured;
use fhir::project::{CodeKey, Section, trend};
use serde_json::Value;
use store::blind::TokenQuery;
use store::db::Tx;
use store::resource;

/// Values of one test that a trend looks at.
const TREND: usize = 500;

/// How a result and its parts went over time.
pub(super) type Trends = (Option<Trend>, Vec<(ChartName, Trend)>);

/// The same test over time, found by the code's blind token and compared after opening.
pub(super) fn trends(
    tx: &mut Tx<'_>,
    act: &Act,
    reading: &Reading,
    found: &TestResult,
) -> Result<Trends, ServiceError> {
    let has_value = found.value.is_some() || !found.components.is_empty();
    let Some(key) = found.key.as_ref().filter(|_| has_value) else { return Ok((None, Vec::new())) };
    let same = same_test(tx, act, reading, (key, found.section))?;
    let whole = found.value.as_ref().and_then(|value| trend_of(&same, key, value));
    let part = |part: &result::Component| {
        let key = part.key.as_ref()?;
        let trend = trend_of(&same, key, part.value.as_ref()?)?;
        Some((reading.name(part.name.clone(), Some(key)), trend))
    };
    Ok((whole, found.components.iter().filter_map(part).collect()))
}

/// All results under a key, with their ids.
pub(crate) struct SameTest {
    pub ids: Vec<ResourceId>,
    pub results: Vec<TestResult>,
}

fn same_test(
    tx: &mut Tx<'_>,
    act: &Act,
    reading: &Reading,
    (key, section): (&CodeKey, Section),
) -> Result<SameTest, ServiceError> {
    let candidates = match &key.system {
        Some(system) => {
            let query = TokenQuery::SystemAndCode(system, &key.code);
            let token = act.vault.organisation().blind().coding_query("code", query);
            resource::with_code(tx, reading.patient, token, TREND)?
        }
        None => resource::section(tx, (reading.patient, section.as_str()), None, TREND)?,
    };
    let mut same = SameTest { ids: Vec::new(), results: Vec::new() };
    for stored in candidates {
        let json: Value = stored.open(&reading.key)?;
        if let Some(one) = result::project(&json, &reading.zone) {
            same.ids.push(stored.resource);
            same.results.push(one);
        }
    }
    Ok(same)
}

pub(crate) fn trend_of(same: &SameTest, key: &CodeKey, like: &Measured) -> Option<Trend> {
    let line = trend::trend(&same.results, key, like)?;
    let point = |point: trend::TrendPoint| {
        let resource = *same.ids.get(point.index)?;
        Some(TrendPoint { resource, at: point.at, value: point.value, text: point.text })
    };
    Some(Trend {
        unit: line.unit.unwrap_or_default(),
        low: line.low,
        high: line.high,
        points: line.points.into_iter().filter_map(point).collect(),
    })
}

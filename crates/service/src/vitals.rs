//! Vital signs: one line for each kind, with its newest value and how it went.

use crate::charts::{opened, source};
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::results;
use crate::service::Service;
use crate::view::chart::{Section, Trend, TrendPoint};
use crate::view::person::Person;
use crate::view::record::VitalLine;
use domain::id::{PatientId, ResourceId};
use fhir::project::result::{self, TestResult};
use fhir::project::{CodeKey, Section as Part, trend};
use store::resource::StoredResource;

/// LOINC codes in the order in which people ask for them; the rest follows, newest first.
const ORDER: [&str; 10] =
    ["85354-9", "55284-4", "8867-4", "29463-7", "8302-2", "39156-5", "8310-5", "59408-5", "2708-6", "9279-1"];

/// One kind: its results, newest first.
struct Kind {
    key: CodeKey,
    results: Vec<(StoredResource, TestResult)>,
}

impl Service {
    /// The patient's vital signs.
    pub async fn vitals(
        &self,
        ctx: &Ctx,
        person: PatientId,
    ) -> Result<(Person, Section<VitalLine>), ServiceError> {
        self.section(ctx, person, Part::Vitals, |tx, _, reading| {
            let mut kinds: Vec<Kind> = Vec::new();
            for (stored, json) in opened(tx, reading, Part::Vitals)? {
                let Some(found) = result::project(&json, &reading.zone) else { continue };
                let Some(key) = found.key.clone() else { continue };
                match kinds.iter_mut().find(|kind| kind.key == key) {
                    Some(kind) => kind.results.push((stored, found)),
                    None => kinds.push(Kind { key, results: vec![(stored, found)] }),
                }
            }
            let place = |kind: &Kind| ORDER.iter().position(|code| *code == kind.key.code);
            kinds.sort_by_key(|kind| place(kind).unwrap_or(ORDER.len()));
            let lines = kinds.into_iter().filter_map(line).collect();
            Ok(Section { lines, source: source(tx, reading, Part::Vitals)? })
        })
        .await
    }
}

fn line(kind: Kind) -> Option<VitalLine> {
    let (ids, results): (Vec<StoredResource>, Vec<TestResult>) = kind.results.into_iter().unzip();
    let (stored, newest) = (ids.first()?, results.first()?);
    let (key, value) = match &newest.value {
        Some(value) => (&kind.key, Some(value)),
        None => {
            let upper = newest.components.first()?;
            (upper.key.as_ref()?, upper.value.as_ref())
        }
    };
    let found = trend::trend(&results, key, value.and_then(|value| value.unit.as_deref()));
    let resources: Vec<ResourceId> = ids.iter().map(|one| one.resource).collect();
    Some(VitalLine {
        newest: results::line(stored, newest, false),
        times: results.len(),
        trend: found.map(|found| shown(found, &resources)),
    })
}

fn shown(found: trend::Trend, resources: &[ResourceId]) -> Trend {
    let point = |point: trend::TrendPoint| {
        let resource = *resources.get(point.index)?;
        Some(TrendPoint { resource, at: point.at, value: point.value, text: point.text })
    };
    Trend {
        unit: found.unit.unwrap_or_default(),
        low: found.low,
        high: found.high,
        points: found.points.into_iter().filter_map(point).collect(),
    }
}

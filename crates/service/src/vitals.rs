//! Vital signs: one line for each kind, with its newest value and how it went.

use crate::charts::{opened, source};
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::reading::Reading;
use crate::results::{self, SameTest};
use crate::service::Service;
use crate::view::chart::Section;
use crate::view::person::Person;
use crate::view::record::VitalLine;
use domain::id::PatientId;
use fhir::project::result::{self, TestResult};
use fhir::project::{CodeKey, Section as Part};
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
            let lines = kinds.into_iter().filter_map(|kind| line(reading, kind)).collect();
            Ok(Section { lines, source: source(tx, reading, Part::Vitals)? })
        })
        .await
    }
}

fn line(reading: &Reading, kind: Kind) -> Option<VitalLine> {
    let (stored, results): (Vec<StoredResource>, Vec<TestResult>) = kind.results.into_iter().unzip();
    let same = SameTest { ids: stored.iter().map(|one| one.resource).collect(), results };
    let newest = same.results.first()?;
    let (key, value) = match &newest.value {
        Some(value) => (&kind.key, Some(value)),
        None => {
            let upper = newest.components.first()?;
            (upper.key.as_ref()?, upper.value.as_ref())
        }
    };
    Some(VitalLine {
        newest: results::line(reading, stored.first()?, newest, false),
        times: same.results.len(),
        trend: value.and_then(|value| results::trend_of(&same, key, value)),
    })
}

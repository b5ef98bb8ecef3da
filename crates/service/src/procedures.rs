//! Procedures: each once, with all its dates.

use crate::charts::{date, opened, source};
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use crate::view::chart::Section;
use crate::view::person::Person;
use crate::view::record::ProcedureLine;
use domain::id::PatientId;
use fhir::project::{Section as Part, procedure};
use serde_json::Value;

impl Service {
    /// The patient's procedures.
    pub async fn procedures(
        &self,
        ctx: &Ctx,
        person: PatientId,
    ) -> Result<(Person, Section<ProcedureLine>), ServiceError> {
        self.section(ctx, person, Part::Procedures, |tx, _, reading| {
            let all = opened(tx, reading, Part::Procedures)?;
            let done: Vec<&Value> = all.iter().map(|(_, json)| json).collect();
            let line = |found: procedure::Procedure| {
                let newest = found.times.first()?.clone();
                Some(ProcedureLine {
                    resource: all.get(newest.index)?.0.resource,
                    times: found.times.len(),
                    dates: found.times.iter().filter_map(|done| done.date.as_ref().map(date)).collect(),
                    name: reading.name(found.name, found.key.as_ref()),
                    place: newest.place,
                    reasons: reading.all_named(newest.reasons),
                })
            };
            let lines = procedure::project(&done, &reading.zone).into_iter().filter_map(line).collect();
            Ok(Section { lines, source: source(tx, reading, Part::Procedures)? })
        })
        .await
    }
}

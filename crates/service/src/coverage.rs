//! Insurance: what the record says, else whom the newest bill was sent to.

use crate::charts::{date, opened, source};
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::reading::Reading;
use crate::service::Service;
use crate::view::chart::Section;
use crate::view::person::Person;
use crate::view::record::CoverageLine;
use domain::id::{PatientId, ResourceId};
use fhir::project::Section as Part;
use fhir::project::chart_date::ChartDate;
use fhir::project::coverage::{self, Coverage};
use store::db::Tx;
use store::resource;

impl Service {
    /// The patient's insurance.
    pub async fn coverage(
        &self,
        ctx: &Ctx,
        person: PatientId,
    ) -> Result<(Person, Section<CoverageLine>), ServiceError> {
        self.section(ctx, person, Part::Coverage, |tx, _, reading| {
            let mut lines = Vec::new();
            for (stored, json) in opened(tx, reading, Part::Coverage)? {
                let found = coverage::project(&json, &reading.zone);
                lines.extend(found.map(|found| line(reading, stored.resource, (found, None))));
            }
            lines.sort_by_key(|line| !line.is_active);
            if !lines.is_empty() {
                return Ok(Section { lines, source: source(tx, reading, Part::Coverage)? });
            }
            let lines = newest_bill(tx, reading)?.into_iter().collect();
            Ok(Section { lines, source: source(tx, reading, Part::Bills)? })
        })
        .await
    }
}

fn newest_bill(tx: &mut Tx<'_>, reading: &Reading) -> Result<Option<CoverageLine>, ServiceError> {
    let newest = resource::section(tx, (reading.patient, Part::Bills.as_str()), None, 1)?;
    let Some(stored) = newest.first() else { return Ok(None) };
    let bill = stored.open(&reading.key)?;
    let created = bill.get("created").and_then(|created| created.as_str());
    let created = created.and_then(|text| ChartDate::parse(text, &reading.zone));
    let found = coverage::of_bill(&bill, &reading.zone);
    Ok(found.map(|found| line(reading, stored.resource, (found, created.as_ref()))))
}

fn line(
    reading: &Reading,
    resource: ResourceId,
    (found, bill): (Coverage, Option<&ChartDate>),
) -> CoverageLine {
    CoverageLine {
        resource,
        payer: reading.named(found.payer),
        plan: found.plan.map(|plan| reading.named(plan).plain),
        number: found.number,
        is_active: found.is_active,
        since: found.since.as_ref().map(date),
        until: found.until.as_ref().map(date),
        bill: bill.map(date),
    }
}

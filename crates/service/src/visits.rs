//! Visits: the list, and one visit with the notes, findings and treatments that name it.

use crate::acts::Act;
use crate::charts::{date, drugs, source};
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::page::{Cursor, PAGE, Page};
use crate::reading::{self, Reading};
use crate::results;
use crate::service::Service;
use crate::view::chart::{ResultLine, SectionSource};
use crate::view::person::Person;
use crate::view::record::{VisitLine, VisitThing, VisitView};
use crate::{notes, persons};
use domain::access::{Capability, Item};
use domain::audit::{AuditAction, AuditObject};
use domain::id::{PatientId, ResourceId};
use fhir::project::visit::{self, Visit};
use fhir::project::{Section as Part, condition, immunization, medicine, procedure};
use serde_json::Value;
use store::db::Tx;
use store::resource::{self, StoredResource};

/// What names a visit is looked for from a day before it to so long after it.
const BEFORE_MICROS: i64 = 24 * 3600 * 1_000_000;
const AFTER_MICROS: i64 = 90 * BEFORE_MICROS;
/// Entries of one section that are opened for one visit at most.
const MOST: usize = 300;

impl Service {
    /// A page of the patient's visits, newest first.
    pub async fn visits(
        &self,
        ctx: &Ctx,
        person: PatientId,
        after: Option<Cursor>,
    ) -> Result<(Person, (Page<VisitLine>, SectionSource)), ServiceError> {
        self.section(ctx, person, Part::Visits, move |tx, _, reading| {
            let before = after.map(|cursor| (cursor.at, ResourceId(cursor.id)));
            let stored = resource::section(tx, (person, Part::Visits.as_str()), before, PAGE + 1)?;
            let page = Page::cut(stored, PAGE, |one| Cursor { at: one.clinical_at, id: one.resource.0 });
            let mut items = Vec::with_capacity(page.items.len());
            for one in &page.items {
                let found = visit::project(&one.open(&reading.key)?, &reading.zone);
                items.extend(found.map(|found| line(reading, one, found)));
            }
            Ok((Page { items, next: page.next }, source(tx, reading, Part::Visits)?))
        })
        .await
    }

    /// One visit.
    pub async fn visit(
        &self,
        ctx: &Ctx,
        person: PatientId,
        id: ResourceId,
    ) -> Result<VisitView, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadEntry), move |tx, act| view(tx, act, (person, id))).await
    }
}

/// Checks access to one resource of some of these types and opens it.
pub(crate) fn entry(
    tx: &mut Tx<'_>,
    act: &mut Act,
    (patient, id): (PatientId, ResourceId),
    types: &[&str],
) -> Result<(StoredResource, Value, Reading), ServiceError> {
    act.about(patient, Some((AuditObject::Resource, id.0)));
    let stored = resource::load(tx, patient, id)?;
    let stored = stored.filter(|stored| types.contains(&stored.resource_type.as_str()));
    let item =
        stored.as_ref().map(|stored| Item { sensitivity: stored.sensitivity, visibility: stored.visibility });
    act.allow(tx, Capability::ReadChart, item.unwrap_or_default())?;
    let stored = stored.ok_or(ServiceError::NotFound)?;
    let reading = Reading::begin(tx, act, patient)?;
    let json = stored.open(&reading.key)?;
    Ok((stored, json, reading))
}

fn line(reading: &Reading, stored: &StoredResource, found: Visit) -> VisitLine {
    let day = |text: &str| text.get(..10).unwrap_or(text).to_owned();
    let is_stay = match (&found.start, &found.end) {
        (Some(start), Some(end)) => day(&start.text) != day(&end.text),
        _ => false,
    };
    VisitLine {
        resource: stored.resource,
        name: found.name.map(|name| reading.named(name)),
        setting: found.setting,
        status: found.status,
        start: found.start.as_ref().map(date),
        until: found.end.as_ref().filter(|_| is_stay).map(date),
        place: found.place,
        practitioner: found.practitioners.into_iter().next(),
        reasons: reading.all_named(found.reasons),
    }
}

fn view(tx: &mut Tx<'_>, act: &mut Act, place: (PatientId, ResourceId)) -> Result<VisitView, ServiceError> {
    let (stored, json, reading) = entry(tx, act, place, &["Encounter"])?;
    let found = visit::project(&json, &reading.zone).ok_or(ServiceError::NotFound)?;
    let ended = found.end.as_ref().map_or(stored.clinical_at, |end| end.starts_at.as_microsecond());
    let of = Of {
        encounter: json.get("id").and_then(Value::as_str).unwrap_or_default().to_owned(),
        from: stored.clinical_at.saturating_sub(BEFORE_MICROS),
        to: ended.max(stored.clinical_at).saturating_add(AFTER_MICROS),
    };
    let documents = of.entries(tx, &reading, Part::Documents)?;
    let medicines = of.entries(tx, &reading, Part::Medicines)?;
    Ok(VisitView {
        person: persons::load(tx, act, place.0)?,
        line: line(&reading, &stored, found),
        notes: notes::lines(&documents, &reading),
        problems: of.problems(tx, &reading)?,
        medicines: prescribed(tx, act, &reading, &medicines)?,
        procedures: of.procedures(tx, &reading)?,
        vaccines: of.vaccines(tx, &reading)?,
        results: of.results(tx, act, &reading, Part::Results)?,
        vitals: of.results(tx, act, &reading, Part::Vitals)?,
        questions: reading::questions(tx, act, &reading, place.1)?,
    })
}

/// What names this visit is of it.
struct Of {
    encounter: String,
    from: i64,
    to: i64,
}

type Entries = Vec<(StoredResource, Value)>;

impl Of {
    fn entries(&self, tx: &mut Tx<'_>, reading: &Reading, part: Part) -> Result<Entries, ServiceError> {
        let place = (reading.patient, part.as_str());
        let mut found = Vec::new();
        for stored in resource::section_between(tx, place, (self.from, self.to), MOST)? {
            let json = stored.open(&reading.key)?;
            if visit::is_of(&json, &self.encounter) {
                found.push((stored, json));
            }
        }
        Ok(found)
    }

    fn results(
        &self,
        tx: &mut Tx<'_>,
        act: &Act,
        reading: &Reading,
        part: Part,
    ) -> Result<Vec<ResultLine>, ServiceError> {
        let stored: Vec<StoredResource> =
            self.entries(tx, reading, part)?.into_iter().map(|(stored, _)| stored).collect();
        results::lines(tx, act, reading, &stored)
    }

    fn problems(&self, tx: &mut Tx<'_>, reading: &Reading) -> Result<Vec<VisitThing>, ServiceError> {
        let thing = |(stored, json): (StoredResource, Value)| {
            let found = condition::project(&json, &reading.zone)?;
            let name = reading.name(found.name, found.key.as_ref());
            Some(VisitThing { resource: stored.resource, name, detail: None })
        };
        Ok(self.entries(tx, reading, Part::Conditions)?.into_iter().filter_map(thing).collect())
    }

    fn procedures(&self, tx: &mut Tx<'_>, reading: &Reading) -> Result<Vec<VisitThing>, ServiceError> {
        let all = self.entries(tx, reading, Part::Procedures)?;
        let done: Vec<&Value> = all.iter().map(|(_, json)| json).collect();
        let thing = |found: procedure::Procedure| {
            let resource = all.get(found.times.first()?.index)?.0.resource;
            let name = reading.name(found.name, found.key.as_ref());
            Some(VisitThing { resource, name, detail: None })
        };
        Ok(procedure::project(&done, &reading.zone).into_iter().filter_map(thing).collect())
    }

    fn vaccines(&self, tx: &mut Tx<'_>, reading: &Reading) -> Result<Vec<VisitThing>, ServiceError> {
        let all = self.entries(tx, reading, Part::Immunizations)?;
        let given: Vec<&Value> = all.iter().map(|(_, json)| json).collect();
        let thing = |found: immunization::Vaccine| {
            let resource = all.get(found.doses.first()?.index)?.0.resource;
            let name = reading.name(found.name, found.key.as_ref());
            Some(VisitThing { resource, name, detail: None })
        };
        Ok(immunization::project(&given, &reading.zone).into_iter().filter_map(thing).collect())
    }
}

fn prescribed(
    tx: &mut Tx<'_>,
    act: &Act,
    reading: &Reading,
    all: &Entries,
) -> Result<Vec<VisitThing>, ServiceError> {
    let drugs = drugs(tx, act, reading, all)?;
    let requests: Vec<&Value> = all.iter().map(|(_, json)| json).collect();
    let thing = |found: medicine::Medicine| {
        let resource = all.get(found.history.first()?.index)?.0.resource;
        let name = reading.name(found.name.clone(), found.key.as_ref());
        Some(VisitThing { resource, detail: found.dosage_text(reading.language), name })
    };
    let found = medicine::project(&requests, &|reference| drugs.get(reference), &reading.zone);
    Ok(found.into_iter().filter_map(thing).collect())
}

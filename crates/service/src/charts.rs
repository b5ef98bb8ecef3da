//! The record at a glance, for the patient and for the team. Each section is read by its index, and
//! only what is shown is unsealed.

use crate::acts::Act;
use crate::banner;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::persons;
use crate::reading::{Reading, referrer};
use crate::results;
use crate::service::Service;
use crate::view::chart::{
    AllergyLine, ChartDate, ChartOverview, ConditionLine, ImmunizationLine, MedicineLine, Section,
    SectionSource,
};
use crate::view::person::{Banner, Person};
use domain::access::{Capability, Item};
use domain::audit::AuditAction;
use domain::id::PatientId;
use fhir::project::chart_date::ChartDate as Date;
use fhir::project::{Section as Part, allergy, condition, immunization, medicine};
use fhir::reference::Reference;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::HashMap;
use store::db::Tx;
use store::resource::{self, StoredResource};

/// Entries of a section that are read at most; nobody scrolls past them, and the rest is in the record.
const SECTION: usize = 1000;
/// The newest results at a glance.
const NEWEST_RESULTS: usize = 5;

impl Service {
    /// The patient's own record.
    pub async fn overview(
        &self,
        ctx: &Ctx,
        person: PatientId,
    ) -> Result<(Person, ChartOverview), ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadChart), move |tx, act| {
            act.about(person, None);
            act.allow(tx, Capability::ReadChart, Item::default())?;
            Ok((persons::load(tx, act, person)?, overview(tx, act, person)?))
        })
        .await
    }

    /// One section of the patient's own record; the audit names the section.
    pub(crate) async fn section<T, F>(
        &self,
        ctx: &Ctx,
        person: PatientId,
        part: Part,
        work: F,
    ) -> Result<(Person, T), ServiceError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>, &Act, &Reading) -> Result<T, ServiceError> + Send + 'static,
    {
        self.read(self.act(ctx, AuditAction::ReadChart), move |tx, act| {
            act.about(person, None);
            act.detail().what = Some(part.as_str().to_owned());
            act.allow(tx, Capability::ReadChart, Item::default())?;
            let reading = Reading::begin(tx, act, person)?;
            Ok((persons::load(tx, act, person)?, work(tx, act, &reading)?))
        })
        .await
    }

    /// A patient's record as the team reads it.
    pub async fn team_chart(
        &self,
        ctx: &Ctx,
        patient: PatientId,
    ) -> Result<(Banner, ChartOverview), ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadChart), move |tx, act| {
            act.about(patient, None);
            act.allow(tx, Capability::ReadChart, Item::default())?;
            Ok((banner::load(tx, act, patient)?, overview(tx, act, patient)?))
        })
        .await
    }
}

/// A date as pages show it.
pub(crate) fn date(found: &Date) -> ChartDate {
    ChartDate { text: found.text.clone(), at: found.at() }
}

fn overview(tx: &mut Tx<'_>, act: &Act, patient: PatientId) -> Result<ChartOverview, ServiceError> {
    let reading = Reading::begin(tx, act, patient)?;
    Ok(ChartOverview {
        conditions: conditions(tx, &reading)?,
        medicines: medicines(tx, act, &reading)?,
        allergies: allergies(tx, &reading)?,
        immunizations: immunizations(tx, &reading)?,
        results: Section {
            lines: results::newest(tx, act, &reading, NEWEST_RESULTS)?,
            source: source(tx, &reading, Part::Results)?,
        },
    })
}

/// How new a section is, and when its newest entry came.
pub(crate) fn source(tx: &mut Tx<'_>, reading: &Reading, part: Part) -> Result<SectionSource, ServiceError> {
    let age = resource::section_age(tx, reading.patient, part.as_str())?;
    let newest = age.filter(|(at, _)| *at != 0).and_then(|(at, _)| Timestamp::from_microsecond(at).ok());
    Ok(SectionSource {
        newest,
        received: age.map(|(_, received)| received),
        is_old: newest.is_some_and(|newest| newest < reading.old_before),
    })
}

/// The opened entries of a section, newest first.
pub(crate) fn opened(
    tx: &mut Tx<'_>,
    reading: &Reading,
    part: Part,
) -> Result<Vec<(StoredResource, Value)>, ServiceError> {
    let stored = resource::section(tx, (reading.patient, part.as_str()), None, SECTION)?;
    let open = |one: StoredResource| {
        let json = one.open(&reading.key)?;
        Ok((one, json))
    };
    stored.into_iter().map(open).collect()
}

fn conditions(tx: &mut Tx<'_>, reading: &Reading) -> Result<Section<ConditionLine>, ServiceError> {
    let mut lines = Vec::new();
    for (stored, json) in opened(tx, reading, Part::Conditions)? {
        let Some(found) = condition::project(&json, &reading.zone) else { continue };
        lines.push(ConditionLine {
            resource: stored.resource,
            name: reading.name(found.name, found.key.as_ref()),
            is_active: found.is_active,
            status: found.status.unwrap_or_default(),
            since: found.onset.or(found.recorded).as_ref().map(date),
            until: found.abatement.as_ref().map(date),
        });
    }
    // Stable: among the active ones the newest stays first.
    lines.sort_by_key(|line| !line.is_active);
    Ok(Section { lines, source: source(tx, reading, Part::Conditions)? })
}

fn allergies(tx: &mut Tx<'_>, reading: &Reading) -> Result<Section<AllergyLine>, ServiceError> {
    let mut lines = Vec::new();
    for (stored, json) in opened(tx, reading, Part::Allergies)? {
        let Some(found) = allergy::project(&json, &reading.zone) else { continue };
        lines.push(AllergyLine {
            resource: stored.resource,
            name: reading.name(found.name, found.key.as_ref()),
            is_active: found.is_active,
            criticality: found.criticality,
            reactions: reading.all_named(found.reactions),
            recorded: found.recorded.or(found.onset).as_ref().map(date),
        });
    }
    lines.sort_by_key(|line| !line.is_active);
    Ok(Section { lines, source: source(tx, reading, Part::Allergies)? })
}

fn medicines(tx: &mut Tx<'_>, act: &Act, reading: &Reading) -> Result<Section<MedicineLine>, ServiceError> {
    let all = opened(tx, reading, Part::Medicines)?;
    let drugs = drugs(tx, act, reading, &all)?;
    let requests: Vec<&Value> = all.iter().map(|(_, json)| json).collect();
    let projected = medicine::project(&requests, &|reference| drugs.get(reference), &reading.zone);
    let line = |found: medicine::Medicine| {
        let current = found.current()?;
        Some(MedicineLine {
            resource: all.get(found.history.first()?.index)?.0.resource,
            dosage: found.dosage_text(reading.language),
            first: found.first().map(date),
            last: found.last().map(date),
            times: found.history.len(),
            prescriber: current.prescriber.clone(),
            is_active: found.is_active,
            name: reading.name(found.name, found.key.as_ref()),
        })
    };
    let lines = projected.into_iter().filter_map(line).collect();
    Ok(Section { lines, source: source(tx, reading, Part::Medicines)? })
}

/// The Medications that requests refer to, by the reference's text: they stand outside the patient's
/// record, as one drug is many people's.
pub(crate) fn drugs(
    tx: &mut Tx<'_>,
    act: &Act,
    reading: &Reading,
    requests: &[(StoredResource, Value)],
) -> Result<HashMap<String, Value>, ServiceError> {
    let mut drugs = HashMap::new();
    let blind = act.vault.organisation().blind();
    for (stored, request) in requests {
        let text = request.pointer("/medicationReference/reference").and_then(Value::as_str);
        let Some(text) = text.filter(|text| !drugs.contains_key(*text)) else { continue };
        let Some(Reference::Relative { resource_type: "Medication", id, .. }) = Reference::parse(text) else {
            continue;
        };
        let Some(by) = referrer(stored, request) else { continue };
        let place = store::resource_directory::beside(tx, blind, by, ("Medication", id))?;
        if let Some((owner, resource)) = place.filter(|(owner, _)| reading.is_open(*owner))
            && let Some(stored) = resource::load(tx, owner, resource)?
        {
            drugs.insert(text.to_owned(), stored.open_with(tx, &act.vault)?);
        }
    }
    Ok(drugs)
}

fn immunizations(tx: &mut Tx<'_>, reading: &Reading) -> Result<Section<ImmunizationLine>, ServiceError> {
    let all = opened(tx, reading, Part::Immunizations)?;
    let given: Vec<&Value> = all.iter().map(|(_, json)| json).collect();
    let line = |found: immunization::Vaccine| {
        Some(ImmunizationLine {
            resource: all.get(found.doses.first()?.index)?.0.resource,
            dates: found.doses.iter().filter_map(|dose| dose.date.as_ref().map(date)).collect(),
            name: reading.name(found.name, found.key.as_ref()),
        })
    };
    let lines = immunization::project(&given, &reading.zone).into_iter().filter_map(line).collect();
    Ok(Section { lines, source: source(tx, reading, Part::Immunizations)? })
}

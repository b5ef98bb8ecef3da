//! Reading the sealed resources of one patient's record: the key, the zone and the reader's language,
//! and what stands beside any item: what it refers to, and what was asked about it.

use crate::about::zone;
use crate::acts::Act;
use crate::error::ServiceError;
use crate::view::name::ChartName;
use crate::view::thread::ThreadLine;
use crate::{persons, thread_lines, threads};
use domain::access::Capability;
use domain::id::{PatientId, ResourceId};
use domain::language::Language;
use fhir::project::CodeKey;
use fhir::project::coded::Named;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use std::sync::Arc;
use store::db::Tx;
use store::keys::DataKey;
use store::resource::{self, StoredResource};
use store::resource_directory::Referrer;

/// What reading a patient's sealed resources needs.
pub(crate) struct Reading {
    pub patient: PatientId,
    pub key: Arc<DataKey>,
    pub zone: TimeZone,
    /// The reader's.
    pub language: Language,
    pub old_before: Timestamp,
}

impl Reading {
    pub fn begin(tx: &mut Tx<'_>, act: &Act, patient: PatientId) -> Result<Reading, ServiceError> {
        let key = act.vault.patient(tx, patient)?.ok_or(ServiceError::NotFound)?;
        Ok(Reading {
            patient,
            key,
            zone: zone(tx)?,
            language: act.actor().language,
            old_before: act.old_before,
        })
    }

    /// What the reader calls a thing of the chart.
    pub fn name(&self, display: String, key: Option<&CodeKey>) -> ChartName {
        ChartName::of(display, key, self.language)
    }

    pub fn named(&self, named: Named) -> ChartName {
        ChartName::named(named, self.language)
    }

    /// The plain words of things that are only mentioned.
    /// What is nobody's own, or this patient's.
    pub fn is_open(&self, owner: PatientId) -> bool {
        owner.is_organisation() || owner == self.patient
    }

    pub fn all_named(&self, all: Vec<Named>) -> Vec<String> {
        all.into_iter().map(|named| self.named(named).plain).collect()
    }
}

/// A stored resource as one that refers to others.
pub(crate) fn referrer<'a>(stored: &'a StoredResource, json: &'a Value) -> Option<Referrer<'a>> {
    let foreign_id = json.get("id")?.as_str()?;
    Some(Referrer { resource: stored.resource, resource_type: &stored.resource_type, foreign_id })
}

/// A resource of the same patient by its type and foreign id.
pub(crate) fn referred(
    tx: &mut Tx<'_>,
    act: &Act,
    reading: &Reading,
    (resource_type, id): (&str, &str),
) -> Result<Option<(StoredResource, Value)>, ServiceError> {
    let blind = act.vault.organisation().blind();
    let found = store::resource_directory::everywhere(tx, blind, resource_type, id)?;
    let Some((_, resource)) = found.into_iter().find(|(owner, _)| *owner == reading.patient) else {
        return Ok(None);
    };
    let Some(stored) = resource::load(tx, reading.patient, resource)? else { return Ok(None) };
    let json = stored.open(&reading.key)?;
    Ok(Some((stored, json)))
}

/// What was asked about this item.
pub(crate) fn questions(
    tx: &mut Tx<'_>,
    act: &Act,
    reading: &Reading,
    id: ResourceId,
) -> Result<Vec<ThreadLine>, ServiceError> {
    let reader = persons::reader(act.actor(), reading.patient);
    let mut shown = Vec::new();
    for stored in store::thread::about(tx, reading.patient, id)? {
        let pool = stored.thread.pool;
        // A colleague of another pool sees the result, not what was written to this one.
        if act.may(tx, Capability::ReadThread(pool), threads::item(&stored))? {
            shown.push(stored);
        }
    }
    thread_lines::of(tx, act, (&reading.key, reader), &shown)
}

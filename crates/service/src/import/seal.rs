//! Sealing what has its ids: compares with the version before, seals what is new, reads the facts
//! that stand beside the content. Runs on many threads, outside every transaction.

use super::registry::{Base, Chart};
use super::resolve::Placed;
use super::run::Run;
use super::{card, facts};
use crate::error::ServiceError;
use domain::id::PatientId;
use fhir::json;
use fhir::project::{Section, covariate};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use store::keys::DataKey;
use store::record_batch::{Encounter, Facts, NewChart, NewResource};
use store::resource::Fingerprints;
use store::resource_directory::StoredState;

/// How many resources of a type came to which end.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
}

/// A chunk ready to be written.
#[derive(Default)]
pub struct Sealed {
    pub created: Vec<NewResource>,
    pub updated: Vec<NewResource>,
    pub charts: Vec<NewChart>,
    /// Per patient: the newest clinical moment, and how many resources were written.
    pub patients: HashMap<PatientId, (i64, i64)>,
    pub counts: BTreeMap<String, Counts>,
}

/// Seals the items of a chunk in order. Every item's coming state is filled, even where one fails,
/// since other threads may wait for it.
pub fn all(run: &Run, placed: Vec<Placed>) -> Result<Sealed, ServiceError> {
    let mut sealed = Sealed::default();
    let mut failed = None;
    let mut work = Sealing { run, canonical: Vec::new(), json: Vec::new() };
    for one in placed {
        let before = match &one.base {
            Base::Nothing => None,
            Base::Stored(state) => Some(*state),
            Base::Earlier(coming) => Some(*coming.wait()),
        };
        let coming = one.coming.clone();
        let after = match failed {
            Some(_) => Err(ServiceError::Internal("an item before it failed".into())),
            None => work.one(one, before, &mut sealed),
        };
        let after = after.unwrap_or_else(|error| {
            failed.get_or_insert(error);
            StoredState { version: 0, fingerprint: [0; 16] }
        });
        let _ = coming.set(after);
    }
    failed.map_or(Ok(sealed), Err)
}

struct Sealing<'a> {
    run: &'a Run,
    canonical: Vec<u8>,
    json: Vec<u8>,
}

impl Sealing<'_> {
    fn one(
        &mut self,
        placed: Placed,
        before: Option<StoredState>,
        sealed: &mut Sealed,
    ) -> Result<StoredState, ServiceError> {
        let (key, fingerprints) = keys(self.run, placed.chart.as_ref());
        self.canonical.clear();
        json::canonical(&placed.item.resource, &mut self.canonical);
        let fingerprint = fingerprints.fingerprint(&self.canonical);
        let counts = sealed.counts.entry(placed.item.resource_type.clone()).or_default();
        if let Some(state) = before.filter(|state| state.fingerprint == fingerprint) {
            counts.unchanged += 1;
            return Ok(state);
        }
        let version = before.map_or(1, |state| state.version + 1);
        self.json.clear();
        json::write(&placed.item.resource, &mut self.json);
        let place = (placed.patient, placed.resource);
        let content = store::resource::seal_content(key, place, version, &self.json)?;
        let new = self.describe(&placed, version, (fingerprint, content));
        let (newest, written) = sealed.patients.entry(placed.patient).or_default();
        // What is planned, or has "no end", is no news of the record.
        *newest = new.clinical_at.min(self.run.ctx.now.as_microsecond()).max(*newest);
        *written += 1;
        if placed.item.resource_type == "Patient" {
            sealed.charts.push(self.chart(&placed, key)?);
        }
        match before {
            None => {
                counts.created += 1;
                sealed.created.push(new);
            }
            Some(_) => {
                counts.updated += 1;
                sealed.updated.push(new);
            }
        }
        Ok(StoredState { version, fingerprint })
    }

    fn describe(
        &self,
        placed: &Placed,
        version: i64,
        (fingerprint, content): ([u8; 16], Vec<u8>),
    ) -> NewResource {
        let resource = &placed.item.resource;
        NewResource {
            patient: placed.patient,
            resource: placed.resource,
            resource_type: placed.item.resource_type.clone(),
            version,
            clinical_at: facts::moment(resource, &self.run.zone),
            section: Section::of(resource).as_str(),
            sensitivity: facts::sensitivity(resource),
            fingerprint,
            content,
            facts: self.facts(placed, resource),
        }
    }

    fn facts(&self, placed: &Placed, resource: &Value) -> Facts {
        let blind = self.run.service.store.vault.organisation().blind();
        let tokens = facts::tokens(blind, &placed.item.resource_type, resource);
        let mut facts = Facts { tokens, ..Facts::default() };
        if !placed.patient.is_organisation() {
            facts.finding = covariate::project(resource, placed.resource.0, &self.run.zone);
        }
        let tokens = placed.practitioners.iter().map(|id| store::account::practitioner_token(blind, *id));
        let mut tokens: Vec<i64> = tokens.collect();
        match placed.item.resource_type.as_str() {
            "CareTeam" => {
                tokens.sort_unstable();
                tokens.dedup();
                facts.members = tokens;
                facts.period = facts::period(resource, &self.run.zone);
            }
            "Encounter" if !placed.patient.is_organisation() => {
                let practitioner = tokens.first().copied();
                let visit = facts::visit(resource, &self.run.zone);
                facts.encounter = visit.map(|at| Encounter { at, practitioner, site: None });
            }
            _ => {}
        }
        facts
    }

    fn chart(&self, placed: &Placed, key: &DataKey) -> Result<NewChart, ServiceError> {
        let card = card::of(&placed.item.resource, &self.run.zone);
        let blind = self.run.service.store.vault.organisation().blind();
        let version = placed.card_version;
        Ok(NewChart {
            patient: placed.patient,
            resource: placed.resource,
            card: store::patient::seal_card(key, placed.patient, version, &card)?,
            card_version: version,
            is_deceased: card.deceased,
            tokens: store::patient_token::of_card(blind, &card),
        })
    }
}

/// The patient's keys, or the organisation's.
fn keys<'k>(run: &'k Run, chart: Option<&'k Chart>) -> (&'k DataKey, &'k Fingerprints) {
    match chart {
        Some(chart) => (&chart.key, &chart.fingerprints),
        None => (run.service.store.vault.organisation().data(), &run.fingerprints),
    }
}

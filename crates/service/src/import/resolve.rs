//! The part of an import that goes in order: answering conditional references and giving ids. Reads
//! the database for what earlier imports have stored; writes nothing.

use super::facts;
use super::item::{Belongs, Item};
use super::registry::{Base, Chart, Coming, Known, Registry};
use super::run::Run;
use crate::error::ServiceError;
use crate::reading::referrer;
use domain::id::{PatientId, ResourceId};
use fhir::compartment;
use fhir::reference::{Reference, identifier_query};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use store::blind::TokenQuery;
use store::db::Tx;
use store::keys::DataKey;
use store::record_batch::NewEntry;
use store::resource::Fingerprints;
use store::resource_directory::{self, Entry};
use store::vault::Vault;

/// An item with its ids.
pub struct Placed {
    pub item: Item,
    pub patient: PatientId,
    pub resource: ResourceId,
    pub base: Base,
    /// To be filled when it is sealed.
    pub coming: Coming,
    /// Our ids of the practitioners that it gives access.
    pub practitioners: Vec<ResourceId>,
    /// The version of the card that a Patient makes.
    pub card_version: i64,
    pub chart: Option<Chart>,
}

/// What became of a chunk's items.
#[derive(Default)]
pub struct Assigned {
    pub placed: Vec<Placed>,
    pub refused: Vec<(Item, &'static str)>,
    pub keys: Vec<(PatientId, Vec<u8>)>,
    pub entries: Vec<NewEntry>,
}

const NO_PATIENT: &str = "refers to a patient that neither this Bundle nor this import has";
const UNNAMED: &str = "is about a patient, and refers to none";
const OTHER_PATIENT: &str = "is stored in the record of another patient";
const SHREDDED: &str = "belongs to a record that was shredded";

/// Finds what the conditional references of a chunk name. Those that stay open are not in the answer.
pub fn answer(
    run: &Run,
    registry: &mut Registry,
    items: &[Item],
) -> Result<HashMap<String, String>, ServiceError> {
    for (item, identifier) in super::parse::identified(items) {
        // Inside a compartment there are too many to remember, and they are asked for rarely.
        if item.resource_type == "Patient" || !compartment::can_belong_to_patient(&item.resource_type) {
            registry.identify(&item.resource_type, identifier, &item.id);
        }
    }
    let mut answers = HashMap::new();
    let mut asked = Vec::new();
    for text in items.iter().flat_map(|item| &item.conditionals).collect::<BTreeSet<_>>() {
        match registry.answers.get(text).cloned().or_else(|| in_run(registry, text)) {
            Some(target) => drop(answers.insert(text.clone(), target)),
            None => asked.push(text.clone()),
        }
    }
    if !asked.is_empty() && !run.is_first {
        let vault = run.service.store.vault.clone();
        let source = run.source.clone();
        answers.extend(run.read(move |tx| in_store(tx, &vault, &source, &asked))?);
    }
    registry.answers.extend(answers.iter().map(|(text, target)| (text.clone(), target.clone())));
    Ok(answers)
}

fn conditional(text: &str) -> Option<(&str, (&str, &str))> {
    let Some(Reference::Conditional { resource_type, query }) = Reference::parse(text) else { return None };
    Some((resource_type, identifier_query(query)?))
}

fn in_run(registry: &Registry, text: &str) -> Option<String> {
    let (resource_type, identifier) = conditional(text)?;
    match registry.identified.get(&registry.identifier_key(resource_type, identifier))?.as_slice() {
        [only] => Some(only.clone()),
        // FHIR: a conditional reference that matches several is an error.
        _ => None,
    }
}

/// Blind tokens choose candidates; only the opened identifier counts, and only of the same source: the answer
/// is an id of that source.
fn in_store(
    tx: &mut Tx<'_>,
    vault: &Vault,
    source: &str,
    asked: &[String],
) -> Result<HashMap<String, String>, ServiceError> {
    let mut answers = HashMap::new();
    for text in asked {
        let Some((resource_type, (system, value))) = conditional(text) else { continue };
        let query = match system {
            "" => TokenQuery::CodeWithoutSystem(value),
            system => TokenQuery::SystemAndCode(system, value),
        };
        let token = vault.organisation().blind().coding_query("identifier", query);
        let mut targets = BTreeSet::new();
        for stored in store::resource::with_token(tx, token)? {
            if stored.resource_type == resource_type {
                let opened = stored.open_with(tx, vault)?;
                if facts::identifiers(&opened).contains(&(system, value))
                    && let Some(by) = referrer(&stored, &opened)
                    && resource_directory::is_of_source(tx, vault.organisation().blind(), source, by)?
                {
                    targets.insert(format!("{resource_type}/{}", by.foreign_id));
                }
            }
        }
        if targets.len() == 1 {
            answers.extend(targets.pop_first().map(|target| (text.clone(), target)));
        }
    }
    Ok(answers)
}

/// Gives every item of a chunk its patient and its id. References are answered by now.
pub fn assign(run: &Run, registry: &mut Registry, items: Vec<Item>) -> Result<Assigned, ServiceError> {
    let belonging = |item: Item| {
        let belongs = item.belongs();
        (item, belongs)
    };
    let items: Vec<(Item, Belongs)> = items.into_iter().map(belonging).collect();
    learn(run, registry, &items)?;
    let mut assigned = Assigned::default();
    for (item, belongs) in items {
        if let Err(refused) = place(run, registry, &mut assigned, (item, belongs))? {
            assigned.refused.push(refused);
        }
    }
    Ok(assigned)
}

type Refused = (Item, &'static str);

fn place(
    run: &Run,
    registry: &mut Registry,
    assigned: &mut Assigned,
    (item, belongs): (Item, Belongs),
) -> Result<Result<(), Refused>, ServiceError> {
    let patient = match &belongs {
        Belongs::To(id) => patient(run, registry, assigned, id)?,
        Belongs::ToNobody => PatientId::ORGANISATION,
        Belongs::Unknown => return Ok(Err((item, NO_PATIENT))),
        Belongs::Unnamed => return Ok(Err((item, UNNAMED))),
    };
    let chart = registry.charts.get(&patient).cloned();
    if chart.is_none() && !patient.is_organisation() {
        return Ok(Err((item, SHREDDED)));
    }
    let (resource_type, id) = (item.resource_type.as_str(), item.id.as_str());
    let known = mention(run, registry, assigned, (resource_type, id), patient);
    if known.patient != patient {
        return Ok(Err((item, OTHER_PATIENT)));
    }
    let practitioners: Vec<ResourceId> = facts::practitioners(resource_type, &item.resource)
        .into_iter()
        .map(|id| mention(run, registry, assigned, ("Practitioner", id), PatientId::ORGANISATION).resource)
        .collect();
    let (coming, card_version) = registry.expect(patient, (resource_type, id));
    let Known { resource, base, .. } = known;
    assigned.placed.push(Placed {
        item,
        patient,
        resource,
        base,
        coming,
        practitioners,
        card_version,
        chart,
    });
    Ok(Ok(()))
}

/// A patient's id; one met for the first time gets an id, a key and an entry in the directory.
fn patient(
    run: &Run,
    registry: &mut Registry,
    assigned: &mut Assigned,
    id: &str,
) -> Result<PatientId, ServiceError> {
    if let Some(known) = registry.known.get(&registry.keys.key("Patient", id)) {
        return Ok(known.patient);
    }
    let patient = PatientId(run.mint());
    let (key, wrapped) = run.service.store.vault.generate(patient)?;
    assigned.keys.push((patient, wrapped));
    registry.charts.insert(patient, chart(key)?);
    let known = Known { patient, resource: ResourceId(patient.0), base: Base::Nothing };
    enter(registry, assigned, ("Patient", id), known);
    Ok(patient)
}

/// The ids of a resource, made where it is met for the first time.
fn mention(
    run: &Run,
    registry: &mut Registry,
    assigned: &mut Assigned,
    (resource_type, id): (&str, &str),
    patient: PatientId,
) -> Known {
    if let Some(known) = registry.known.get(&registry.keys.key(resource_type, id)) {
        return known.clone();
    }
    let known = Known { patient, resource: ResourceId(run.mint()), base: Base::Nothing };
    enter(registry, assigned, (resource_type, id), known.clone());
    known
}

fn enter(registry: &mut Registry, assigned: &mut Assigned, (resource_type, id): (&str, &str), known: Known) {
    assigned.entries.push(NewEntry {
        resource_type: resource_type.to_owned(),
        foreign_id: id.to_owned(),
        patient: known.patient,
        resource: known.resource,
    });
    registry.known.insert(registry.keys.key(resource_type, id), known);
}

fn chart(key: Arc<DataKey>) -> Result<Chart, ServiceError> {
    let fingerprints = Arc::new(Fingerprints::of(&key)?);
    Ok(Chart { key, fingerprints })
}

/// One entry that the database has.
struct Learnt {
    resource_type: String,
    id: String,
    entry: Entry,
    /// Of a patient: the key, and the version of the card.
    chart: Option<(Option<Arc<DataKey>>, i64)>,
}

/// Looks up, in one snapshot, what the run does not know yet of all that a chunk names.
fn learn(run: &Run, registry: &mut Registry, items: &[(Item, Belongs)]) -> Result<(), ServiceError> {
    let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut want = |resource_type: &str, id: &str| {
        if !registry.known.contains_key(&registry.keys.key(resource_type, id)) {
            match wanted.get_mut(resource_type) {
                Some(ids) => drop(ids.insert(id.to_owned())),
                None => drop(wanted.insert(resource_type.to_owned(), BTreeSet::from([id.to_owned()]))),
            }
        }
    };
    for (item, belongs) in items {
        want(&item.resource_type, &item.id);
        if let Belongs::To(patient) = belongs {
            want("Patient", patient);
        }
        for practitioner in facts::practitioners(&item.resource_type, &item.resource) {
            want("Practitioner", practitioner);
        }
    }
    if wanted.is_empty() || run.is_first {
        return Ok(());
    }
    let (vault, source) = (run.service.store.vault.clone(), run.source.clone());
    for learnt in run.read(move |tx| look_up(tx, &vault, &source, &wanted))? {
        let Learnt { resource_type, id, entry, chart: stored } = learnt;
        if let Some((key, card_version)) = stored {
            registry.card_versions.insert(entry.patient, card_version);
            if let Some(key) = key {
                registry.charts.insert(entry.patient, chart(key)?);
            }
        }
        let base = entry.stored.map_or(Base::Nothing, Base::Stored);
        let known = Known { patient: entry.patient, resource: entry.resource, base };
        registry.known.insert(registry.keys.key(&resource_type, &id), known);
    }
    Ok(())
}

fn look_up(
    tx: &mut Tx<'_>,
    vault: &Vault,
    source: &str,
    wanted: &BTreeMap<String, BTreeSet<String>>,
) -> Result<Vec<Learnt>, ServiceError> {
    let mut learnt = Vec::new();
    let blind = vault.organisation().blind();
    for (resource_type, ids) in wanted {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        for (id, entry) in resource_directory::find(tx, blind, source, resource_type, &ids)? {
            let mut chart = None;
            if resource_type == "Patient" {
                let version = store::patient::card_version(tx, entry.patient)?;
                chart = Some((vault.patient(tx, entry.patient)?, version.unwrap_or(0)));
            }
            learnt.push(Learnt { resource_type: resource_type.clone(), id, entry, chart });
        }
    }
    Ok(learnt)
}

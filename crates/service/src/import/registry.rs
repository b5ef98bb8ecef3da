//! What one import run knows of ids: which resources it has met, whom they belong to, what was
//! referred to and has not come yet.

use super::parse::Mention;
use domain::id::{PatientId, ResourceId};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, OnceLock};
use store::keys::DataKey;
use store::resource::Fingerprints;
use store::resource_directory::StoredState;

/// Short keys of `Type/id`, good for this run.
#[derive(Clone, Default)]
pub struct Keys(RandomState, RandomState);

impl Keys {
    pub fn key(&self, resource_type: &str, id: &str) -> u128 {
        let half = |state: &RandomState| u128::from(state.hash_one((resource_type, id)));
        half(&self.0) << 64 | half(&self.1)
    }
}

/// The state that a resource will have after the chunk that holds it was sealed.
pub type Coming = Arc<OnceLock<StoredState>>;

/// What a resource is compared with.
#[derive(Clone, Debug)]
pub enum Base {
    /// It is new.
    Nothing,
    Stored(StoredState),
    /// The same resource came earlier in this run.
    Earlier(Coming),
}

/// A resource as this run knows it.
#[derive(Clone, Debug)]
pub struct Known {
    pub patient: PatientId,
    pub resource: ResourceId,
    pub base: Base,
}

/// A chart that this run writes to.
#[derive(Clone)]
pub struct Chart {
    pub key: Arc<DataKey>,
    pub fingerprints: Arc<Fingerprints>,
}

/// Where something was referred to that has not come yet.
#[derive(Clone, Debug)]
pub struct Outstanding {
    pub file: String,
    pub mention: Mention,
}

/// The memory of a run.
#[derive(Default)]
pub struct Registry {
    pub keys: Keys,
    pub known: HashMap<u128, Known>,
    pub charts: HashMap<PatientId, Chart>,
    /// The version that a chart's card has, or will have after what was met so far.
    pub card_versions: HashMap<PatientId, i64>,
    pub outstanding: HashMap<u128, Outstanding>,
    /// (type, system, value) of the resources that others may refer to by identifier.
    pub identified: HashMap<u128, Vec<String>>,
    /// Answers to conditional references.
    pub answers: HashMap<String, String>,
    /// Resources of this run, known or committed by the run before it.
    pub came: std::collections::HashSet<u128>,
}

impl Registry {
    /// Notes what a chunk refers to, and that its own resources have come.
    pub fn refer(&mut self, file: &str, own: &[u128], mentions: HashMap<u128, Mention>) {
        for key in own {
            self.came.insert(*key);
            self.outstanding.remove(key);
        }
        for (key, mention) in mentions {
            if !self.came.contains(&key) {
                let outstanding = || Outstanding { file: file.to_owned(), mention };
                self.outstanding.entry(key).or_insert_with(outstanding);
            }
        }
    }

    /// From now on the resource is compared with what comes of the item just met; with that promise,
    /// the version of the card that a Patient makes.
    pub fn expect(&mut self, patient: PatientId, (resource_type, id): (&str, &str)) -> (Coming, i64) {
        let coming = Coming::default();
        if let Some(known) = self.known.get_mut(&self.keys.key(resource_type, id)) {
            known.base = Base::Earlier(coming.clone());
        }
        if resource_type != "Patient" {
            return (coming, 0);
        }
        let version = self.card_versions.entry(patient).or_default();
        *version += 1;
        (coming, *version)
    }

    /// The key of an identifier of resources of a type.
    pub fn identifier_key(&self, resource_type: &str, (system, value): (&str, &str)) -> u128 {
        self.keys.key(resource_type, &format!("{system}|{value}"))
    }

    /// Remembers whom an identifier names.
    pub fn identify(&mut self, resource_type: &str, identifier: (&str, &str), id: &str) {
        let key = self.identifier_key(resource_type, identifier);
        let target = format!("{resource_type}/{id}");
        let named = self.identified.entry(key).or_default();
        if !named.contains(&target) {
            named.push(target);
        }
    }
}

//! The keys in use: the organisation's, and patients' as they are needed. Unwrapped keys stay in
//! memory up to a bound; the database holds them wrapped.

use crate::db::{StoreError, Tx};
use crate::keys::{DataKey, KeyOwner, OrganisationKeys, RootKeys};
use crate::params;
use domain::id::PatientId;
use jiff::Timestamp;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

/// Unwrapped patient keys kept at most; one is about 1 KB.
const KEPT: usize = 20_000;
const FIRST: u32 = 1;

const WRAPPED: &str =
    "SELECT key_no, wrapped FROM data_key WHERE patient_id = $1 ORDER BY key_no DESC LIMIT 1";

/// Unwraps, makes and remembers data keys.
pub struct Vault {
    roots: Arc<RootKeys>,
    organisation: OrganisationKeys,
    patients: RwLock<HashMap<PatientId, Arc<DataKey>>>,
}

impl From<crate::keys::KeyError> for StoreError {
    fn from(error: crate::keys::KeyError) -> StoreError {
        StoreError::Corrupt(error.to_string())
    }
}

impl From<crate::seal::SealError> for StoreError {
    fn from(error: crate::seal::SealError) -> StoreError {
        StoreError::Corrupt(error.to_string())
    }
}

impl Vault {
    /// Opens the organisation's key, or makes it in a new database.
    pub fn open(tx: &mut Tx<'_>, roots: Arc<RootKeys>, now: Timestamp) -> Result<Vault, StoreError> {
        let data = match wrapped(tx, PatientId::ORGANISATION)? {
            Some((number, bytes)) => DataKey::unwrap(&roots, KeyOwner::Organisation, number, &bytes)?,
            None => {
                let key = DataKey::generate(KeyOwner::Organisation, FIRST)?;
                insert(tx, PatientId::ORGANISATION, FIRST, key.wrap(roots.current())?, now)?;
                key
            }
        };
        let organisation = OrganisationKeys::derive(data)?;
        Ok(Vault { roots, organisation, patients: RwLock::default() })
    }

    /// Keys of what belongs to no patient: blind index, audit chain, pepper.
    pub fn organisation(&self) -> &OrganisationKeys {
        &self.organisation
    }

    /// The root keys in use, for wrapping and for their fingerprint.
    pub fn roots(&self) -> &RootKeys {
        &self.roots
    }

    /// A key that was used before, without a look into the database.
    pub fn remembered(&self, patient: PatientId) -> Option<Arc<DataKey>> {
        self.patients.read().unwrap_or_else(PoisonError::into_inner).get(&patient).cloned()
    }

    /// The patient's key; `None` where there is no such patient or the key was shredded.
    pub fn patient(&self, tx: &mut Tx<'_>, patient: PatientId) -> Result<Option<Arc<DataKey>>, StoreError> {
        if patient.is_organisation() {
            return Ok(None);
        }
        if let Some(key) = self.remembered(patient) {
            return Ok(Some(key));
        }
        let Some((number, bytes)) = wrapped(tx, patient)? else { return Ok(None) };
        self.unwrap(patient, number, &bytes).map(Some)
    }

    /// The keys of several patients; a shredded one's is not among them. What is not remembered is asked for
    /// together.
    pub fn patients(
        &self,
        tx: &mut Tx<'_>,
        patients: &[PatientId],
    ) -> Result<HashMap<PatientId, Arc<DataKey>>, StoreError> {
        let mut keys = HashMap::new();
        let mut unknown = BTreeSet::new();
        for patient in patients {
            match self.remembered(*patient) {
                Some(key) => drop(keys.insert(*patient, key)),
                None => drop(unknown.insert(*patient)),
            }
        }
        let each: Vec<_> = unknown.iter().map(|patient| params![*patient].to_vec()).collect();
        let found: Vec<Option<(u32, Vec<u8>)>> =
            tx.query_opt_each(WRAPPED, &each, |row| Ok((row.get(0)?, row.get(1)?)))?;
        for (patient, found) in unknown.into_iter().zip(found) {
            let Some((number, bytes)) = found else { continue };
            keys.insert(patient, self.unwrap(patient, number, &bytes)?);
        }
        Ok(keys)
    }

    /// Unwraps a key that a query has read beside its rows.
    pub fn unwrap(
        &self,
        patient: PatientId,
        number: u32,
        wrapped: &[u8],
    ) -> Result<Arc<DataKey>, StoreError> {
        if let Some(key) = self.remembered(patient) {
            return Ok(key);
        }
        let key = DataKey::unwrap(&self.roots, KeyOwner::Patient(patient.0), number, wrapped)?;
        Ok(self.remember(patient, key))
    }

    /// A new patient's key with its wrapped form, not yet stored or remembered.
    pub fn generate(&self, patient: PatientId) -> Result<(Arc<DataKey>, Vec<u8>), StoreError> {
        let key = DataKey::generate(KeyOwner::Patient(patient.0), FIRST)?;
        let wrapped = key.wrap(self.roots.current())?;
        Ok((Arc::new(key), wrapped))
    }

    /// Forgets a shredded patient's key.
    pub fn forget(&self, patient: PatientId) {
        self.patients.write().unwrap_or_else(PoisonError::into_inner).remove(&patient);
    }

    fn remember(&self, patient: PatientId, key: DataKey) -> Arc<DataKey> {
        let mut patients = self.patients.write().unwrap_or_else(PoisonError::into_inner);
        if patients.len() >= KEPT {
            patients.clear();
        }
        patients.entry(patient).or_insert_with(|| Arc::new(key)).clone()
    }
}

/// Stores a key that [`Vault::generate`] made; false when the patient has one already.
pub fn insert(
    tx: &mut Tx<'_>,
    patient: PatientId,
    number: u32,
    wrapped: Vec<u8>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let added = tx.execute(
        "INSERT INTO data_key (patient_id, key_no, wrapped, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (patient_id, key_no) DO NOTHING",
        params![patient, i64::from(number), wrapped, now],
    )?;
    Ok(added == 1)
}

pub(crate) fn wrapped(tx: &mut Tx<'_>, patient: PatientId) -> Result<Option<(u32, Vec<u8>)>, StoreError> {
    tx.query_opt(WRAPPED, params![patient], |row| Ok((row.get(0)?, row.get(1)?)))
}

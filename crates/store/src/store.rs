//! The store: a database and the keys that open it.

use crate::db::{Db, StoreError};
use crate::keys::{DataKey, RootKeys};
use crate::schema;
use crate::vault::{self, Vault};
use domain::id::PatientId;
use jiff::Timestamp;
use std::sync::Arc;

/// Everything below the service; clones share it.
#[derive(Clone)]
pub struct Store {
    pub db: Db,
    pub vault: Arc<Vault>,
}

impl Store {
    /// Brings the schema up to date and opens the keys; a new database gets its organisation's key.
    pub async fn open(db: Db, roots: RootKeys, now: Timestamp) -> Result<Store, StoreError> {
        db.migrate(&schema::migrations()).await?;
        let roots = Arc::new(roots);
        let vault = db.write(move |tx| Vault::open(tx, roots.clone(), now)).await?;
        Ok(Store { db, vault: Arc::new(vault) })
    }

    /// The patient's key, for sealing before a write; `None` where there is no such patient.
    pub async fn patient_key(&self, patient: PatientId) -> Result<Option<Arc<DataKey>>, StoreError> {
        if let Some(key) = self.vault.remembered(patient) {
            return Ok(Some(key));
        }
        let vault = self.vault.clone();
        self.db.read(move |tx| vault.patient(tx, patient)).await
    }

    /// Makes the key of a new patient; answers the stored one where somebody was faster.
    pub async fn new_patient_key(
        &self,
        patient: PatientId,
        now: Timestamp,
    ) -> Result<Arc<DataKey>, StoreError> {
        let (_, wrapped) = self.vault.generate(patient)?;
        let stored: (u32, Vec<u8>) = self
            .db
            .write(move |tx| {
                vault::insert(tx, patient, 1, wrapped.clone(), now)?;
                vault::wrapped(tx, patient)?.ok_or_else(|| StoreError::Internal("a key was lost".into()))
            })
            .await?;
        self.vault.unwrap(patient, stored.0, &stored.1)
    }
}

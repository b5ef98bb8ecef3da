//! Which results an account has opened, so that the others can be shown as new.

use crate::db::{StoreError, Tx};
use crate::params;
use domain::id::{AccountId, PatientId, ResourceId};
use jiff::Timestamp;
use std::collections::HashSet;

/// Keeps the first time at which the account opened the resource.
pub fn mark(
    tx: &mut Tx<'_>,
    (patient, resource): (PatientId, ResourceId),
    account: AccountId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO resource_reader (patient_id, account_id, resource_id, read_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (patient_id, account_id, resource_id) DO NOTHING",
        params![patient, account, resource, now],
    )?;
    Ok(())
}

/// Those of the resources that the account has opened.
pub fn opened(
    tx: &mut Tx<'_>,
    patient: PatientId,
    account: AccountId,
    resources: &[ResourceId],
) -> Result<HashSet<ResourceId>, StoreError> {
    let mut opened = HashSet::new();
    for resource in resources {
        let found = tx.query_opt(
            "SELECT 1 FROM resource_reader WHERE patient_id = $1 AND account_id = $2 AND resource_id = $3",
            params![patient, account, *resource],
            |row| row.get::<i64>(0),
        )?;
        opened.extend(found.map(|_| *resource));
    }
    Ok(opened)
}

//! Which results an account has opened, so that the others can be shown as new.

use crate::db::{StoreError, Tx, Value};
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

/// Those of the resources (a page of them) that the account has opened.
pub fn opened(
    tx: &mut Tx<'_>,
    patient: PatientId,
    account: AccountId,
    resources: &[ResourceId],
) -> Result<HashSet<ResourceId>, StoreError> {
    if resources.is_empty() {
        return Ok(HashSet::new());
    }
    let mut params = params![patient, account].to_vec();
    let places: Vec<String> = resources
        .iter()
        .map(|resource| {
            params.push(Value::from(*resource));
            format!("${}", params.len())
        })
        .collect();
    let sql = format!(
        "SELECT resource_id FROM resource_reader
         WHERE patient_id = $1 AND account_id = $2 AND resource_id IN ({})",
        places.join(", ")
    );
    Ok(tx.query(&sql, &params, |row| row.get(0))?.into_iter().collect())
}

/// When somebody other than the patient first opened the resource.
pub fn opened_by_staff(
    tx: &mut Tx<'_>,
    (patient, resource): (PatientId, ResourceId),
) -> Result<Option<Timestamp>, StoreError> {
    tx.query_one(
        "SELECT MIN(rr.read_at) FROM resource_reader rr
         WHERE rr.patient_id = $1 AND rr.resource_id = $2
           AND EXISTS (SELECT 1 FROM staff_role s WHERE s.account_id = rr.account_id)
           AND NOT EXISTS (SELECT 1 FROM account a WHERE a.id = rr.account_id AND a.own_patient_id = $1)",
        params![patient, resource],
        |row| row.get(0),
    )
}

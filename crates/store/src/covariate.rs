//! One sealed row per patient of what a study may know. Its key is the study's and not the patient's, so
//! counting people opens no chart. Written in the transaction that writes what it was taken from.

use crate::db::{Row, StoreError, Tx};
use crate::keys::DataKey;
use crate::params;
use crate::seal::{Dictionary, Place, open, seal};
use crate::vault::Vault;
use domain::covariate::{Covariates, Finding};
use domain::id::PatientId;
use jiff::Timestamp;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The key of the standing rows; studies have others.
pub(crate) fn key(vault: &Vault) -> Result<DataKey, StoreError> {
    Ok(vault.organisation().study(Uuid::nil())?)
}

/// The place names no patient but by the row's own id.
fn place(patient: &PatientId, version: i64) -> Place<'_> {
    Place::of_organisation("covariate", patient.0.as_bytes(), "content").version(version)
}

/// Adds findings to their patients' rows.
pub fn learn(
    tx: &mut Tx<'_>,
    vault: &Vault,
    findings: BTreeMap<PatientId, Vec<Finding>>,
    now: Timestamp,
) -> Result<(), StoreError> {
    if findings.is_empty() {
        return Ok(());
    }
    let key = key(vault)?;
    let sql = format!("SELECT version, content FROM covariate WHERE patient_id = $1{}", tx.for_update());
    for (patient, findings) in findings {
        let before = tx.query_opt(&sql, params![patient], |row| {
            let version: i64 = row.get(0)?;
            Ok((version, opened(&key, &patient, version, &row.get::<Vec<u8>>(1)?)?))
        })?;
        let (version, mut covariates) = before.unwrap_or_default();
        findings.into_iter().for_each(|finding| covariates.learn(finding));
        replace(tx, &key, (patient, version), &covariates, now)?;
    }
    Ok(())
}

fn replace(
    tx: &mut Tx<'_>,
    key: &DataKey,
    (patient, version): (PatientId, i64),
    covariates: &Covariates,
    now: Timestamp,
) -> Result<(), StoreError> {
    let json = serde_json::to_vec(covariates).map_err(|_| StoreError::Internal("covariates".into()))?;
    let content = seal(key, place(&patient, version + 1), Dictionary::Record, &json)?;
    let written = tx.execute(
        "INSERT INTO covariate (patient_id, version, updated_at, content) VALUES ($1, $2, $3, $4)
         ON CONFLICT (patient_id) DO UPDATE SET version = excluded.version, updated_at = excluded.updated_at,
            content = excluded.content
         WHERE covariate.version = excluded.version - 1",
        params![patient, version + 1, now, content],
    )?;
    match written {
        1 => Ok(()),
        _ => Err(StoreError::Conflict { constraint: "covariate".into() }),
    }
}

fn opened(
    key: &DataKey,
    patient: &PatientId,
    version: i64,
    content: &[u8],
) -> Result<Covariates, StoreError> {
    let json = open(key, place(patient, version), content)?;
    serde_json::from_slice(&json).map_err(|_| StoreError::Corrupt("covariates".into()))
}

/// A patient's covariates.
pub fn load(tx: &mut Tx<'_>, vault: &Vault, patient: PatientId) -> Result<Option<Covariates>, StoreError> {
    let key = key(vault)?;
    let sql = "SELECT patient_id, version, content FROM covariate WHERE patient_id = $1";
    tx.query_opt(sql, params![patient], |row| Ok(read(row, &key)?.1))
}

/// Covariates of all charts after `after`, in the order of their ids, at most `limit`.
pub fn after(
    tx: &mut Tx<'_>,
    vault: &Vault,
    after: PatientId,
    limit: i64,
) -> Result<Vec<(PatientId, Covariates)>, StoreError> {
    let key = key(vault)?;
    let sql = "SELECT c.patient_id, c.version, c.content FROM covariate c
         JOIN patient p ON p.patient_id = c.patient_id
         WHERE c.patient_id > $1 ORDER BY c.patient_id LIMIT $2";
    tx.query(sql, params![after, limit], |row| read(row, &key))
}

/// How many charts have covariates.
pub fn count(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    tx.query_one("SELECT COUNT(*) FROM covariate", &[], |row| row.get(0))
}

fn read(row: &Row<'_>, key: &DataKey) -> Result<(PatientId, Covariates), StoreError> {
    let (patient, version): (PatientId, i64) = (row.get(0)?, row.get(1)?);
    Ok((patient, opened(key, &patient, version, &row.get::<Vec<u8>>(2)?)?))
}

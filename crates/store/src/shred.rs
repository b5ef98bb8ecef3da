//! Shredding a patient: the key and every row go, but for the audit rows. Those stay whole, so that the
//! chain can still be followed; what they say in sealed words nobody can read any more. The blind names of
//! the Patient stay in the directory, so that the next import does not bring the patient back.

use crate::db::{StoreError, Tx, Value};
use crate::params;
use domain::audit::AuditAction;
use domain::id::{AccountId, PatientId, PoolId};
use uuid::Uuid;

/// Tables whose rows are deleted by `patient_id`. Postings of words go by their own key: [`postings`].
pub const DELETED: &[&str] = &[
    "data_key",
    "covariate",
    "patient_token",
    "patient_link",
    "empanelment",
    "enrolment_event",
    "care_team_member",
    "encounter",
    "break_glass",
    "proxy_grant",
    "resource_reader",
    "resource_token",
    "resource_version",
    "resource",
    "thread_reader",
    "message_revision",
    "message",
    "thread_directory",
    "thread",
    "inbox",
    "draft",
    "outbox",
    "activation",
    "patient",
];

/// Tables with a `patient_id` whose rows stay: the audit, the postings until they are swept, and of the
/// directory the Patient's blind names.
pub const KEPT: &[&str] =
    &["audit_event", "audit_chain", "audit_batch_head", "pool_word", "resource_directory"];

/// What stands in the way of shredding a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is a chart, or a key; it may be shredded.
    There,
    OnLegalHold,
    /// An earlier shredding stands in the audit.
    Shredded,
    Unknown,
}

/// Whether a patient may be shredded; locks the chart.
pub fn standing(tx: &mut Tx<'_>, patient: PatientId) -> Result<Standing, StoreError> {
    if patient.is_organisation() {
        return Ok(Standing::Unknown);
    }
    let sql = format!("SELECT legal_hold FROM patient WHERE patient_id = $1{}", tx.for_update());
    match tx.query_opt(&sql, params![patient], |row| row.get::<bool>(0))? {
        Some(true) => return Ok(Standing::OnLegalHold),
        Some(false) => return Ok(Standing::There),
        None => {}
    }
    if crate::vault::wrapped(tx, patient)?.is_some() {
        return Ok(Standing::There);
    }
    let shredded = tx.query(
        "SELECT 1 FROM audit_event WHERE patient_id = $1 AND action = $2 AND object_id = $3 LIMIT 1",
        params![PatientId::ORGANISATION, AuditAction::ShredPatient.word(), patient],
        |row| row.get::<i64>(0),
    )?;
    Ok(if shredded.is_empty() { Standing::Unknown } else { Standing::Shredded })
}

/// Deletes everything of a patient; the number of rows.
pub fn shred(tx: &mut Tx<'_>, patient: PatientId) -> Result<u64, StoreError> {
    let mut deleted = account(tx, patient)?;
    uncount(tx, patient)?;
    deleted += tx.execute("DELETE FROM patient_link WHERE linked_patient_id = $1", params![patient])?;
    deleted += tx.execute(
        "DELETE FROM resource_directory WHERE patient_id = $1 AND resource_type <> 'Patient'",
        params![patient],
    )?;
    for table in DELETED {
        deleted += tx.execute(&format!("DELETE FROM {table} WHERE patient_id = $1"), params![patient])?;
    }
    Ok(deleted)
}

/// The patient's own account goes too, unless it belongs to a member of staff.
fn account(tx: &mut Tx<'_>, patient: PatientId) -> Result<u64, StoreError> {
    let found: Option<AccountId> =
        tx.query_opt("SELECT id FROM account WHERE own_patient_id = $1", params![patient], |row| row.get(0))?;
    let Some(id) = found else { return Ok(0) };
    let roles = tx.query("SELECT 1 FROM staff_role WHERE account_id = $1 LIMIT 1", params![id], |row| {
        row.get::<i64>(0)
    })?;
    if !roles.is_empty() {
        tx.execute("UPDATE account SET own_patient_id = NULL WHERE id = $1", params![id])?;
        return Ok(0);
    }
    let mut deleted = 0;
    for table in ["session", "draft", "pool_member"] {
        deleted += tx.execute(&format!("DELETE FROM {table} WHERE account_id = $1"), params![id])?;
    }
    Ok(deleted + tx.execute("DELETE FROM account WHERE id = $1", params![id])?)
}

/// Takes the patient's threads out of the inboxes' counters.
fn uncount(tx: &mut Tx<'_>, patient: PatientId) -> Result<(), StoreError> {
    let counted: Vec<(PoolId, String, Option<Uuid>, i64)> = tx.query(
        "SELECT pool_id, state, owner_id, COUNT(*) FROM inbox WHERE patient_id = $1
         GROUP BY pool_id, state, owner_id",
        params![patient],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    for (pool, state, owner, threads) in counted {
        tx.execute(
            "UPDATE inbox_count SET threads = threads - $4
             WHERE pool_id = $1 AND state = $2 AND owner_id = $3",
            params![pool, state, owner.unwrap_or_default(), threads],
        )?;
    }
    Ok(())
}

/// The keys of word postings that are left of a patient. They lie by pool and word, so this reads
/// the whole index: on a reader, not on the writer.
pub fn postings(tx: &mut Tx<'_>, patient: PatientId, limit: usize) -> Result<Vec<Vec<Value>>, StoreError> {
    let sql = format!(
        "SELECT pool_id, token, sent_at, thread_id, seq FROM pool_word WHERE patient_id = $1 LIMIT {limit}"
    );
    tx.query(&sql, params![patient], |row| {
        let (pool, token, sent_at): (Uuid, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (thread, seq): (Uuid, i64) = (row.get(3)?, row.get(4)?);
        Ok(params![pool, token, sent_at, thread, seq].to_vec())
    })
}

/// Deletes postings by their keys.
pub fn delete_postings(tx: &mut Tx<'_>, keys: &[Vec<Value>]) -> Result<(), StoreError> {
    for key in keys {
        tx.execute(
            "DELETE FROM pool_word
             WHERE pool_id = $1 AND token = $2 AND sent_at = $3 AND thread_id = $4 AND seq = $5",
            key,
        )?;
    }
    Ok(())
}

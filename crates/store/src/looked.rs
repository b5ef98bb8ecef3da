//! A patient's audit rows as the patient reads them: newest first, from the patient's own chain.

use crate::db::{Row, StoreError, Tx, Value};
use crate::keys::DataKey;
use crate::params;
use crate::seal::{Place, open};
use crate::word::{stored, stored_or_null};
use domain::actor::Role;
use domain::audit::{AuditAction, AuditDetail, AuditObject, AuditOutcome};
use domain::id::{AccountId, AuditId, PatientId, ThreadId};
use jiff::Timestamp;
use uuid::Uuid;

/// One stored act on a patient's record.
#[derive(Clone, Debug)]
pub struct LookedRow {
    pub id: AuditId,
    pub at: Timestamp,
    pub account: Option<AccountId>,
    pub role: Option<Role>,
    pub action: AuditAction,
    pub outcome: AuditOutcome,
    pub object: Option<(AuditObject, Uuid)>,
    pub repeats: i64,
    detail: Option<Vec<u8>>,
}

impl LookedRow {
    /// The free words of the act; empty where there are none.
    pub fn detail(&self, key: &DataKey, patient: PatientId) -> Result<AuditDetail, StoreError> {
        let Some(sealed) = &self.detail else { return Ok(AuditDetail::default()) };
        let place = Place::of(patient.0, "audit_event", self.id.0.as_bytes(), "detail");
        serde_json::from_slice(&open(key, place, sealed)?)
            .map_err(|_| StoreError::Corrupt("an audit detail".into()))
    }
}

/// What a page of the access log is asked for.
#[derive(Clone, Copy, Debug)]
pub struct LookedAsk<'a> {
    pub patient: PatientId,
    pub before: Option<AuditId>,
    /// The reader, whose own acts of these kinds are left out.
    pub reader: AccountId,
    pub routine: &'a [AuditAction],
    pub limit: usize,
}

impl LookedAsk<'_> {
    /// The statement and parameters of [`page`], so that a test can read its plan.
    pub fn statement(&self) -> (String, Vec<Value>) {
        let mut params =
            params![self.patient, self.before.map_or(Uuid::max(), |id| id.0), self.reader].to_vec();
        let places: Vec<String> = (0..self.routine.len()).map(|at| format!("${}", at + 4)).collect();
        params.extend(self.routine.iter().map(|action| Value::from(action.word())));
        let routine = match places.is_empty() {
            true => String::new(),
            false => {
                format!("AND NOT (COALESCE(account_id, id) = $3 AND action IN ({}))", places.join(", "))
            }
        };
        let sql = format!(
            "SELECT id, at, account_id, role, action, outcome, object, object_id, repeats, detail FROM audit_event
             WHERE patient_id = $1 AND id < $2 AND outcome IN ('done', 'denied') AND action <> 'follow_updates'
               {routine} ORDER BY id DESC LIMIT {}",
            self.limit
        );
        (sql, params)
    }
}

/// Acts on a patient's record that were done or denied, newest first.
pub fn page(tx: &mut Tx<'_>, ask: &LookedAsk<'_>) -> Result<Vec<LookedRow>, StoreError> {
    let (sql, params) = ask.statement();
    tx.query(&sql, &params, read)
}

fn read(row: &Row<'_>) -> Result<LookedRow, StoreError> {
    let object = stored_or_null(row, 6, AuditObject::from_word)?;
    Ok(LookedRow {
        id: row.get(0)?,
        at: row.get(1)?,
        account: row.get(2)?,
        role: stored_or_null(row, 3, Role::from_word)?,
        action: stored(row, 4, AuditAction::from_word)?,
        outcome: stored(row, 5, AuditOutcome::from_word)?,
        object: object.zip(row.get::<Option<Uuid>>(7)?),
        repeats: row.get(8)?,
        detail: row.get(9)?,
    })
}

/// The thread of one of the patient's messages.
pub fn thread_of(tx: &mut Tx<'_>, patient: PatientId, message: Uuid) -> Result<Option<ThreadId>, StoreError> {
    tx.query_opt(
        "SELECT thread_id FROM message WHERE patient_id = $1 AND id = $2",
        params![patient, message],
        |row| row.get(0),
    )
}

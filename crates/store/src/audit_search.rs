//! The audit of everybody, as the privacy officer searches it: by patient, by member of staff, by time,
//! newest first. No statement walks through more rows than its index holds of what was asked.

use crate::db::{Row, StoreError, Tx, Value};
use crate::params;
use crate::seal::{Place, open};
use crate::vault::Vault;
use crate::word::{stored, stored_or_null};
use domain::actor::{Door, Role};
use domain::audit::{AuditAction, AuditDetail, AuditObject, AuditOutcome};
use domain::id::{AccountId, AuditId, PatientId, RequestId};
use jiff::Timestamp;
use uuid::Uuid;

/// One stored act.
#[derive(Clone, Debug)]
pub struct AuditRow {
    pub patient: PatientId,
    pub id: AuditId,
    pub at: Timestamp,
    pub account: Option<AccountId>,
    pub role: Option<Role>,
    pub door: Door,
    pub action: AuditAction,
    pub outcome: AuditOutcome,
    pub object: Option<(AuditObject, Uuid)>,
    pub request: RequestId,
    pub repeats: i64,
    detail: Option<Vec<u8>>,
}

impl AuditRow {
    /// The free words of the act; empty where there are none, or where the patient's key is destroyed.
    pub fn detail(&self, tx: &mut Tx<'_>, vault: &Vault) -> Result<AuditDetail, StoreError> {
        let Some(sealed) = &self.detail else { return Ok(AuditDetail::default()) };
        let row = self.id.0.as_bytes();
        let json = if self.patient.is_organisation() {
            let place = Place::of_organisation("audit_event", row, "detail");
            open(vault.organisation().data(), place, sealed)?
        } else {
            let Some(key) = vault.patient(tx, self.patient)? else { return Ok(AuditDetail::default()) };
            open(&key, Place::of(self.patient.0, "audit_event", row, "detail"), sealed)?
        };
        serde_json::from_slice(&json).map_err(|_| StoreError::Corrupt("an audit detail".into()))
    }
}

/// What is searched for; what is `None` is not asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuditAsk {
    pub patient: Option<PatientId>,
    pub account: Option<AccountId>,
    /// From and until, the latter outside.
    pub during: Option<(Timestamp, Timestamp)>,
    /// Emergency openings and attempts only.
    pub is_emergency: bool,
    /// The time and id of the last row that was read.
    pub before: Option<(Timestamp, AuditId)>,
    pub limit: usize,
}

impl AuditAsk {
    /// The statement and parameters of [`page`], so that a test can read its plan.
    pub fn statement(&self) -> (String, Vec<Value>) {
        // One patient's rows stand in the order of their ids, which begin with their time.
        let by_id = self.patient.is_some();
        let (at, id) = self.before.unwrap_or((Timestamp::MAX, AuditId(Uuid::max())));
        let (mut params, place) = match by_id {
            true => (params![id].to_vec(), "id < $1"),
            false => (params![at, id].to_vec(), "(at, id) < ($1, $2)"),
        };
        let mut filters = vec![place.to_owned()];
        let mut also = |filter: &str, value: Value| {
            params.push(value);
            filters.push(format!("{filter} ${}", params.len()));
        };
        if let Some(patient) = self.patient {
            also("patient_id =", patient.into());
        }
        if let Some(account) = self.account {
            also("account_id =", account.into());
        }
        if let Some((from, until)) = self.during {
            also("at >=", from.into());
            also("at <", until.into());
        }
        if self.is_emergency {
            filters.push("action = 'break_glass'".to_owned());
        }
        let order = if by_id { "id DESC" } else { "at DESC, id DESC" };
        let sql = format!(
            "SELECT patient_id, id, at, account_id, role, door, action, outcome, object, object_id, request_id,
                    repeats, detail
             FROM audit_event WHERE {} AND action <> 'follow_updates' ORDER BY {order} LIMIT {}",
            filters.join(" AND "),
            self.limit
        );
        (sql, params)
    }
}

/// Rows, newest first.
pub fn page(tx: &mut Tx<'_>, ask: &AuditAsk) -> Result<Vec<AuditRow>, StoreError> {
    let (sql, params) = ask.statement();
    tx.query(&sql, &params, read)
}

fn read(row: &Row<'_>) -> Result<AuditRow, StoreError> {
    let object = stored_or_null(row, 8, AuditObject::from_word)?;
    Ok(AuditRow {
        patient: row.get(0)?,
        id: row.get(1)?,
        at: row.get(2)?,
        account: row.get(3)?,
        role: stored_or_null(row, 4, Role::from_word)?,
        door: stored(row, 5, Door::from_word)?,
        action: stored(row, 6, AuditAction::from_word)?,
        outcome: stored(row, 7, AuditOutcome::from_word)?,
        object: object.zip(row.get::<Option<Uuid>>(9)?),
        request: row.get(10)?,
        repeats: row.get(11)?,
        detail: row.get(12)?,
    })
}

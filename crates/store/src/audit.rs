//! Audit rows as they are written: unchained, in the transaction of the work they are about. The
//! sealer links them afterwards.

use crate::db::{StoreError, Tx, Value};
use crate::params;
use crate::seal::{Dictionary, Place, seal};
use crate::vault::Vault;
use domain::audit::{AuditEvent, AuditOutcome};
use domain::id::PatientId;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashSet;
use uuid::Uuid;

/// Repeats of one denial within this time are one row with a count.
pub const REPEATS_WITHIN: SignedDuration = SignedDuration::from_mins(1);

/// Writes one row. A repeated denial is counted into the row that is there.
pub fn record(tx: &mut Tx<'_>, vault: &Vault, event: &AuditEvent) -> Result<(), StoreError> {
    if event.outcome != AuditOutcome::Done && counted_as_repeat(tx, event)? {
        return Ok(());
    }
    let row = row(tx, vault, event)?;
    tx.execute(
        "INSERT INTO audit_event (patient_id, id, at, account_id, role, door, purpose, action, outcome,
                                  object, object_id, request_id, repeats, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        &row,
    )?;
    Ok(())
}

/// Writes the rows of one call that was done, at once: a list has a row for each patient it shows.
pub fn record_all(tx: &mut Tx<'_>, vault: &Vault, events: &[AuditEvent]) -> Result<(), StoreError> {
    if let [only] = events {
        return record(tx, vault, only);
    }
    let rows = events.iter().map(|event| row(tx, vault, event)).collect::<Result<Vec<_>, _>>()?;
    let columns = [
        "patient_id",
        "id",
        "at",
        "account_id",
        "role",
        "door",
        "purpose",
        "action",
        "outcome",
        "object",
        "object_id",
        "request_id",
        "repeats",
        "detail",
    ];
    tx.insert_many("audit_event", &columns, &rows)?;
    Ok(())
}

fn row(tx: &mut Tx<'_>, vault: &Vault, event: &AuditEvent) -> Result<Vec<Value>, StoreError> {
    let detail = sealed_detail(tx, vault, event)?;
    let (object, object_id) = event.object.unzip();
    let row = params![
        event.patient,
        event.id,
        event.at,
        event.account,
        event.role.map(|role| role.word()),
        event.door.word(),
        event.purpose.word(),
        event.action.word(),
        event.outcome.word(),
        object.map(|object| object.word()),
        object_id,
        event.request,
        1_i64,
        detail
    ];
    Ok(row.to_vec())
}

fn counted_as_repeat(tx: &mut Tx<'_>, event: &AuditEvent) -> Result<bool, StoreError> {
    let since = event.at.checked_sub(REPEATS_WITHIN).unwrap_or(Timestamp::MIN);
    let counted = tx.execute(
        "UPDATE audit_event SET repeats = repeats + 1
         WHERE chain_seq IS NULL AND patient_id = $1 AND account_id = $2 AND door = $3 AND action = $4
           AND outcome = $5 AND at > $6 AND COALESCE(object_id, $8) = $7 AND id >= $9",
        params![
            event.patient,
            event.account,
            event.door.word(),
            event.action.word(),
            event.outcome.word(),
            since,
            event.object.map_or(Uuid::nil(), |(_, id)| id),
            Uuid::nil(),
            first_id_of(since)
        ],
    )?;
    Ok(counted > 0)
}

/// No id that was made at this time or later stands before it: ids begin with their time, so that a
/// look at the last minute does not walk through years of rows.
fn first_id_of(time: Timestamp) -> Uuid {
    let millis = u64::try_from(time.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}

fn sealed_detail(tx: &mut Tx<'_>, vault: &Vault, event: &AuditEvent) -> Result<Option<Vec<u8>>, StoreError> {
    if event.detail.is_empty() {
        return Ok(None);
    }
    let json =
        serde_json::to_vec(&event.detail).map_err(|_| StoreError::Internal("an audit detail".into()))?;
    let row = event.id.0.as_bytes();
    if event.patient.is_organisation() {
        let place = Place::of_organisation("audit_event", row, "detail");
        return Ok(Some(seal(vault.organisation().data(), place, Dictionary::Raw, &json)?));
    }
    let Some(key) = vault.patient(tx, event.patient)? else { return Ok(None) };
    let place = Place::of(event.patient.0, "audit_event", row, "detail");
    Ok(Some(seal(&key, place, Dictionary::Raw, &json)?))
}

/// How many ids one look asks for; fewer are filled up, so that the statement stays the same.
const ASKED: usize = 16;

/// Those of these ids under which a patient exists, for rows that would otherwise name nobody.
pub fn patients_among(tx: &mut Tx<'_>, ids: &[PatientId]) -> Result<HashSet<PatientId>, StoreError> {
    let places: Vec<String> = (1..=ASKED).map(|n| format!("${n}")).collect();
    let sql = format!("SELECT patient_id FROM patient WHERE patient_id IN ({})", places.join(", "));
    let mut found = HashSet::with_capacity(ids.len());
    if let [only] = ids {
        return Ok(if is_patient(tx, *only)? { HashSet::from([*only]) } else { found });
    }
    for asked in ids.chunks(ASKED) {
        let mut params: Vec<Value> = asked.iter().map(|id| Value::from(*id)).collect();
        params.resize(ASKED, Value::from(PatientId::ORGANISATION));
        found.extend(tx.query(&sql, &params, |row| row.get::<PatientId>(0))?);
    }
    Ok(found)
}

/// Whether a patient exists under this id.
pub fn is_patient(tx: &mut Tx<'_>, patient: PatientId) -> Result<bool, StoreError> {
    let found = tx.query_opt("SELECT 1 FROM patient WHERE patient_id = $1", params![patient], |row| {
        row.get::<i64>(0)
    })?;
    Ok(found.is_some())
}

//! Audit rows as they are written: unchained, in the transaction of the work they are about. The
//! sealer links them afterwards.

use crate::db::{StoreError, Tx, Value};
use crate::params;
use crate::seal::{Dictionary, Place, open, seal};
use crate::vault::Vault;
use domain::audit::{AuditDetail, AuditEvent};
use domain::id::{AuditId, PatientId};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashSet;
use uuid::Uuid;

/// Repeats of one refusal, or of one list shown to the same reader, within this time are one row with a
/// count ([`AuditEvent::is_counted`]); the sealer leaves such rows alone for as long.
pub const REPEATS_WITHIN: SignedDuration = SignedDuration::from_mins(1);

/// Writes one row. A repeat is counted into the row that is there.
pub fn record(tx: &mut Tx<'_>, vault: &Vault, event: &AuditEvent) -> Result<(), StoreError> {
    if event.is_counted() && !counted_repeats(tx, event, &[event.patient])?.is_empty() {
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
/// The events differ in their patients only.
pub fn record_all(tx: &mut Tx<'_>, vault: &Vault, events: &[AuditEvent]) -> Result<(), StoreError> {
    let again = match events {
        [] => return Ok(()),
        [only] => return record(tx, vault, only),
        [first, ..] if first.is_counted() => {
            let patients: Vec<PatientId> = events.iter().map(|event| event.patient).collect();
            counted_repeats(tx, first, &patients)?
        }
        _ => HashSet::new(),
    };
    let rows = events
        .iter()
        .filter(|event| !again.contains(&event.patient))
        .map(|event| row(tx, vault, event))
        .collect::<Result<Vec<_>, _>>()?;
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

/// Counts one more into the rows of this act that wait for their repeats; answers whose rows those were.
fn counted_repeats(
    tx: &mut Tx<'_>,
    event: &AuditEvent,
    patients: &[PatientId],
) -> Result<HashSet<PatientId>, StoreError> {
    let mut counted = HashSet::with_capacity(patients.len());
    for asked in patients.chunks(ASKED) {
        let (sql, params) = repeat_statement(event, asked);
        counted.extend(tx.query(&sql, &params, |row| row.get::<PatientId>(0))?);
    }
    Ok(counted)
}

/// The statement that counts a repeat, so that a test can read its plan. The account is compared behind
/// COALESCE, which keeps the index by account out of it: a patient's own rows of a minute are fewer.
pub fn repeat_statement(event: &AuditEvent, patients: &[PatientId]) -> (String, Vec<Value>) {
    let since = event.at.checked_sub(REPEATS_WITHIN).unwrap_or(Timestamp::MIN);
    let mut params = params![
        event.account.map_or(Uuid::nil(), |account| account.0),
        event.door.word(),
        event.action.word(),
        event.outcome.word(),
        since,
        event.object.map_or(Uuid::nil(), |(_, id)| id),
        Uuid::nil(),
        first_id_of(since)
    ]
    .to_vec();
    let first = params.len() + 1;
    // One patient, or always as many places as fit: the statement stays the same.
    let places = if patients.len() == 1 { 1 } else { ASKED };
    let filled = patients.iter().chain(patients.last().into_iter().cycle()).take(places);
    params.extend(filled.map(|patient| Value::from(*patient)));
    let places: Vec<String> = (first..first + places).map(|n| format!("${n}")).collect();
    let sql = format!(
        "UPDATE audit_event SET repeats = repeats + 1
         WHERE chain_seq IS NULL AND COALESCE(account_id, $7) = $1 AND door = $2 AND action = $3 AND outcome = $4 AND at > $5
           AND COALESCE(object_id, $7) = $6 AND id >= $8 AND patient_id IN ({})
         RETURNING patient_id",
        places.join(", ")
    );
    (sql, params)
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

/// What the organisation's row of this id says in sealed words; `None` where they do not open there.
pub(crate) fn open_organisation_detail(vault: &Vault, id: AuditId, sealed: &[u8]) -> Option<AuditDetail> {
    let place = Place::of_organisation("audit_event", id.0.as_bytes(), "detail");
    serde_json::from_slice(&open(vault.organisation().data(), place, sealed).ok()?).ok()
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

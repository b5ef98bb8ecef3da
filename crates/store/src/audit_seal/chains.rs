//! One batch: the oldest unchained rows, linked onto their patients' chains.

use super::batch::{Batch, batch_chain, batch_hash, heads_hash, last_batch};
use super::row::{COLUMNS, EventRow};
use crate::chain::{ChainHead, ChainKey};
use crate::db::{StoreError, Tx, Value};
use crate::lease::{self, Lease};
use crate::params;
use domain::id::PatientId;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Refusals and lists wait this long before they are linked: their repeats are counted into them.
pub const WAIT_FOR_REPEATS: SignedDuration = crate::audit::REPEATS_WITHIN;
/// What is linked at once, or has waited until `$1`; [`domain::audit::AuditEvent::is_counted`] in SQL.
const SETTLED: &str = "(outcome = 'done' AND action <> 'read_inbox' OR at <= $1)";
/// Rows of one multi-row statement; SQLite joins at most 500 selects.
const ROWS_PER_STATEMENT: usize = 100;

/// How an attempt to seal ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealed {
    Batch(Batch),
    /// No row was ready.
    Nothing,
    /// Another node has taken the lease since; nothing was written.
    LeaseLost,
}

/// A row on its way into a chain.
struct Link {
    patient: PatientId,
    id: Uuid,
    seq: i64,
    mac: [u8; 32],
}

type Heads = BTreeMap<PatientId, ChainHead>;

/// The head before a patient's first audit row.
pub(crate) fn patient_chain(key: &ChainKey, patient: PatientId) -> ChainHead {
    key.start(&[b"patient ".as_slice(), patient.0.as_bytes()].concat())
}

/// Whether a row is ready to be sealed; a cheap look before a write.
pub fn waiting(tx: &mut Tx<'_>, now: Timestamp) -> Result<bool, StoreError> {
    let sql = format!("SELECT 1 FROM audit_event WHERE chain_seq IS NULL AND {SETTLED} LIMIT 1");
    let found = tx.query(&sql, params![settled_before(now)], |row| row.get::<i64>(0))?;
    Ok(!found.is_empty())
}

/// Links at most `limit` of the oldest unchained rows and writes their batch, where the lease is still
/// the caller's; it is kept until `until`.
pub fn seal_batch(
    tx: &mut Tx<'_>,
    key: &ChainKey,
    lease: &Lease,
    (now, until): (Timestamp, Timestamp),
    limit: usize,
) -> Result<Sealed, StoreError> {
    if !lease::keep(tx, lease, until)? {
        return Ok(Sealed::LeaseLost);
    }
    let rows = unchained(tx, now, limit)?;
    if rows.is_empty() {
        return Ok(Sealed::Nothing);
    }
    let mut heads = stored_heads(tx, key, &rows)?;
    let links = link(key, &mut heads, &rows);
    store_links(tx, &links)?;
    store_heads(tx, &heads)?;
    store_batch(tx, key, &heads, (now, links.len())).map(Sealed::Batch)
}

fn settled_before(now: Timestamp) -> Timestamp {
    now.checked_sub(WAIT_FOR_REPEATS).unwrap_or(Timestamp::MIN)
}

/// Locked, so that a repeat counted at this moment either is in the hash or becomes a new row.
fn unchained(tx: &mut Tx<'_>, now: Timestamp, limit: usize) -> Result<Vec<EventRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM audit_event WHERE chain_seq IS NULL AND {SETTLED}
         ORDER BY id LIMIT {limit}{}",
        tx.skip_locked()
    );
    tx.query(&sql, params![settled_before(now)], EventRow::read)
}

fn stored_heads(tx: &mut Tx<'_>, key: &ChainKey, rows: &[EventRow]) -> Result<Heads, StoreError> {
    let mut heads: Heads = rows.iter().map(|row| (row.patient, patient_chain(key, row.patient))).collect();
    let patients: Vec<PatientId> = heads.keys().copied().collect();
    for some in patients.chunks(ROWS_PER_STATEMENT) {
        let places: Vec<String> = (1..=some.len()).map(|number| format!("${number}")).collect();
        let sql = format!(
            "SELECT patient_id, length, head FROM audit_chain WHERE patient_id IN ({})",
            places.join(", ")
        );
        let ids: Vec<Value> = some.iter().map(|patient| Value::from(*patient)).collect();
        heads.extend(
            tx.query(&sql, &ids, |row| Ok((row.get(0)?, ChainHead { seq: row.get(1)?, mac: row.get(2)? })))?,
        );
    }
    Ok(heads)
}

fn link(key: &ChainKey, heads: &mut Heads, rows: &[EventRow]) -> Vec<Link> {
    let mut links = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(head) = heads.get_mut(&row.patient) else { continue };
        *head = key.extend(head, &row.hash);
        links.push(Link { patient: row.patient, id: row.id, seq: head.seq, mac: head.mac });
    }
    links
}

fn store_links(tx: &mut Tx<'_>, links: &[Link]) -> Result<(), StoreError> {
    for some in links.chunks(ROWS_PER_STATEMENT) {
        let selects: Vec<String> = (0..some.len())
            .map(|row| row * 4)
            .map(|at| format!("SELECT ${}, ${}, ${}, ${}", at + 1, at + 2, at + 3, at + 4))
            .collect();
        // The empty first select gives the parameters their types on PostgreSQL. The rows are locked and
        // were unchained; asking for that again would make the engines look for them among all such.
        let sql = format!(
            "WITH link (patient_id, id, seq, mac) AS (
                SELECT patient_id, id, chain_seq, mac FROM audit_event WHERE FALSE UNION ALL {})
             UPDATE audit_event SET chain_seq = link.seq, mac = link.mac FROM link
             WHERE audit_event.patient_id = link.patient_id AND audit_event.id = link.id",
            selects.join(" UNION ALL ")
        );
        let values: Vec<Value> = some
            .iter()
            .flat_map(|link| {
                [link.patient.into(), link.id.into(), Value::from(link.seq), Value::from(link.mac)]
            })
            .collect();
        if tx.execute(&sql, &values)? != some.len() as u64 {
            return Err(StoreError::Internal("an audit row went away while it was sealed".into()));
        }
    }
    Ok(())
}

fn store_heads(tx: &mut Tx<'_>, heads: &Heads) -> Result<(), StoreError> {
    let heads: Vec<(&PatientId, &ChainHead)> = heads.iter().collect();
    for some in heads.chunks(ROWS_PER_STATEMENT) {
        let rows: Vec<String> = (0..some.len())
            .map(|row| row * 3)
            .map(|at| format!("(${}, ${}, ${})", at + 1, at + 2, at + 3))
            .collect();
        let sql = format!(
            "INSERT INTO audit_chain (patient_id, length, head) VALUES {}
             ON CONFLICT (patient_id) DO UPDATE SET length = excluded.length, head = excluded.head",
            rows.join(", ")
        );
        let values: Vec<Value> = some
            .iter()
            .flat_map(|(patient, head)| [(**patient).into(), Value::from(head.seq), Value::from(head.mac)])
            .collect();
        tx.execute(&sql, &values)?;
    }
    Ok(())
}

fn store_batch(
    tx: &mut Tx<'_>,
    key: &ChainKey,
    heads: &Heads,
    (at, events): (Timestamp, usize),
) -> Result<Batch, StoreError> {
    let events = i64::try_from(events).unwrap_or(i64::MAX);
    let chains = i64::try_from(heads.len()).unwrap_or(i64::MAX);
    let previous =
        last_batch(tx)?.map_or_else(|| batch_chain(key), |batch| ChainHead { seq: batch.no, mac: batch.mac });
    let heads_hash = heads_hash(heads);
    let head = key.extend(&previous, &batch_hash(at.as_microsecond(), (events, chains), &heads_hash));
    tx.execute(
        "INSERT INTO audit_batch (no, at, events, chains, heads_hash, mac) VALUES ($1, $2, $3, $4, $5, $6)",
        params![head.seq, at, events, chains, heads_hash, head.mac],
    )?;
    let rows: Vec<Vec<Value>> = heads
        .iter()
        .map(|(patient, moved)| params![head.seq, *patient, moved.seq, moved.mac].to_vec())
        .collect();
    tx.insert_many("audit_batch_head", &["batch_no", "patient_id", "length", "head"], &rows)?;
    Ok(Batch { no: head.seq, at, events, mac: head.mac })
}

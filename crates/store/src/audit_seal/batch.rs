//! The organisation's chain: one row per batch, over the heads of the chains that the batch moved.

use crate::chain::{ChainHead, ChainKey, StoredRow};
use crate::db::{Row, StoreError, Tx};
use crate::params;
use domain::id::PatientId;
use jiff::Timestamp;

/// A sealed batch, as it is stored and as a line of the anchor file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Counts from 1.
    pub no: i64,
    pub at: Timestamp,
    /// Audit rows that it linked.
    pub events: i64,
    pub mac: [u8; 32],
}

/// The head before the first batch.
pub(crate) fn batch_chain(key: &ChainKey) -> ChainHead {
    key.start(b"batches of the organisation")
}

/// The hash that the mac of a batch covers, with its number.
pub(crate) fn batch_hash(at: i64, (events, chains): (i64, i64), heads: &[u8]) -> [u8; 32] {
    StoredRow::of("audit_batch").integer(at).integer(events).integer(chains).bytes(heads).hash()
}

/// The hash over a batch's (patient, length, head), which come in the order of the patients' ids.
pub(crate) fn heads_hash<'a>(heads: impl IntoIterator<Item = (&'a PatientId, &'a ChainHead)>) -> [u8; 32] {
    heads
        .into_iter()
        .fold(StoredRow::of("audit_batch_head"), |row, (patient, head)| {
            row.bytes(patient.0.as_bytes()).integer(head.seq).bytes(&head.mac)
        })
        .hash()
}

/// The newest batch.
pub fn last_batch(tx: &mut Tx<'_>) -> Result<Option<Batch>, StoreError> {
    tx.query_opt("SELECT no, at, events, mac FROM audit_batch ORDER BY no DESC LIMIT 1", &[], read)
}

/// Batches after a number, oldest first: what an anchor file lacks.
pub fn batches_after(tx: &mut Tx<'_>, no: i64, limit: usize) -> Result<Vec<Batch>, StoreError> {
    let sql = format!("SELECT no, at, events, mac FROM audit_batch WHERE no > $1 ORDER BY no LIMIT {limit}");
    tx.query(&sql, params![no], read)
}

pub(super) fn read(row: &Row<'_>) -> Result<Batch, StoreError> {
    Ok(Batch { no: row.get(0)?, at: row.get(1)?, events: row.get(2)?, mac: row.get(3)? })
}

//! Where the sealing stands: what no chain has linked yet, and single batches.

use super::batch::{Batch, read};
use crate::db::{StoreError, Tx};
use crate::params;
use jiff::Timestamp;

/// Committed audit rows that no chain holds yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tail {
    pub rows: i64,
    pub oldest: Option<Timestamp>,
}

/// The unsealed tail; read from its own index, which holds nothing else.
pub fn tail(tx: &mut Tx<'_>) -> Result<Tail, StoreError> {
    let sql = "SELECT COUNT(*), MIN(at) FROM audit_event WHERE chain_seq IS NULL";
    tx.query_one(sql, &[], |row| Ok(Tail { rows: row.get(0)?, oldest: row.get(1)? }))
}

/// The batch of this number.
pub fn batch(tx: &mut Tx<'_>, no: i64) -> Result<Option<Batch>, StoreError> {
    tx.query_opt("SELECT no, at, events, mac FROM audit_batch WHERE no = $1", params![no], read)
}

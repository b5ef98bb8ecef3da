//! Blind postings of message words for a team's search: (pool, word, time) -> message. A patient's own
//! search needs none: it unseals that patient's messages.

use crate::db::{StoreError, Tx, Value};
use crate::params;
use crate::vault::Vault;
use domain::id::{PatientId, PoolId, ThreadId};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// A message that a posting points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    pub sent_at: i64,
    pub thread: ThreadId,
    pub seq: i64,
    pub patient: PatientId,
}

/// The blind tokens of stemmed words, sorted; made before the write.
pub fn tokens<'a>(vault: &Vault, terms: impl IntoIterator<Item = &'a String>) -> Vec<i64> {
    let blind = vault.organisation().blind();
    let tokens: BTreeSet<i64> = terms.into_iter().map(|term| blind.token("message.word", &[term])).collect();
    tokens.into_iter().collect()
}

/// Adds a message's words to its pool's index.
pub fn insert(
    tx: &mut Tx<'_>,
    pool: PoolId,
    (patient, thread, seq): (PatientId, ThreadId, i64),
    (tokens, sent_at): (&[i64], Timestamp),
) -> Result<(), StoreError> {
    let rows: Vec<Vec<Value>> =
        tokens.iter().map(|token| params![pool, *token, sent_at, patient, thread, seq].to_vec()).collect();
    tx.insert_many("pool_word", &["pool_id", "token", "sent_at", "patient_id", "thread_id", "seq"], &rows)?;
    Ok(())
}

/// Postings of one word in one pool before a place, newest first.
pub fn before(
    tx: &mut Tx<'_>,
    (pool, token): (PoolId, i64),
    (sent_at, thread, seq): (i64, ThreadId, i64),
    limit: usize,
) -> Result<Vec<Posting>, StoreError> {
    let sql = format!(
        "SELECT sent_at, thread_id, seq, patient_id FROM pool_word
         WHERE pool_id = $1 AND token = $2 AND (sent_at, thread_id, seq) < ($3, $4, $5)
         ORDER BY sent_at DESC, thread_id DESC, seq DESC LIMIT {limit}"
    );
    tx.query(&sql, params![pool, token, sent_at, thread, seq], |row| {
        Ok(Posting { sent_at: row.get(0)?, thread: row.get(1)?, seq: row.get(2)?, patient: row.get(3)? })
    })
}

/// Postings of a word between two places, both included: the other words of a search. At most
/// `limit` of them, in no order.
pub fn between(
    tx: &mut Tx<'_>,
    (pool, token): (PoolId, i64),
    (newest, oldest): (&Posting, &Posting),
    limit: usize,
) -> Result<Vec<Posting>, StoreError> {
    tx.query(
        "SELECT sent_at, thread_id, seq, patient_id FROM pool_word
         WHERE pool_id = $1 AND token = $2 AND sent_at >= $3 AND sent_at <= $4 LIMIT $5",
        params![pool, token, oldest.sent_at, newest.sent_at, i64::try_from(limit).unwrap_or(i64::MAX)],
        |row| {
            Ok(Posting { sent_at: row.get(0)?, thread: row.get(1)?, seq: row.get(2)?, patient: row.get(3)? })
        },
    )
}

/// Whether the message of each posting has another word as well.
pub fn have(
    tx: &mut Tx<'_>,
    (pool, token): (PoolId, i64),
    postings: &[Posting],
) -> Result<Vec<bool>, StoreError> {
    let each: Vec<Vec<Value>> =
        postings.iter().map(|at| params![pool, token, at.sent_at, at.thread, at.seq].to_vec()).collect();
    let found = tx.query_opt_each(
        "SELECT seq FROM pool_word
         WHERE pool_id = $1 AND token = $2 AND sent_at = $3 AND thread_id = $4 AND seq = $5",
        &each,
        |row| row.get::<i64>(0),
    )?;
    Ok(found.iter().map(Option::is_some).collect())
}

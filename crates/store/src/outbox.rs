//! Notices that wait for delivery. Written in the transaction of what they tell; a worker claims them.

use crate::db::{StoreError, Tx};
use crate::params;
use domain::id::{AccountId, OutboxId, PatientId, ThreadId};
use domain::outbox::Notice;
use jiff::{SignedDuration, Timestamp};

/// How long a claim holds before another worker may take the notice.
pub const CLAIM: SignedDuration = SignedDuration::from_mins(5);
/// Tries after which a notice is a dead letter.
pub const TRIES: i64 = 8;

/// A notice to write.
#[derive(Clone, Copy, Debug)]
pub struct NewNotice {
    pub id: OutboxId,
    pub notice: Notice,
    pub patient: PatientId,
    /// `None` for every account of a role, such as privacy officers.
    pub account: Option<AccountId>,
    pub thread: Option<ThreadId>,
}

/// A notice that a worker has claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    pub id: OutboxId,
    pub notice: String,
    pub account: Option<AccountId>,
    pub attempts: i64,
}

/// Puts a notice into the outbox.
pub fn insert(tx: &mut Tx<'_>, new: &NewNotice, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO outbox (id, notice, patient_id, account_id, thread_id, created_at, not_before, state, attempts)
         VALUES ($1, $2, $3, $4, $5, $6, $6, 'waiting', 0)",
        params![new.id, new.notice.word(), new.patient, new.account, new.thread, now],
    )?;
    Ok(())
}

/// Claims due notices for [`CLAIM`]; two workers never hold the same one.
pub fn claim(tx: &mut Tx<'_>, now: Timestamp, limit: usize) -> Result<Vec<Claimed>, StoreError> {
    let due = format!(
        "SELECT id, notice, account_id, attempts FROM outbox
         WHERE state = 'waiting' AND not_before <= $1 AND COALESCE(claimed_until, 0) <= $1
         ORDER BY not_before, id LIMIT {limit}{}",
        tx.skip_locked()
    );
    let claimed = tx.query(&due, params![now], |row| {
        Ok(Claimed { id: row.get(0)?, notice: row.get(1)?, account: row.get(2)?, attempts: row.get(3)? })
    })?;
    let until = now.checked_add(CLAIM).unwrap_or(Timestamp::MAX);
    for notice in &claimed {
        tx.execute(
            "UPDATE outbox SET claimed_until = $2, attempts = attempts + 1 WHERE id = $1",
            params![notice.id, until],
        )?;
    }
    Ok(claimed)
}

/// A notice was delivered.
pub fn delivered(tx: &mut Tx<'_>, id: OutboxId) -> Result<(), StoreError> {
    tx.execute("UPDATE outbox SET state = 'delivered', claimed_until = NULL WHERE id = $1", params![id])?;
    Ok(())
}

/// A delivery failed: tried again after a growing wait, a dead letter in the end. `error` is the
/// channel's word and holds no address.
pub fn failed(tx: &mut Tx<'_>, claimed: &Claimed, error: &str, now: Timestamp) -> Result<(), StoreError> {
    let tries = claimed.attempts + 1;
    let wait = SignedDuration::from_mins(1 << tries.clamp(0, 10));
    let again = now.checked_add(wait).unwrap_or(Timestamp::MAX);
    let state = if tries >= TRIES { "dead" } else { "waiting" };
    tx.execute(
        "UPDATE outbox SET state = $2, not_before = $3, claimed_until = NULL, last_error = $4 WHERE id = $1",
        params![claimed.id, state, again, error],
    )?;
    Ok(())
}

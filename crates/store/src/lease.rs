//! Tasks that one node at a time may do. Rule: work done under a lease checks its fencing number in the
//! work's own transaction, so that a holder who stalled past its time cannot write any more.

use crate::db::{StoreError, Tx};
use crate::params;
use jiff::Timestamp;
use uuid::Uuid;

/// A task held by one node. The number grows with every change of holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    pub name: &'static str,
    pub holder: Uuid,
    pub fencing: i64,
}

/// Takes a task that is free, over, or the holder's own already; `None` while another holds it. A time
/// further ahead than two terms comes from a clock that was wrong, and holds nothing.
pub fn take(
    tx: &mut Tx<'_>,
    name: &'static str,
    holder: Uuid,
    (now, until): (Timestamp, Timestamp),
) -> Result<Option<Lease>, StoreError> {
    let too_far = until.checked_add(until.duration_since(now)).unwrap_or(Timestamp::MAX);
    let fencing = tx.query_opt(
        "INSERT INTO lease (name, holder, fencing, until_at) VALUES ($1, $2, 1, $4)
         ON CONFLICT (name) DO UPDATE SET
            fencing = CASE WHEN lease.holder = excluded.holder THEN lease.fencing ELSE lease.fencing + 1 END,
            holder = excluded.holder, until_at = excluded.until_at
         WHERE lease.until_at <= $3 OR lease.until_at > $5 OR lease.holder = excluded.holder
         RETURNING fencing",
        params![name, holder, now, until, too_far],
        |row| row.get(0),
    )?;
    Ok(fencing.map(|fencing| Lease { name, holder, fencing }))
}

/// Keeps a held task for longer and locks it to the end of this transaction; false where another has
/// taken it since, and then nothing may be written under it.
pub fn keep(tx: &mut Tx<'_>, lease: &Lease, until: Timestamp) -> Result<bool, StoreError> {
    let kept = tx.execute(
        "UPDATE lease SET until_at = $4 WHERE name = $1 AND holder = $2 AND fencing = $3",
        params![lease.name, lease.holder, lease.fencing, until],
    )?;
    Ok(kept == 1)
}

/// Gives a task back before its time is over, so that the next node need not wait.
pub fn give_back(tx: &mut Tx<'_>, lease: &Lease, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE lease SET until_at = $4 WHERE name = $1 AND holder = $2 AND fencing = $3",
        params![lease.name, lease.holder, lease.fencing, now],
    )?;
    Ok(())
}

//! Blind postings of words in several forms, and those whose messages have other words as well.

use crate::error::ServiceError;
use domain::id::{PoolId, ThreadId};
use store::db::Tx;
use store::pool_word::{self, Posting};

/// A place in a pool's postings: what is read next lies before it.
pub(super) type Before = (i64, ThreadId, i64);
/// Postings of another word that are read for each posting of the leading one, at most.
const READ_AT_ONCE: usize = 4;

/// The next postings of a word in any of its forms, newest first.
pub(super) fn postings(
    tx: &mut Tx<'_>,
    (pool, forms): (PoolId, &[i64]),
    place: Before,
    size: usize,
) -> Result<Vec<Posting>, ServiceError> {
    let mut all = Vec::new();
    for token in forms {
        all.extend(pool_word::before(tx, (pool, *token), place, size)?);
    }
    if forms.len() > 1 {
        all.sort_unstable_by(|one: &Posting, other| other.cmp(one));
        all.dedup();
        all.truncate(size);
    }
    Ok(all)
}

/// Those postings of a batch whose messages have all the other words as well.
pub(super) fn with_all(
    tx: &mut Tx<'_>,
    pool: PoolId,
    batch: Vec<Posting>,
    others: &[Vec<i64>],
) -> Result<Vec<Posting>, ServiceError> {
    let mut left = batch;
    for forms in others {
        left = with_word(tx, pool, left, forms)?;
    }
    Ok(left)
}

/// Where the other word is about as frequent as the leading one, its postings of the same time are
/// read in one go; where it is far more frequent, each posting is looked up.
fn with_word(
    tx: &mut Tx<'_>,
    pool: PoolId,
    batch: Vec<Posting>,
    forms: &[i64],
) -> Result<Vec<Posting>, ServiceError> {
    let (Some(newest), Some(oldest)) = (batch.first(), batch.last()) else { return Ok(batch) };
    let limit = READ_AT_ONCE * batch.len();
    let mut having = Vec::new();
    for token in forms {
        let some = pool_word::between(tx, (pool, *token), (newest, oldest), limit)?;
        if some.len() == limit {
            return looked_up(tx, pool, batch, forms);
        }
        having.extend(some);
    }
    having.sort_unstable();
    Ok(batch.into_iter().filter(|posting| having.binary_search(posting).is_ok()).collect())
}

fn looked_up(
    tx: &mut Tx<'_>,
    pool: PoolId,
    batch: Vec<Posting>,
    forms: &[i64],
) -> Result<Vec<Posting>, ServiceError> {
    let mut is_left = vec![false; batch.len()];
    for token in forms {
        let have = pool_word::have(tx, (pool, *token), &batch)?;
        is_left.iter_mut().zip(have).for_each(|(left, has)| *left |= has);
    }
    Ok(batch.into_iter().zip(is_left).filter(|(_, left)| *left).map(|(posting, _)| posting).collect())
}

//! A team's search: postings of the rarest word lead, the other words thin them out, and what is left is
//! unsealed and checked.

use super::postings::{Before, postings, with_all};
use super::{Search, cut, stopped};
use crate::acts::Act;
use crate::error::ServiceError;
use crate::page::{Cursor, PAGE};
use crate::threads::item;
use crate::view::inbox::{MessageHit, SearchPage};
use domain::access::Capability;
use domain::id::{PoolId, ThreadId};
use domain::language::Label;
use domain::message::Side;
use store::db::Tx;
use store::message::SealedMessage;
use store::patient::Patient;
use store::pool_word::{self, Posting};
use store::thread::StoredThread;

/// Hits of one pool with their threads, and where the work limit ended the search.
type PoolHits = (Vec<(MessageHit, uuid::Uuid)>, Option<i64>);

/// Postings of the leading word that one page looks at, at most.
const LIMIT: usize = 10_000;
const BATCH: usize = 500;
/// A page is often full after a few postings.
const FIRST_BATCH: usize = 64;

impl Search<'_> {
    pub(super) fn team(
        &self,
        tx: &mut Tx<'_>,
        act: &Act,
        pools: &[PoolId],
        after: Option<Cursor>,
    ) -> Result<SearchPage, ServiceError> {
        let mut found = Vec::new();
        let mut stopped_at: Option<i64> = None;
        for pool in pools {
            let (hits, stop) = self.in_pool(tx, act, *pool, after)?;
            found.extend(hits);
            stopped_at = stopped_at.max(stop);
        }
        // What lies further back than the place where a pool's search stopped is not complete yet.
        found.retain(|(hit, _)| stopped_at.is_none_or(|stop| hit.sent_at.as_microsecond() >= stop));
        found.sort_by_key(|(hit, id)| std::cmp::Reverse((hit.sent_at, *id)));
        match stopped_at {
            Some(at) if found.len() <= PAGE => Ok(stopped(found, Cursor { at, id: uuid::Uuid::nil() })),
            _ => Ok(cut(found)),
        }
    }

    fn in_pool(
        &self,
        tx: &mut Tx<'_>,
        act: &Act,
        pool: PoolId,
        after: Option<Cursor>,
    ) -> Result<PoolHits, ServiceError> {
        let mut place =
            after.map_or((i64::MAX, ThreadId(uuid::Uuid::max()), i64::MAX), |c| (c.at, ThreadId(c.id), 0));
        let words = self.words(tx, act, (pool, place))?;
        let Some((leading, others)) = words.split_first() else { return Ok((Vec::new(), None)) };
        let (mut hits, mut looked_at, mut size) = (Vec::new(), 0, FIRST_BATCH);
        loop {
            let batch = postings(tx, (pool, leading), place, size)?;
            let Some(last) = batch.last() else { return Ok((hits, None)) };
            place = (last.sent_at, last.thread, last.seq);
            looked_at += batch.len();
            let is_last = batch.len() < size;
            size = (2 * size).min(BATCH);
            for some in with_all(tx, pool, batch, others)?.chunks(PAGE + 1) {
                hits.extend(self.team_hits(tx, act, some)?);
                if hits.len() > PAGE {
                    return Ok((hits, None));
                }
            }
            if is_last {
                return Ok((hits, None));
            }
            if looked_at >= LIMIT {
                return Ok((hits, Some(place.0)));
            }
        }
    }

    /// The blind forms of each typed word, the rarest word first: the one whose next postings reach
    /// furthest back from the place where the search begins.
    fn words(
        &self,
        tx: &mut Tx<'_>,
        act: &Act,
        (pool, place): (PoolId, Before),
    ) -> Result<Vec<Vec<i64>>, ServiceError> {
        let mut words: Vec<_> = self.words.iter().map(|forms| pool_word::tokens(&act.vault, forms)).collect();
        if words.len() == 1 {
            return Ok(words);
        }
        let mut measured = Vec::new();
        for tokens in words.drain(..) {
            let next = postings(tx, (pool, &tokens), place, FIRST_BATCH)?;
            let reaches = next.last().filter(|_| next.len() == FIRST_BATCH).map(|last| last.sent_at);
            measured.push((reaches, next.len(), tokens));
        }
        measured.sort();
        Ok(measured.into_iter().map(|(_, _, tokens)| tokens).collect())
    }

    /// What stands behind some postings is asked for together; a posting whose patient, thread or
    /// message is not there any more is no hit.
    fn team_hits(
        &self,
        tx: &mut Tx<'_>,
        act: &Act,
        postings: &[Posting],
    ) -> Result<Vec<(MessageHit, uuid::Uuid)>, ServiceError> {
        let places: Vec<_> = postings.iter().map(|at| (at.patient, at.thread, at.seq)).collect();
        let threads: Vec<_> = postings.iter().map(|at| (at.patient, at.thread)).collect();
        let patients: Vec<_> = postings.iter().map(|at| at.patient).collect();
        let charts = store::patient::load_each(tx, &act.vault, &patients)?;
        let threads = store::thread::load_each(tx, &threads)?;
        let messages = store::message::at_each(tx, &places)?;
        let mut hits = Vec::new();
        for ((chart, thread), message) in charts.into_iter().zip(threads).zip(messages) {
            let (Some(chart), Some(thread), Some(message)) = (chart, thread, message) else { continue };
            if let Some(hit) = self.team_hit(tx, act, (&chart, &thread, message))? {
                hits.push((hit, thread.thread.id.0));
            }
        }
        Ok(hits)
    }

    fn team_hit(
        &self,
        tx: &mut Tx<'_>,
        act: &Act,
        (chart, stored, sealed): (&Patient, &StoredThread, SealedMessage),
    ) -> Result<Option<MessageHit>, ServiceError> {
        let Some(key) = act.vault.patient(tx, chart.id)? else { return Ok(None) };
        let message = sealed.open(&key)?;
        let Some(text) = message.text_for(Side::Team) else { return Ok(None) };
        // A member of the pool may yet be one who may not read what is restricted.
        if !act.may(tx, Capability::ReadThread(stored.thread.pool), item(stored))? {
            return Ok(None);
        }
        let subject = store::thread::open_subject(&key, stored)?;
        let name = &chart.card.name;
        Ok(self
            .hit(chart.id, &message, text, &subject)
            .map(|hit| MessageHit { who: Label::new(name.clone(), name.clone()), ..hit }))
    }
}

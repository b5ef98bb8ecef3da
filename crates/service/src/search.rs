//! Body search. A patient's own messages are unsealed and read; a team's go by blind word postings,
//! the rarest word first, and every hit is verified after unsealing. A page stops at a work limit and
//! says how far back it has searched.

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::entries::first_words;
use crate::error::ServiceError;
use crate::page::{Cursor, PAGE, Page};
use crate::persons;
use crate::service::Service;
use crate::threads::item;
use crate::view::inbox::{MessageHit, SearchPage};
use crate::view::person::Person;
use domain::access::{Capability, Item};
use domain::audit::{AuditAction, AuditObject};
use domain::id::{MessageId, PatientId, PoolId, ThreadId};
use domain::language::Label;
use domain::message::{Message, Side};
use domain::words::{Stems, split};
use jiff::Timestamp;
use std::collections::HashMap;
use store::db::Tx;
use store::keys::DataKey;
use store::message::SealedMessage;
use store::patient::Patient;
use store::pool_word::{self, Posting};
use store::thread::StoredThread;

/// Entries that one page of a patient's search reads at most.
const OWN_LIMIT: usize = 5_000;
/// Postings of the leading word that one page of a team's search looks at, at most.
const TEAM_LIMIT: usize = 10_000;
const BATCH: usize = 500;
/// A page is often full after a few postings.
const FIRST_BATCH: usize = 64;
/// Postings of another word that are read for each posting of the leading one, at most.
const READ_AT_ONCE: usize = 4;

impl Service {
    /// The patient's search in what the patient may read, newest first.
    pub async fn search_own(
        &self,
        ctx: &Ctx,
        person: PatientId,
        typed: String,
        after: Option<Cursor>,
    ) -> Result<(Person, SearchPage), ServiceError> {
        let service = self.clone();
        self.read(self.act(ctx, AuditAction::SearchMessages), move |tx, act| {
            act.about(person, None);
            act.detail().query = Some(typed.clone());
            act.allow(tx, Capability::ReadMessages, Item::default())?;
            let frame = persons::load(tx, act, person)?;
            let key = act.vault.patient(tx, person)?.ok_or(ServiceError::NotFound)?;
            let search = Search { stems: &service.stems, typed: &typed };
            let page =
                if split(&typed).is_empty() { empty() } else { search.own(tx, person, &key, after)? };
            Ok((frame, page))
        })
        .await
    }

    /// The team's search in the threads of its pools, newest first.
    pub async fn search_team(
        &self,
        ctx: &Ctx,
        typed: String,
        pool: Option<PoolId>,
        after: Option<Cursor>,
    ) -> Result<SearchPage, ServiceError> {
        let service = self.clone();
        self.read(self.act(ctx, AuditAction::SearchMessages), move |tx, act| {
            act.detail().query = Some(typed.clone());
            let mut pools = pool.map_or_else(|| act.actor().pools.clone(), |pool| vec![pool]);
            if pools.is_empty() {
                // Somebody without a team is refused like somebody of another one.
                pools.push(PoolId(uuid::Uuid::nil()));
            }
            for pool in &pools {
                act.about(PatientId::ORGANISATION, Some((AuditObject::Pool, pool.0)));
                act.allow(tx, Capability::ReadInbox(*pool), Item::default())?;
            }
            let search = Search { stems: &service.stems, typed: &typed };
            let page =
                if split(&typed).is_empty() { empty() } else { search.team(tx, act, &pools, after)? };
            act.show(page.hits.items.iter().map(|hit| hit.patient));
            Ok(page)
        })
        .await
    }
}

fn empty() -> SearchPage {
    SearchPage { hits: Page { items: Vec::new(), next: None }, searched_back_to: None }
}

/// A place in a pool's postings: what is read next lies before it.
type Before = (i64, ThreadId, i64);
/// Hits of one pool with their threads, and where the work limit ended the search.
type PoolHits = (Vec<(MessageHit, uuid::Uuid)>, Option<i64>);

struct Search<'a> {
    stems: &'a Stems,
    typed: &'a str,
}

impl Search<'_> {
    fn own(
        &self,
        tx: &mut Tx<'_>,
        person: PatientId,
        key: &DataKey,
        after: Option<Cursor>,
    ) -> Result<SearchPage, ServiceError> {
        let mut place = after.map_or((i64::MAX, MessageId(uuid::Uuid::max())), |c| (c.at, MessageId(c.id)));
        let (mut hits, mut read) = (Vec::new(), 0);
        let mut subjects = HashMap::new();
        loop {
            let batch = store::message::before(tx, person, place, BATCH)?;
            let is_last = batch.len() < BATCH;
            read += batch.len();
            for sealed in batch {
                let message = sealed.open(key)?;
                place = (message.sent_at.as_microsecond(), message.id);
                if let Some(hit) = self.own_hit(tx, (person, key), &message, &mut subjects)? {
                    hits.push((hit, message.id.0));
                }
                if hits.len() > PAGE {
                    return Ok(cut(hits));
                }
            }
            if is_last {
                return Ok(cut(hits));
            }
            if read >= OWN_LIMIT {
                return Ok(stopped(hits, Cursor { at: place.0, id: place.1.0 }));
            }
        }
    }

    fn own_hit(
        &self,
        tx: &mut Tx<'_>,
        (person, key): (PatientId, &DataKey),
        message: &Message,
        subjects: &mut HashMap<ThreadId, (String, Label)>,
    ) -> Result<Option<MessageHit>, ServiceError> {
        if !message.is_for(Side::Patient) {
            return Ok(None);
        }
        let Some(text) = message.text_for(Side::Patient) else { return Ok(None) };
        if let std::collections::hash_map::Entry::Vacant(slot) = subjects.entry(message.thread) {
            let stored = store::thread::load(tx, person, message.thread)?.ok_or(ServiceError::NotFound)?;
            let pool = store::pool::load(tx, stored.thread.pool)?.map(|pool| pool.label);
            let label = pool.unwrap_or_else(|| Label::new("", ""));
            slot.insert((store::thread::open_subject(key, &stored)?, label));
        }
        let (subject, who) = &subjects[&message.thread];
        Ok(self.hit(person, message, text, subject).map(|hit| MessageHit { who: who.clone(), ..hit }))
    }

    /// The check after unsealing: every typed word occurs in the body, or in the subject of a first message.
    fn hit(&self, patient: PatientId, message: &Message, text: &str, subject: &str) -> Option<MessageHit> {
        let searched = if message.seq == 1 { format!("{subject}\n{text}") } else { text.to_owned() };
        self.stems.matches(&searched, self.typed).then(|| MessageHit {
            thread: message.thread,
            patient,
            who: Label::new("", ""),
            subject: subject.to_owned(),
            excerpt: excerpt(self.stems, text, self.typed),
            sent_at: message.sent_at,
        })
    }

    fn team(
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
            if looked_at >= TEAM_LIMIT {
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
        let terms = self.stems.query_terms(self.typed);
        let mut words: Vec<_> = terms.iter().map(|forms| pool_word::tokens(&act.vault, forms)).collect();
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

/// The next postings of a word in any of its forms, newest first.
fn postings(
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
fn with_all(
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

fn cut(hits: Vec<(MessageHit, uuid::Uuid)>) -> SearchPage {
    let cursor = |(hit, id): &(MessageHit, uuid::Uuid)| Cursor { at: hit.sent_at.as_microsecond(), id: *id };
    SearchPage { hits: Page::cut(hits, PAGE, cursor).map(|(hit, _)| hit), searched_back_to: None }
}

fn stopped(hits: Vec<(MessageHit, uuid::Uuid)>, at: Cursor) -> SearchPage {
    SearchPage {
        hits: Page { items: hits.into_iter().map(|(hit, _)| hit).collect(), next: Some(at) },
        searched_back_to: Timestamp::from_microsecond(at.at).ok(),
    }
}

/// The words around the first hit.
fn excerpt(stems: &Stems, text: &str, typed: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let wanted = stems.query_terms(typed);
    let is_hit = |word: &&str| {
        let terms = stems.index_terms(word);
        wanted.iter().any(|forms| !forms.is_disjoint(&terms))
    };
    let first = words.iter().position(is_hit).unwrap_or(0);
    let from = first.saturating_sub(8);
    let start = if from > 0 { "… " } else { "" };
    format!("{start}{}", first_words(&words[from..].join(" ")))
}

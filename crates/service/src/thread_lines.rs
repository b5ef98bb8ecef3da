//! The lines of a patient's list of threads. What each of them needs is asked for together, so that a long
//! list waits for the database no longer than a short one.

use crate::acts::Act;
use crate::entries::first_words;
use crate::error::ServiceError;
use crate::status::{self, Closers};
use crate::view::thread::{News, ThreadLine};
use domain::id::{PatientId, PoolId, ThreadId, TopicId};
use domain::language::Label;
use domain::message::{Message, Side};
use std::collections::HashMap;
use store::db::Tx;
use store::keys::DataKey;
use store::thread::StoredThread;
use store::thread_reader::{self, Reader};

/// The lines of these threads, in their order.
pub(crate) fn of(
    tx: &mut Tx<'_>,
    act: &Act,
    (key, reader): (&DataKey, Reader),
    threads: &[StoredThread],
) -> Result<Vec<ThreadLine>, ServiceError> {
    let places: Vec<(PatientId, ThreadId)> =
        threads.iter().map(|stored| (stored.thread.patient, stored.thread.id)).collect();
    let newest = store::message::newest_each(tx, &places)?;
    let read = thread_reader::last_read_each(tx, &places, reader)?;
    let words = Words::load(tx, act, threads)?;
    let mut lines = Vec::with_capacity(threads.len());
    for ((stored, newest), last_read) in threads.iter().zip(newest).zip(read) {
        let newest = newest.map(|sealed| sealed.open(key)).transpose()?;
        lines.push(line(act, key, (stored, &words), (newest, last_read))?);
    }
    Ok(lines)
}

fn line(
    act: &Act,
    key: &DataKey,
    (stored, words): (&StoredThread, &Words),
    (newest, last_read): (Option<Message>, i64),
) -> Result<ThreadLine, ServiceError> {
    let thread = &stored.thread;
    let is_new_answer = |newest: &Message| newest.author.side == Side::Team && newest.seq > last_read;
    let news = match newest.as_ref().is_some_and(is_new_answer) {
        true => News::Answer,
        false => News::Other,
    };
    Ok(ThreadLine {
        thread: thread.id,
        subject: store::thread::open_subject(key, stored)?,
        topic: words.topics.get(&thread.topic).cloned().ok_or(ServiceError::NotFound)?,
        pool: words.pools.get(&thread.pool).cloned().ok_or(ServiceError::NotFound)?,
        status: status::of(stored, words.closers.of(act, stored), newest.as_ref(), act.now),
        last_message_at: thread.last_message_at,
        news: (thread.last_team_seq > last_read).then_some(news),
        first_words: newest
            .as_ref()
            .and_then(|newest| newest.text_for(Side::Patient))
            .map(first_words)
            .unwrap_or_default(),
    })
}

/// Labels and names that the lines mention.
struct Words {
    pools: HashMap<PoolId, Label>,
    topics: HashMap<TopicId, Label>,
    closers: Closers,
}

impl Words {
    fn load(tx: &mut Tx<'_>, act: &Act, threads: &[StoredThread]) -> Result<Words, ServiceError> {
        let (mut pools, mut topics) = (HashMap::new(), HashMap::new());
        for StoredThread { thread, .. } in threads {
            if !pools.contains_key(&thread.pool)
                && let Some(pool) = store::pool::load(tx, thread.pool)?
            {
                pools.insert(thread.pool, pool.label);
            }
            if !topics.contains_key(&thread.topic)
                && let Some(topic) = store::topic::load(tx, thread.topic)?
            {
                topics.insert(thread.topic, topic.label);
            }
        }
        Ok(Words { pools, topics, closers: Closers::load(tx, act, threads)? })
    }
}

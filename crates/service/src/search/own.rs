//! A patient's search: the own messages are unsealed and read, newest first.

use super::{Search, cut, stopped};
use crate::acts::Act;
use crate::error::ServiceError;
use crate::page::{Cursor, PAGE};
use crate::persons;
use crate::view::inbox::{MessageHit, SearchPage};
use domain::id::{MessageId, PatientId, ThreadId};
use domain::language::Label;
use domain::message::{Message, Side};
use std::collections::HashMap;
use store::db::Tx;
use store::keys::DataKey;

/// Entries that one page reads at most.
const LIMIT: usize = 5_000;
const BATCH: usize = 500;

impl Search<'_> {
    pub(super) fn own(
        &self,
        tx: &mut Tx<'_>,
        act: &Act,
        (person, key): (PatientId, &DataKey),
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
                if let Some(hit) = self.own_hit((tx, act), (person, key), &message, &mut subjects)? {
                    hits.push((hit, message.id.0));
                }
                if hits.len() > PAGE {
                    return Ok(cut(hits));
                }
            }
            if is_last {
                return Ok(cut(hits));
            }
            if read >= LIMIT {
                return Ok(stopped(hits, Cursor { at: place.0, id: place.1.0 }));
            }
        }
    }

    fn own_hit(
        &self,
        (tx, act): (&mut Tx<'_>, &Act),
        (person, key): (PatientId, &DataKey),
        message: &Message,
        subjects: &mut HashMap<ThreadId, Option<(String, Label)>>,
    ) -> Result<Option<MessageHit>, ServiceError> {
        if !message.is_for(Side::Patient) {
            return Ok(None);
        }
        let Some(text) = message.text_for(Side::Patient) else { return Ok(None) };
        if let std::collections::hash_map::Entry::Vacant(slot) = subjects.entry(message.thread) {
            let stored = store::thread::load(tx, person, message.thread)?.ok_or(ServiceError::NotFound)?;
            let pool = store::pool::load(tx, stored.thread.pool)?.map(|pool| pool.label);
            let label = pool.unwrap_or_else(|| Label::new("", ""));
            let subject = store::thread::open_subject(key, &stored)?;
            slot.insert((!persons::is_hidden(act, &stored)).then_some((subject, label)));
        }
        let Some((subject, who)) = &subjects[&message.thread] else { return Ok(None) };
        Ok(self.hit(person, message, text, subject).map(|hit| MessageHit { who: who.clone(), ..hit }))
    }
}

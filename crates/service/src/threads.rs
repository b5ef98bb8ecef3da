//! The patient's side of reading: the list of threads, and one thread.

use crate::about;
use crate::acts::Act;
use crate::ctx::Ctx;
use crate::entries::{self, Words};
use crate::error::ServiceError;
use crate::page::{Cursor, PAGE, Page};
use crate::persons;
use crate::service::Service;
use crate::status::{self, Closers};
use crate::thread_lines;
use crate::view::person::Person;
use crate::view::thread::{ReplyWay, ThreadLine, ThreadView};
use domain::access::{Capability, Item};
use domain::audit::{AuditAction, AuditObject};
use domain::id::{PatientId, ThreadId};
use domain::language::Label;
use domain::message::{Message, MessageKind, MessageState, Side};
use domain::thread::{awaits_thanks, standing_signs};
use jiff::Timestamp;
use store::db::Tx;
use store::draft::DraftPlace;
use store::thread::StoredThread;
use store::thread_reader;

/// The item that an access decision about this thread looks at.
pub(crate) fn item(stored: &StoredThread) -> Item {
    Item { sensitivity: stored.thread.sensitivity, visibility: stored.thread.visibility }
}

/// The labels of a thread: its pool's with who reads there, and its topic's.
pub(crate) fn labels(
    tx: &mut Tx<'_>,
    stored: &StoredThread,
) -> Result<((Label, Label), Label), ServiceError> {
    let pool = store::pool::load(tx, stored.thread.pool)?.ok_or(ServiceError::NotFound)?;
    let topic = store::topic::load(tx, stored.thread.topic)?.ok_or(ServiceError::NotFound)?;
    Ok(((pool.label, pool.readers), topic.label))
}

impl Service {
    /// A page of the patient's threads, newest message first.
    pub async fn threads(
        &self,
        ctx: &Ctx,
        person: PatientId,
        after: Option<Cursor>,
    ) -> Result<(Person, Page<ThreadLine>), ServiceError> {
        self.read(self.act(ctx, AuditAction::ListThreads), move |tx, act| {
            act.about(person, None);
            act.allow(tx, Capability::ReadMessages, Item::default())?;
            let frame = persons::load(tx, act, person)?;
            let key = act.vault.patient(tx, person)?.ok_or(ServiceError::NotFound)?;
            let place = after.map(|cursor| (cursor.at, ThreadId(cursor.id)));
            let mut found = store::thread::page(tx, person, place, PAGE + 1)?;
            persons::hide_own(act, &mut found);
            let reader = persons::reader(act.actor(), person);
            let lines = thread_lines::of(tx, act, (&key, reader), &found)?;
            let cursor =
                |line: &ThreadLine| Cursor { at: line.last_message_at.as_microsecond(), id: line.thread.0 };
            Ok((frame, Page::cut(lines, PAGE, cursor)))
        })
        .await
    }

    /// One thread; reading it marks it read, and the team's messages in it as seen.
    pub async fn thread(
        &self,
        ctx: &Ctx,
        person: PatientId,
        id: ThreadId,
    ) -> Result<ThreadView, ServiceError> {
        let act = self.act(ctx, AuditAction::ReadThread);
        self.read_marking(
            act,
            move |tx, act| {
                act.about(person, Some((AuditObject::Thread, id.0)));
                let stored = store::thread::load(tx, person, id)?;
                let item = stored.as_ref().map(item).unwrap_or_default();
                act.allow(tx, Capability::ReadMessages, item)?;
                let stored = stored.ok_or(ServiceError::NotFound)?;
                let view = view(tx, act, &stored)?;
                Ok((view, stored.thread.last_seq))
            },
            move |tx, act, last_seq| mark_read(tx, act, (person, id), (Side::Patient, *last_seq)),
        )
        .await
    }
}

/// Notes how far this reader has read, and that the other side's messages were seen.
pub(crate) fn mark_read(
    tx: &mut Tx<'_>,
    act: &Act,
    place: (PatientId, ThreadId),
    (side, last_seq): (Side, i64),
) -> Result<(), ServiceError> {
    let reader = persons::reader(act.actor(), place.0);
    thread_reader::read_up_to(tx, place, reader, (last_seq, act.now))?;
    Ok(store::message::seen_by(tx, place, (side, last_seq), act.now)?)
}

fn view(tx: &mut Tx<'_>, act: &Act, stored: &StoredThread) -> Result<ThreadView, ServiceError> {
    let (patient, id) = (stored.thread.patient, stored.thread.id);
    let person = persons::load(tx, act, patient)?;
    let key = act.vault.patient(tx, patient)?.ok_or(ServiceError::NotFound)?;
    let messages: Vec<Message> = store::message::of_thread(tx, &key, (patient, id))?;
    let words = Words::load(tx, act, &messages, (&person.name, &[]))?;
    let last_read = thread_reader::last_read(tx, (patient, id), persons::reader(act.actor(), patient))?;
    let closed = Closers::load(tx, act, std::slice::from_ref(stored))?.of(act, stored);
    let ((pool, readers), topic) = labels(tx, stored)?;
    let place = DraftPlace { account: act.actor().account, patient, slot: id.0 };
    let stands = |entry: &&Message| entry.kind == MessageKind::Message && entry.state == MessageState::Sent;
    Ok(ThreadView {
        thread: id,
        subject: store::thread::open_subject(&key, stored)?,
        topic,
        pool,
        readers,
        status: status::of(stored, closed, messages.iter().rev().find(stands), act.now),
        entries: entries::of(&messages, Side::Patient, (act.actor(), last_read), &words),
        about: about::of(tx, &key, act.actor().language, (patient, stored.about.as_ref()))?,
        last_seq: stored.thread.last_seq,
        reply: reply_way(stored, act.now),
        advice: match stored.thread.is_red_flagged() {
            true => act.red_flags.advice(&standing_signs(&messages, None)),
            false => Vec::new(),
        },
        can_thank: !stored.thread.needs_answer && awaits_thanks(&messages),
        draft: store::draft::load(tx, &key, &place, act.now)?,
        person,
    })
}

fn reply_way(stored: &StoredThread, now: Timestamp) -> ReplyWay {
    match stored.thread.may_reply(Side::Patient, now) {
        Ok(()) => ReplyWay::Here,
        Err(problem) => ReplyWay::WriteAgain(problem),
    }
}

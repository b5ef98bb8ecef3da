//! Conversations as studies measure them: who wrote when and who read it, never what.

use crate::db::{Row, StoreError, Tx};
use crate::message::open_content;
use crate::params;
use crate::vault::Vault;
use crate::word::{stored, stored_or_null};
use domain::actor::Role;
use domain::id::{MessageId, PatientId, PoolId, ThreadId, TopicId};
use domain::message::{Content, EventLine, MessageKind, Side};
use jiff::Timestamp;
use std::collections::HashSet;

/// One message, with what stands beside it in its thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    pub patient: PatientId,
    pub thread: ThreadId,
    pub id: MessageId,
    pub pool: PoolId,
    pub topic: TopicId,
    pub side: Side,
    pub role: Option<Role>,
    pub at: Timestamp,
    /// When the other side first had it before their eyes.
    pub seen_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
}

fn read(row: &Row<'_>) -> Result<Sent, StoreError> {
    Ok(Sent {
        patient: row.get(0)?,
        thread: row.get(1)?,
        pool: row.get(2)?,
        topic: row.get(3)?,
        side: stored(row, 4, Side::from_word)?,
        role: stored_or_null(row, 5, Role::from_word)?,
        at: row.get(6)?,
        seen_at: row.get(7)?,
        closed_at: row.get(8)?,
        id: row.get(9)?,
    })
}

/// The messages sent before `followed` in threads that the patient's side began in [from, until), thread by
/// thread in order; a thread whose first message was withdrawn is none.
pub fn begun_by_patients(
    tx: &mut Tx<'_>,
    (from, until): (Timestamp, Timestamp),
    followed: Timestamp,
) -> Result<Vec<Sent>, StoreError> {
    tx.query(
        "SELECT m.patient_id, m.thread_id, t.pool_id, t.topic_id, m.side, m.role, m.sent_at, m.first_seen_at, t.closed_at, m.id
         FROM message f
         JOIN message m ON m.patient_id = f.patient_id AND m.thread_id = f.thread_id
         JOIN thread t ON t.patient_id = f.patient_id AND t.id = f.thread_id
         WHERE f.sent_at >= $1 AND f.sent_at < $2 AND f.side = 'patient' AND f.kind = 'message'
           AND f.seq = 1 AND f.state <> 'withdrawn'
           AND m.kind = 'message' AND m.state <> 'withdrawn' AND m.sent_at < $3
         ORDER BY m.patient_id, m.thread_id, m.seq",
        params![from, until, followed],
        read,
    )
}

/// The first messages of those threads in which warning words were found. Which words, the lines that tell of
/// them keep sealed; so is whether there were any.
pub fn begun_with_warning(
    tx: &mut Tx<'_>,
    vault: &Vault,
    (from, until): (Timestamp, Timestamp),
) -> Result<HashSet<MessageId>, StoreError> {
    let lines = tx.query(
        "SELECT e.patient_id, e.id, e.content, k.key_no, k.wrapped, f.id
         FROM message f
         JOIN message e ON e.patient_id = f.patient_id AND e.thread_id = f.thread_id AND e.sent_at = f.sent_at
         JOIN data_key k ON k.patient_id = f.patient_id
         WHERE f.sent_at >= $1 AND f.sent_at < $2 AND f.side = 'patient' AND f.kind = 'message'
           AND f.seq = 1 AND f.state <> 'withdrawn' AND e.kind = 'event' AND e.side = 'patient'",
        params![from, until],
        |row| {
            let (patient, line): (PatientId, MessageId) = (row.get(0)?, row.get(1)?);
            let key = vault.unwrap(patient, row.get(3)?, &row.get::<Vec<u8>>(4)?)?;
            let sealed: Vec<u8> = row.get(2)?;
            let content = open_content(&key, patient, (line, MessageKind::Event), &sealed)?;
            Ok((content, row.get::<MessageId>(5)?))
        },
    )?;
    let warns = |(content, first): (Content, MessageId)| match content {
        Content::Event(EventLine::RedFlag { message, .. }) if message == first => Some(first),
        _ => None,
    };
    Ok(lines.into_iter().filter_map(warns).collect())
}

/// When a patient's side first wrote in a span of time, was first answered in writing, and first read an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exchange {
    pub patient: PatientId,
    pub wrote_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    /// Also after the span.
    pub read_at: Option<Timestamp>,
}

/// Of each patient from whose side a message was sent in [from, until); an answer is a later message of the team in
/// the same thread and span.
pub fn exchanges(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp) -> Result<Vec<Exchange>, StoreError> {
    tx.query(
        "SELECT p.patient_id, MIN(p.sent_at), MIN(m.sent_at), MIN(m.first_seen_at) FROM message p
         LEFT JOIN message m ON m.patient_id = p.patient_id AND m.thread_id = p.thread_id AND m.seq > p.seq
           AND m.side = 'team' AND m.kind = 'message' AND m.state <> 'withdrawn' AND m.sent_at < $2
         WHERE p.sent_at >= $1 AND p.sent_at < $2
           AND p.side = 'patient' AND p.kind = 'message' AND p.state <> 'withdrawn'
         GROUP BY p.patient_id",
        params![from, until],
        |row| {
            Ok(Exchange {
                patient: row.get(0)?,
                wrote_at: row.get(1)?,
                answered_at: row.get(2)?,
                read_at: row.get(3)?,
            })
        },
    )
}

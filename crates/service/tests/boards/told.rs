//! Conversations as they are told, and their rows.

use super::id;
use super::people::Clinic;
use domain::actor::Role;
use domain::id::{MessageId, PoolId, TopicId};
use domain::message::{Content, EventLine};
use jiff::Timestamp;
use store::db::{Db, Value};
use store::params;
use uuid::Uuid;

/// A thread as it was written, from the patient's first message on.
pub struct Told {
    pub person: u128,
    pub thread: u128,
    pub began: Timestamp,
    /// When the team had it before its eyes.
    pub opened: Option<Timestamp>,
    /// Of the answer, who wrote it and when it was read.
    pub answer: Option<(Timestamp, Role, Option<Timestamp>)>,
    pub closed: Option<Timestamp>,
}

fn thread_row(told: &Told, (pool, topic): (PoolId, TopicId)) -> Vec<Value> {
    let thread = Uuid::from_u128(told.thread);
    let (blob, began) = (vec![0u8], told.began);
    params![
        id(told.person),
        thread,
        pool,
        Uuid::nil(),
        topic,
        "waiting",
        blob,
        "en",
        "patient",
        2i64,
        2i64,
        2i64,
        began,
        began,
        false,
        told.closed,
        "normal",
        "all"
    ]
    .to_vec()
}

const THREAD: [&str; 18] = [
    "patient_id",
    "id",
    "pool_id",
    "site_id",
    "topic_id",
    "state",
    "subject",
    "language",
    "begun_by",
    "last_seq",
    "last_team_seq",
    "last_turn_seq",
    "created_at",
    "last_message_at",
    "needs_answer",
    "closed_at",
    "sensitivity",
    "visibility",
];

const MESSAGE: [&str; 15] = [
    "patient_id",
    "thread_id",
    "seq",
    "id",
    "kind",
    "state",
    "author_id",
    "side",
    "role",
    "language",
    "door",
    "sent_at",
    "first_seen_at",
    "sensitivity",
    "visibility",
];

fn message_rows(told: &Told) -> Vec<Vec<Value>> {
    let thread = Uuid::from_u128(told.thread);
    let row = |seq: i64, (side, role): (&str, Option<Role>), at: Timestamp, seen: Option<Timestamp>| {
        let unique = Uuid::from_u128(told.thread << 8 | seq as u128);
        let role = role.map(Role::word);
        let mut row = params![
            id(told.person),
            thread,
            seq,
            unique,
            "message",
            "sent",
            id(told.person).0,
            side,
            role,
            "en",
            side,
            at,
            seen,
            "normal",
            "all"
        ]
        .to_vec();
        row.push(vec![0u8].into());
        row
    };
    let asked = row(1, ("patient", None), told.began, told.opened);
    let answer = told.answer.map(|(at, role, read)| row(2, ("team", Some(role)), at, read));
    [asked].into_iter().chain(answer).collect()
}

pub async fn tell(db: &Db, place: (PoolId, TopicId), told: Vec<Told>) {
    let threads: Vec<_> = told.iter().map(|told| thread_row(told, place)).collect();
    let messages: Vec<_> = told.iter().flat_map(message_rows).collect();
    let columns: Vec<&str> = MESSAGE.into_iter().chain(["content"]).collect();
    db.write(move |tx| {
        tx.insert_many("thread", &THREAD, &threads)?;
        tx.insert_many("message", &columns, &messages)
    })
    .await
    .unwrap();
}

/// The lines that tell of warning words in the first messages.
pub async fn warn(clinic: &Clinic, told: &[Told]) {
    let store = &clinic.service.store;
    let mut rows = Vec::new();
    for told in told {
        let key = store.new_patient_key(id(told.person), told.began).await.unwrap();
        let mut row = message_rows(told).remove(0);
        let first = MessageId(Uuid::from_u128(told.thread << 8 | 1));
        let line = MessageId(Uuid::from_u128(told.thread << 8 | 99));
        let signs = vec!["chest_pain".to_owned()];
        let content = Content::Event(EventLine::RedFlag { message: first, signs, advised: false });
        let sealed = store::message::seal_content(&key, id(told.person), line, &content).unwrap();
        (row[2], row[3], row[4]) = (99i64.into(), line.0.into(), "event".into());
        *row.last_mut().unwrap() = sealed.into();
        rows.push(row);
    }
    let columns: Vec<&str> = MESSAGE.into_iter().chain(["content"]).collect();
    store.db.write(move |tx| tx.insert_many("message", &columns, &rows)).await.unwrap();
}

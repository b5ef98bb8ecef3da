//! Threads: one row each, its subject sealed for the patient.

use crate::db::{Row, StoreError, Tx};
use crate::keys::DataKey;
use crate::params;
use crate::seal::{Dictionary, Place, open, seal};
use crate::word::{stored, stored_or_null};
use domain::actor::Role;
use domain::chart_item::ChartItem;
use domain::confidentiality::{Sensitivity, Visibility};
use domain::id::{AccountId, CloseReasonId, PatientId, ThreadId};
use domain::language::Language;
use domain::message::Side;
use domain::thread::{Opened, Thread, ThreadState};
use jiff::Timestamp;

/// A thread with what stands beside its rules.
#[derive(Clone, Debug)]
pub struct StoredThread {
    pub thread: Thread,
    /// Sealed; see [`open_subject`].
    pub subject: Vec<u8>,
    pub language: Language,
    pub begun_by: Side,
    pub about: Option<ChartItem>,
    pub continues: Option<ThreadId>,
    pub closed: Option<Closed>,
}

/// How a thread was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed {
    pub at: Timestamp,
    pub by: AccountId,
    pub reason: CloseReasonId,
}

/// Seals a subject for its thread.
pub fn seal_subject(
    key: &DataKey,
    patient: PatientId,
    id: ThreadId,
    text: &str,
) -> Result<Vec<u8>, StoreError> {
    let place = Place::of(patient.0, "thread", id.0.as_bytes(), "subject");
    Ok(seal(key, place, Dictionary::Raw, text.as_bytes())?)
}

/// Opens a thread's subject.
pub fn open_subject(key: &DataKey, stored: &StoredThread) -> Result<String, StoreError> {
    let place = Place::of(stored.thread.patient.0, "thread", stored.thread.id.0.as_bytes(), "subject");
    let text = open(key, place, &stored.subject)?;
    String::from_utf8(text).map_err(|_| StoreError::Corrupt("a subject".into()))
}

const COLUMNS: &str = "patient_id, id, pool_id, site_id, topic_id, owner_id, state, last_seq, last_team_seq,
    created_at, last_message_at, needs_answer, waiting_since, due_at, opened_at, opened_by, sensitivity,
    visibility, subject, language, begun_by, close_reason_id, closed_at, closed_by, continues_id,
    about_resource_id, about_version, about_type, opened_role, last_turn_seq, red_flag_at";

fn read(row: &Row<'_>) -> Result<StoredThread, StoreError> {
    let thread = Thread {
        patient: row.get(0)?,
        id: row.get(1)?,
        pool: row.get(2)?,
        site: row.get(3)?,
        topic: row.get(4)?,
        owner: row.get(5)?,
        state: stored(row, 6, ThreadState::from_word)?,
        last_seq: row.get(7)?,
        last_team_seq: row.get(8)?,
        last_turn_seq: row.get(29)?,
        created_at: row.get(9)?,
        last_message_at: row.get(10)?,
        needs_answer: row.get(11)?,
        waiting_since: row.get(12)?,
        due_at: row.get(13)?,
        opened: read_opened(row)?,
        red_flag_at: row.get(30)?,
        sensitivity: stored(row, 16, Sensitivity::from_word)?,
        visibility: stored(row, 17, Visibility::from_word)?,
    };
    let closed = match (row.get(21)?, row.get(22)?, row.get(23)?) {
        (Some(reason), Some(at), Some(by)) => Some(Closed { at, by, reason }),
        _ => None,
    };
    let about = match (row.get(25)?, row.get(26)?, row.get(27)?) {
        (Some(resource), Some(version), Some(resource_type)) => {
            Some(ChartItem { resource_type, resource, version })
        }
        _ => None,
    };
    Ok(StoredThread {
        thread,
        subject: row.get(18)?,
        language: stored(row, 19, Language::from_tag)?,
        begun_by: stored(row, 20, Side::from_word)?,
        about,
        continues: row.get(24)?,
        closed,
    })
}

fn read_opened(row: &Row<'_>) -> Result<Option<Opened>, StoreError> {
    match (row.get(14)?, row.get(15)?, stored_or_null(row, 28, Role::from_word)?) {
        (Some(at), Some(by), Some(role)) => Ok(Some(Opened { at, by, role })),
        _ => Ok(None),
    }
}

/// Adds a thread and its line in the directory.
pub fn insert(tx: &mut Tx<'_>, stored: &StoredThread) -> Result<(), StoreError> {
    let thread = &stored.thread;
    let about = stored.about.as_ref();
    tx.execute(
        "INSERT INTO thread (patient_id, id, pool_id, site_id, topic_id, owner_id, state, last_seq, last_team_seq,
            created_at, last_message_at, needs_answer, waiting_since, due_at, sensitivity,
            visibility, subject, language, begun_by, continues_id, about_resource_id, about_version, about_type,
            last_turn_seq, red_flag_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
                 $22, $23, $24, $25)",
        params![
            thread.patient,
            thread.id,
            thread.pool,
            thread.site,
            thread.topic,
            thread.owner,
            thread.state.word(),
            thread.last_seq,
            thread.last_team_seq,
            thread.created_at,
            thread.last_message_at,
            thread.needs_answer,
            thread.waiting_since,
            thread.due_at,
            thread.sensitivity.word(),
            thread.visibility.word(),
            stored.subject.clone(),
            stored.language.tag(),
            stored.begun_by.word(),
            stored.continues,
            about.map(|item| item.resource),
            about.map(|item| item.version),
            about.map(|item| item.resource_type.clone()),
            thread.last_turn_seq,
            thread.red_flag_at
        ],
    )?;
    tx.execute(
        "INSERT INTO thread_directory (id, patient_id) VALUES ($1, $2)",
        params![thread.id, thread.patient],
    )?;
    Ok(())
}

/// Writes what the rules have changed.
pub fn update(tx: &mut Tx<'_>, thread: &Thread, closed: Option<Closed>) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE thread SET owner_id = $3, state = $4, last_seq = $5, last_team_seq = $6, last_message_at = $7,
            needs_answer = $8, waiting_since = $9, due_at = $10, opened_at = $11, opened_by = $12,
            close_reason_id = $13, closed_at = $14, closed_by = $15, opened_role = $16,
            last_turn_seq = $17, red_flag_at = $18
         WHERE patient_id = $1 AND id = $2",
        params![
            thread.patient,
            thread.id,
            thread.owner,
            thread.state.word(),
            thread.last_seq,
            thread.last_team_seq,
            thread.last_message_at,
            thread.needs_answer,
            thread.waiting_since,
            thread.due_at,
            thread.opened.map(|opened| opened.at),
            thread.opened.map(|opened| opened.by),
            closed.map(|closed| closed.reason),
            closed.map(|closed| closed.at),
            closed.map(|closed| closed.by),
            thread.opened.map(|opened| opened.role.word()),
            thread.last_turn_seq,
            thread.red_flag_at
        ],
    )?;
    Ok(())
}

/// Whose thread this is.
pub fn patient_of(tx: &mut Tx<'_>, id: ThreadId) -> Result<Option<PatientId>, StoreError> {
    tx.query_opt("SELECT patient_id FROM thread_directory WHERE id = $1", params![id], |row| row.get(0))
}

/// Reads a thread.
pub fn load(tx: &mut Tx<'_>, patient: PatientId, id: ThreadId) -> Result<Option<StoredThread>, StoreError> {
    Ok(load_each(tx, &[(patient, id)])?.pop().flatten())
}

/// Reads some threads, in their order.
pub fn load_each(
    tx: &mut Tx<'_>,
    threads: &[(PatientId, ThreadId)],
) -> Result<Vec<Option<StoredThread>>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM thread WHERE patient_id = $1 AND id = $2");
    let each: Vec<_> = threads.iter().map(|(patient, id)| params![*patient, *id].to_vec()).collect();
    tx.query_opt_each(&sql, &each, read)
}

/// Reads a thread and keeps others from changing it until the transaction ends.
pub fn lock(tx: &mut Tx<'_>, patient: PatientId, id: ThreadId) -> Result<Option<StoredThread>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM thread WHERE patient_id = $1 AND id = $2{}", tx.for_update());
    tx.query_opt(&sql, params![patient, id], read)
}

/// A patient's threads, newest message first, after a place in that order.
pub fn page(
    tx: &mut Tx<'_>,
    patient: PatientId,
    after: Option<(i64, ThreadId)>,
    limit: usize,
) -> Result<Vec<StoredThread>, StoreError> {
    let (at, id) = after.unwrap_or((i64::MAX, ThreadId(uuid::Uuid::max())));
    let sql = format!(
        "SELECT {COLUMNS} FROM thread
         WHERE patient_id = $1 AND (last_message_at, id) < ($2, $3)
         ORDER BY last_message_at DESC, id DESC LIMIT {limit}"
    );
    tx.query(&sql, params![patient, at, id], read)
}

/// Threads that were begun about a chart item, newest first.
pub fn about(
    tx: &mut Tx<'_>,
    patient: PatientId,
    resource: domain::id::ResourceId,
) -> Result<Vec<StoredThread>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM thread WHERE patient_id = $1 AND about_resource_id = $2
         ORDER BY last_message_at DESC, id DESC LIMIT 20"
    );
    tx.query(&sql, params![patient, resource], read)
}

//! Entries of threads: append-only rows, content sealed for the patient. A change of mind is a state
//! with a revision row beside it; the content stays.

use crate::db::{Row, StoreError, Tx};
use crate::keys::DataKey;
use crate::params;
use crate::seal::{Dictionary, Place, open, seal};
use crate::word::{stored, stored_or_null};
use domain::actor::{Door, Role};
use domain::id::{AccountId, ClientKey, MessageId, PatientId, ThreadId};
use domain::language::Language;
use domain::message::{Author, Content, Message, MessageKind, MessageState, Side};
use jiff::Timestamp;

/// An entry as it is written: its content is already sealed.
#[derive(Clone, Debug)]
pub struct NewMessage {
    pub id: MessageId,
    pub kind: MessageKind,
    pub author: Author,
    pub sent_at: Timestamp,
    pub client_key: Option<ClientKey>,
    pub content: Vec<u8>,
}

/// Seals an entry's content.
pub fn seal_content(
    key: &DataKey,
    patient: PatientId,
    id: MessageId,
    content: &Content,
) -> Result<Vec<u8>, StoreError> {
    let place = Place::of(patient.0, "message", id.0.as_bytes(), "content");
    match content {
        Content::Text(text) => Ok(seal(key, place, Dictionary::Message, text.as_bytes())?),
        Content::Event(line) => {
            let json = serde_json::to_vec(line).map_err(|_| StoreError::Internal("an event line".into()))?;
            Ok(seal(key, place, Dictionary::Raw, &json)?)
        }
    }
}

pub(crate) fn open_content(
    key: &DataKey,
    patient: PatientId,
    (id, kind): (MessageId, MessageKind),
    sealed: &[u8],
) -> Result<Content, StoreError> {
    let bytes = open(key, Place::of(patient.0, "message", id.0.as_bytes(), "content"), sealed)?;
    match kind {
        MessageKind::Event => serde_json::from_slice(&bytes)
            .map(Content::Event)
            .map_err(|_| StoreError::Corrupt("an event line".into())),
        _ => String::from_utf8(bytes)
            .map(Content::Text)
            .map_err(|_| StoreError::Corrupt("a message body".into())),
    }
}

/// Appends an entry at its place.
pub fn insert(
    tx: &mut Tx<'_>,
    (patient, thread, seq): (PatientId, ThreadId, i64),
    new: &NewMessage,
) -> Result<(), StoreError> {
    let author = &new.author;
    tx.execute(
        "INSERT INTO message (patient_id, thread_id, seq, id, kind, state, author_id, side, role, specialty,
            on_behalf_of, language, door, sent_at, client_key, sensitivity, visibility, content)
         VALUES ($1, $2, $3, $4, $5, 'sent', $6, $7, $8, $9, $10, $11, $12, $13, $14, 'normal', 'all', $15)",
        params![
            patient,
            thread,
            seq,
            new.id,
            new.kind.word(),
            author.account,
            author.side.word(),
            author.role.map(Role::word),
            author.specialty.clone(),
            author.on_behalf_of,
            author.language.tag(),
            author.door.word(),
            new.sent_at,
            new.client_key,
            new.content.clone()
        ],
    )?;
    Ok(())
}

const COLUMNS: &str =
    "patient_id, thread_id, seq, id, kind, state, author_id, side, role, specialty, on_behalf_of,
    language, door, sent_at, first_seen_at, content";

/// A row whose content is still sealed, so that a search opens only what it needs.
#[derive(Clone, Debug)]
pub struct SealedMessage {
    pub patient: PatientId,
    message: Message,
    content: Vec<u8>,
}

impl SealedMessage {
    /// Unseals the content.
    pub fn open(self, key: &DataKey) -> Result<Message, StoreError> {
        let content = open_content(key, self.patient, (self.message.id, self.message.kind), &self.content)?;
        Ok(Message { content, ..self.message })
    }
}

fn read(row: &Row<'_>) -> Result<SealedMessage, StoreError> {
    let author = Author {
        account: row.get(6)?,
        side: stored(row, 7, Side::from_word)?,
        role: stored_or_null(row, 8, Role::from_word)?,
        specialty: row.get(9)?,
        on_behalf_of: row.get(10)?,
        language: stored(row, 11, Language::from_tag)?,
        door: stored(row, 12, Door::from_word)?,
    };
    let message = Message {
        thread: row.get(1)?,
        seq: row.get(2)?,
        id: row.get(3)?,
        kind: stored(row, 4, MessageKind::from_word)?,
        state: stored(row, 5, MessageState::from_word)?,
        author,
        sent_at: row.get(13)?,
        first_seen_at: row.get(14)?,
        content: Content::Text(String::new()),
    };
    Ok(SealedMessage { patient: row.get(0)?, message, content: row.get(15)? })
}

/// All entries of a thread in order.
pub fn of_thread(
    tx: &mut Tx<'_>,
    key: &DataKey,
    (patient, thread): (PatientId, ThreadId),
) -> Result<Vec<Message>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM message WHERE patient_id = $1 AND thread_id = $2 ORDER BY seq");
    tx.query(&sql, params![patient, thread], read)?.into_iter().map(|sealed| sealed.open(key)).collect()
}

/// An entry's place: the patient, the thread, the number within it.
pub type At = (PatientId, ThreadId, i64);

/// One entry by its place.
pub fn at(tx: &mut Tx<'_>, place: At) -> Result<Option<SealedMessage>, StoreError> {
    Ok(at_each(tx, &[place])?.pop().flatten())
}

/// The entries at each of some places, in their order.
pub fn at_each(tx: &mut Tx<'_>, places: &[At]) -> Result<Vec<Option<SealedMessage>>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM message WHERE patient_id = $1 AND thread_id = $2 AND seq = $3");
    let each: Vec<_> =
        places.iter().map(|(patient, thread, seq)| params![*patient, *thread, *seq].to_vec()).collect();
    tx.query_opt_each(&sql, &each, read)
}

/// Of each thread the newest message (no note, no event) that was not taken back.
pub fn newest_each(
    tx: &mut Tx<'_>,
    threads: &[(PatientId, ThreadId)],
) -> Result<Vec<Option<SealedMessage>>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM message WHERE patient_id = $1 AND thread_id = $2 AND kind = 'message'
            AND state = 'sent'
         ORDER BY seq DESC LIMIT 1"
    );
    let each: Vec<_> = threads.iter().map(|(patient, thread)| params![*patient, *thread].to_vec()).collect();
    tx.query_opt_each(&sql, &each, read)
}

/// A patient's messages before a place, newest first: the range that a search walks.
pub fn before(
    tx: &mut Tx<'_>,
    patient: PatientId,
    (at, id): (i64, MessageId),
    limit: usize,
) -> Result<Vec<SealedMessage>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM message
         WHERE patient_id = $1 AND (sent_at, id) < ($2, $3)
         ORDER BY sent_at DESC, id DESC LIMIT {limit}"
    );
    tx.query(&sql, params![patient, at, id], read)
}

/// Where an earlier send with this key was put: a retry sends nothing.
pub fn sent_with(
    tx: &mut Tx<'_>,
    author: AccountId,
    key: ClientKey,
) -> Result<Option<(PatientId, ThreadId, i64)>, StoreError> {
    tx.query_opt(
        "SELECT patient_id, thread_id, seq FROM message WHERE author_id = $1 AND client_key = $2",
        params![author, key],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// When this account's last messages about a patient were sent, newest first.
pub fn sent_since(
    tx: &mut Tx<'_>,
    (patient, author): (PatientId, AccountId),
    since: Timestamp,
    limit: usize,
) -> Result<Vec<Timestamp>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    tx.query(
        "SELECT sent_at FROM message
         WHERE patient_id = $1 AND sent_at > $2 AND author_id = $3 AND kind = $4
         ORDER BY sent_at DESC LIMIT $5",
        params![patient, since, author, MessageKind::Message.word(), limit],
        |row| row.get(0),
    )
}

/// Notes that the other side has these messages before its eyes now.
pub fn seen_by(
    tx: &mut Tx<'_>,
    (patient, thread): (PatientId, ThreadId),
    (reader, up_to): (Side, i64),
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE message SET first_seen_at = $5
         WHERE patient_id = $1 AND thread_id = $2 AND seq <= $3 AND side <> $4 AND first_seen_at IS NULL",
        params![patient, thread, up_to, reader.word(), now],
    )?;
    Ok(())
}

/// What is kept of a message that was taken back.
#[derive(Clone, Debug)]
pub struct Revision {
    pub message: MessageId,
    pub seq: i64,
    pub state: MessageState,
    pub at: Timestamp,
    pub by: AccountId,
    pub first_seen_at: Option<Timestamp>,
    /// Sealed.
    pub reason: Option<Vec<u8>>,
}

/// Seals the reason of a retraction.
pub fn seal_reason(
    key: &DataKey,
    patient: PatientId,
    id: MessageId,
    reason: &str,
) -> Result<Vec<u8>, StoreError> {
    let place = Place::of(patient.0, "message_revision", id.0.as_bytes(), "reason");
    Ok(seal(key, place, Dictionary::Raw, reason.as_bytes())?)
}

/// Takes a message back: the state for its readers, a revision row for the record.
pub fn revise(
    tx: &mut Tx<'_>,
    (patient, thread): (PatientId, ThreadId),
    revision: &Revision,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE message SET state = $4 WHERE patient_id = $1 AND thread_id = $2 AND seq = $3",
        params![patient, thread, revision.seq, revision.state.word()],
    )?;
    tx.execute(
        "INSERT INTO message_revision (patient_id, message_id, revision, state, at, by_account_id, first_seen_at, reason)
         VALUES ($1, $2, 1, $3, $4, $5, $6, $7)",
        params![
            patient,
            revision.message,
            revision.state.word(),
            revision.at,
            revision.by,
            revision.first_seen_at,
            revision.reason.clone()
        ],
    )?;
    Ok(())
}

/// When the first message was sent.
pub fn first_sent_at(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    tx.query_one("SELECT MIN(sent_at) FROM message", &[], |row| row.get(0))
}

/// The patients from whose side a message was sent in [from, until), once for each message.
pub fn writers(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp) -> Result<Vec<PatientId>, StoreError> {
    tx.query(
        "SELECT patient_id FROM message
         WHERE sent_at >= $1 AND sent_at < $2 AND side = 'patient' AND kind = 'message'",
        params![from, until],
        |row| row.get(0),
    )
}

/// The patients with a message in [from, until), of either side.
pub fn exchanged(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp) -> Result<Vec<PatientId>, StoreError> {
    tx.query(
        "SELECT DISTINCT patient_id FROM message
         WHERE sent_at >= $1 AND sent_at < $2 AND kind = 'message' AND state <> 'withdrawn'",
        params![from, until],
        |row| row.get(0),
    )
}

/// A physician's message to a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhysicianMessage {
    /// The author's blind token ([`crate::account::practitioner_token`]).
    pub practitioner: i64,
    pub patient: PatientId,
    pub thread: ThreadId,
    pub sent_at: Timestamp,
}

/// Messages in [from, until) by authors who were physicians at sending and are known as practitioners.
pub fn of_physicians(
    tx: &mut Tx<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<PhysicianMessage>, StoreError> {
    tx.query(
        "SELECT a.practitioner, m.patient_id, m.thread_id, m.sent_at FROM message m
         JOIN account a ON a.id = m.author_id
         WHERE m.sent_at >= $1 AND m.sent_at < $2 AND m.side = 'team' AND m.kind = 'message'
           AND m.role = 'physician' AND m.state <> 'withdrawn' AND a.practitioner IS NOT NULL",
        params![from, until],
        |row| {
            Ok(PhysicianMessage {
                practitioner: row.get(0)?,
                patient: row.get(1)?,
                thread: row.get(2)?,
                sent_at: row.get(3)?,
            })
        },
    )
}

/// Patients with a message in [from, until), of either side, in a thread in which a physician wrote or which
/// a physician opened. Once for each message.
pub fn exchanged_with_physicians(
    tx: &mut Tx<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<PatientId>, StoreError> {
    tx.query(
        "SELECT m.patient_id FROM message m
         WHERE m.sent_at >= $1 AND m.sent_at < $2 AND m.kind = 'message' AND m.state <> 'withdrawn'
           AND (EXISTS (SELECT 1 FROM message p
                        WHERE p.patient_id = m.patient_id AND p.thread_id = m.thread_id
                          AND p.kind = 'message' AND p.role = 'physician' AND p.state <> 'withdrawn')
                OR EXISTS (SELECT 1 FROM thread t
                           WHERE t.patient_id = m.patient_id AND t.id = m.thread_id
                             AND t.opened_role = 'physician'))",
        params![from, until],
        |row| row.get(0),
    )
}

//! The team's lists: one denormalised row per thread and one counter per pool, state and owner, kept
//! by the transaction that changes the thread.

use crate::db::{Row, StoreError, Tx, Value};
use crate::ids::or_nil;
use crate::keys::DataKey;
use crate::params;
use crate::seal::{Dictionary, Place, open, seal};
use crate::vault::Vault;
use crate::word::stored;
use domain::id::{AccountId, PatientId, PoolId, ThreadId, TopicId};
use domain::inbox::View;
use domain::language::Language;
use domain::proxy::ProxyRelation;
use domain::thread::{Thread, ThreadState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a row shows of the patient and the newest message; sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxCard {
    pub name: String,
    pub birth_date: Option<String>,
    pub subject: String,
    pub first_words: String,
    /// Who wrote the newest message for the patient; `None` where the patient or the team wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_by: Option<String>,
    /// What that person is to the patient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writer_is: Option<ProxyRelation>,
    /// Signs of an emergency in what the patient wrote last, by the words of the rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signs: Vec<String>,
}

/// A card on its way into the table.
#[derive(Clone, Debug)]
pub struct SealedCard {
    pub version: i64,
    pub bytes: Vec<u8>,
}

/// Seals a card; its version is the microsecond of writing.
pub fn seal_card(
    key: &DataKey,
    (patient, thread): (PatientId, ThreadId),
    card: &InboxCard,
    now: Timestamp,
) -> Result<SealedCard, StoreError> {
    let json = serde_json::to_vec(card).map_err(|_| StoreError::Internal("an inbox card".into()))?;
    let version = now.as_microsecond();
    let place = Place::of(patient.0, "inbox", thread.0.as_bytes(), "card").version(version);
    Ok(SealedCard { version, bytes: seal(key, place, Dictionary::Message, &json)? })
}

/// One row of a list, unsealed.
#[derive(Clone, Debug)]
pub struct InboxRow {
    pub thread: ThreadId,
    pub patient: PatientId,
    pub owner: Option<AccountId>,
    pub state: ThreadState,
    pub rank_at: i64,
    pub due_at: Option<Timestamp>,
    pub waiting_since: Option<Timestamp>,
    pub last_message_at: Timestamp,
    pub last_seq: i64,
    pub needs_answer: bool,
    pub red_flag_at: Option<Timestamp>,
    pub topic: TopicId,
    pub language: Language,
    pub card: InboxCard,
    pub last_read_seq: i64,
}

/// Further than any two moments are apart: who is ranked so much earlier stands before all others.
const BEFORE_ALL: i64 = 1 << 60;

/// Open threads stand by when they are due, the others by their newest message. Warning words come first,
/// the longest waiting before the others.
fn rank(thread: &Thread) -> i64 {
    if let Some(at) = thread.red_flag_at.filter(|_| thread.is_red_flagged()) {
        return at.as_microsecond() - BEFORE_ALL;
    }
    match thread.state {
        ThreadState::Open => thread.due_at.unwrap_or(thread.last_message_at).as_microsecond(),
        _ => -thread.last_message_at.as_microsecond(),
    }
}

/// Writes a thread's row and moves its counters. `before` is the thread as it was in this transaction.
pub fn write(
    tx: &mut Tx<'_>,
    (thread, language): (&Thread, Language),
    before: Option<&Thread>,
    card: Option<&SealedCard>,
) -> Result<(), StoreError> {
    match card {
        Some(card) => upsert(tx, thread, language, card)?,
        None => update(tx, thread)?,
    }
    let is_same = before.is_some_and(|before| before.state == thread.state && before.owner == thread.owner);
    if is_same {
        return Ok(());
    }
    let mut moves: Vec<(&Thread, i64)> = before.map(|before| (before, -1)).into_iter().collect();
    moves.push((thread, 1));
    // Two writers who move the same counters in opposite directions must not wait for each other.
    moves.sort_by_key(|(thread, _)| (thread.state.word(), thread.owner));
    moves.into_iter().try_for_each(|(thread, by)| count(tx, thread, by))
}

fn upsert(tx: &mut Tx<'_>, thread: &Thread, language: Language, card: &SealedCard) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO inbox (pool_id, thread_id, patient_id, site_id, owner_id, state, rank_at, due_at, waiting_since,
            last_message_at, last_seq, needs_answer, topic_id, language, card, card_version, red_flag_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         ON CONFLICT (pool_id, thread_id) DO UPDATE SET owner_id = excluded.owner_id, state = excluded.state,
            rank_at = excluded.rank_at, due_at = excluded.due_at, waiting_since = excluded.waiting_since,
            last_message_at = excluded.last_message_at, last_seq = excluded.last_seq,
            needs_answer = excluded.needs_answer, card = excluded.card, card_version = excluded.card_version,
            red_flag_at = excluded.red_flag_at",
        params![
            thread.pool,
            thread.id,
            thread.patient,
            thread.site,
            thread.owner,
            thread.state.word(),
            rank(thread),
            thread.due_at,
            thread.waiting_since,
            thread.last_message_at,
            thread.last_seq,
            thread.needs_answer,
            thread.topic,
            language.tag(),
            card.bytes.clone(),
            card.version,
            thread.red_flag_at
        ],
    )?;
    Ok(())
}

fn update(tx: &mut Tx<'_>, thread: &Thread) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE inbox SET owner_id = $3, state = $4, rank_at = $5, due_at = $6, waiting_since = $7,
            last_message_at = $8, last_seq = $9, needs_answer = $10,
            red_flag_at = $11
         WHERE pool_id = $1 AND thread_id = $2",
        params![
            thread.pool,
            thread.id,
            thread.owner,
            thread.state.word(),
            rank(thread),
            thread.due_at,
            thread.waiting_since,
            thread.last_message_at,
            thread.last_seq,
            thread.needs_answer,
            thread.red_flag_at
        ],
    )?;
    Ok(())
}

/// The signs that a thread's row names; none where there is no row.
pub fn signs_of(tx: &mut Tx<'_>, key: &DataKey, thread: &Thread) -> Result<Vec<String>, StoreError> {
    let found: Option<(Vec<u8>, i64)> = tx.query_opt(
        "SELECT card, card_version FROM inbox WHERE pool_id = $1 AND thread_id = $2",
        params![thread.pool, thread.id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let Some((sealed, version)) = found else { return Ok(Vec::new()) };
    Ok(open_card(key, (thread.patient, thread.id), (&sealed, version))?.signs)
}

fn open_card(
    key: &DataKey,
    (patient, thread): (PatientId, ThreadId),
    (sealed, version): (&[u8], i64),
) -> Result<InboxCard, StoreError> {
    let place = Place::of(patient.0, "inbox", thread.0.as_bytes(), "card").version(version);
    serde_json::from_slice(&open(key, place, sealed)?)
        .map_err(|_| StoreError::Corrupt("an inbox card".into()))
}

fn count(tx: &mut Tx<'_>, thread: &Thread, by: i64) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO inbox_count (pool_id, state, owner_id, threads) VALUES ($1, $2, $3, $4)
         ON CONFLICT (pool_id, state, owner_id) DO UPDATE SET threads = inbox_count.threads + excluded.threads",
        params![thread.pool, thread.state.word(), or_nil(thread.owner.map(|owner| owner.0)), by],
    )?;
    Ok(())
}

/// Pools that hold or held a thread about a patient.
pub fn pools_of(tx: &mut Tx<'_>, patient: PatientId) -> Result<Vec<PoolId>, StoreError> {
    tx.query("SELECT DISTINCT pool_id FROM inbox WHERE patient_id = $1", params![patient], |row| row.get(0))
}

/// Threads of a pool that somebody owns, some of them at a time.
pub fn owned_by(
    tx: &mut Tx<'_>,
    pool: PoolId,
    owner: AccountId,
    limit: usize,
) -> Result<Vec<ThreadId>, StoreError> {
    let sql = format!("SELECT thread_id FROM inbox WHERE pool_id = $1 AND owner_id = $2 LIMIT {limit}");
    tx.query(&sql, params![pool, owner], |row| row.get(0))
}

/// Exact number of threads in a view of a pool.
pub fn count_of(
    tx: &mut Tx<'_>,
    (pool, view): (PoolId, View),
    me: AccountId,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let nobody = or_nil(None);
    let (filter, params) = match view {
        View::ToDo => ("state = 'open'", params![pool].to_vec()),
        View::Waiting => ("state = 'waiting'", params![pool].to_vec()),
        View::Closed => ("state = 'closed'", params![pool].to_vec()),
        View::Mine => ("state = 'open' AND owner_id = $2", params![pool, me].to_vec()),
        View::Unassigned => ("state = 'open' AND owner_id = $2", vec![Value::from(pool), nobody]),
        View::Overdue => {
            return tx.query_one(
                "SELECT COUNT(*) FROM inbox WHERE pool_id = $1 AND due_at < $2",
                params![pool, now],
                |row| row.get(0),
            );
        }
    };
    let sql = format!(
        "SELECT CAST(COALESCE(SUM(threads), 0) AS BIGINT) FROM inbox_count WHERE pool_id = $1 AND {filter}"
    );
    tx.query_one(&sql, &params, |row| row.get(0))
}

/// The filter of a view, with its own value as `$n` where it has one; rows come by rising rank. What is overdue
/// is ranked before now, warning words first: the many that are not due yet are not looked at.
fn filter(ask: &PageAsk, n: usize) -> (String, Option<Value>) {
    match ask.view {
        View::ToDo => ("i.state = 'open'".into(), None),
        View::Mine => (format!("i.state = 'open' AND i.owner_id = ${n}"), Some(ask.me.into())),
        View::Unassigned => ("i.state = 'open' AND i.owner_id IS NULL".into(), None),
        View::Waiting => ("i.state = 'waiting'".into(), None),
        View::Overdue => {
            (format!("i.state = 'open' AND i.rank_at < ${n} AND i.due_at < ${n}"), Some(ask.now.into()))
        }
        View::Closed => ("i.state = 'closed'".into(), None),
    }
}

/// The order of a view's rows, as its index has it. PostgreSQL takes IS NULL for no constant, so that the order
/// of those without an owner has to begin as the index does.
fn order(view: View) -> &'static str {
    match view {
        View::Unassigned => "i.owner_id, i.rank_at, i.thread_id",
        _ => "i.rank_at, i.thread_id",
    }
}

/// What a page of a list is asked for.
#[derive(Clone, Copy, Debug)]
pub struct PageAsk {
    pub pool: PoolId,
    pub view: View,
    pub me: AccountId,
    pub after: Option<(i64, ThreadId)>,
    pub now: Timestamp,
    pub limit: usize,
}

impl PageAsk {
    fn place(&self) -> (i64, ThreadId) {
        self.after.unwrap_or((i64::MIN, ThreadId(uuid::Uuid::nil())))
    }

    /// The statement and parameters of [`page`], so that a test can read their plan.
    pub fn statement(&self) -> (String, Vec<Value>) {
        let (filter, value) = filter(self, 6);
        let order = order(self.view);
        let (rank, id) = self.place();
        let mut params = params![self.pool, rank, id, self.me, uuid::Uuid::nil()].to_vec();
        params.extend(value);
        let sql = format!(
            "SELECT i.thread_id, i.patient_id, i.owner_id, i.state, i.rank_at, i.due_at, i.waiting_since,
                    i.last_message_at, i.last_seq, i.needs_answer, i.topic_id, i.language, i.card, i.card_version,
                    COALESCE(r.last_read_seq, 0), i.red_flag_at
             FROM inbox i
             LEFT JOIN thread_reader r ON r.patient_id = i.patient_id AND r.thread_id = i.thread_id
                  AND r.account_id = $4 AND r.on_behalf_of = $5
             WHERE i.pool_id = $1 AND {filter} AND (i.rank_at, i.thread_id) > ($2, $3)
             ORDER BY {order} LIMIT {}",
            self.limit
        );
        (sql, params)
    }
}

/// A page of a view.
pub fn page(tx: &mut Tx<'_>, vault: &Vault, ask: &PageAsk) -> Result<Vec<InboxRow>, StoreError> {
    let (sql, params) = ask.statement();
    let found = tx.query(&sql, &params, read)?;
    let patients: Vec<PatientId> = found.iter().map(|(row, _)| row.patient).collect();
    let keys = vault.patients(tx, &patients)?;
    let open = |(row, card): (InboxRow, SealedCard)| {
        let key =
            keys.get(&row.patient).ok_or_else(|| StoreError::Corrupt("a list's row without a key".into()))?;
        let card = open_card(key, (row.patient, row.thread), (&card.bytes, card.version))?;
        Ok(InboxRow { card, ..row })
    };
    found.into_iter().map(open).collect()
}

/// The first thread of a view but the given one: what opens after that was dealt with.
pub fn first_of(tx: &mut Tx<'_>, ask: &PageAsk, but: ThreadId) -> Result<Option<ThreadId>, StoreError> {
    let (filter, value) = filter(ask, 5);
    let order = order(ask.view);
    let (rank, id) = ask.place();
    let mut params = params![ask.pool, rank, id, but].to_vec();
    params.extend(value);
    let sql = format!(
        "SELECT i.thread_id FROM inbox i
         WHERE i.pool_id = $1 AND {filter} AND (i.rank_at, i.thread_id) > ($2, $3) AND i.thread_id <> $4
         ORDER BY {order} LIMIT 1"
    );
    tx.query_opt(&sql, &params, |row| row.get(0))
}

/// A row, its card still sealed.
fn read(row: &Row<'_>) -> Result<(InboxRow, SealedCard), StoreError> {
    let read = InboxRow {
        thread: row.get(0)?,
        patient: row.get(1)?,
        owner: row.get(2)?,
        state: stored(row, 3, ThreadState::from_word)?,
        rank_at: row.get(4)?,
        due_at: row.get(5)?,
        waiting_since: row.get(6)?,
        last_message_at: row.get(7)?,
        last_seq: row.get(8)?,
        needs_answer: row.get(9)?,
        red_flag_at: row.get(15)?,
        topic: row.get(10)?,
        language: stored(row, 11, Language::from_tag)?,
        card: InboxCard::default(),
        last_read_seq: row.get(14)?,
    };
    Ok((read, SealedCard { version: row.get(13)?, bytes: row.get(12)? }))
}

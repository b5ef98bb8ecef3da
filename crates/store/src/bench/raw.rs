//! The rows that sends left in a SQLite database, written once more by hand into a copy from before
//! them: statements prepared once, batches of a given size, nothing looked up, checked or sealed.
//! What a send costs beyond its rows is measured against this.

use crate::db::{StoreError, raw_writer};
use rusqlite::types::Value;
use rusqlite::{Connection, Statement, params_from_iter};
use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

type Row = Vec<Value>;
type Result<T> = std::result::Result<T, StoreError>;

/// The rows of patients' sends, in the order of sending.
pub struct SentRows {
    sends: Vec<Send>,
}

/// What one transaction wrote.
struct Send {
    is_first: bool,
    thread: Row,
    message: Row,
    words: Vec<Row>,
    reader: Row,
    inbox: Row,
    audit: Row,
}

/// `SELECT *` of a table: its columns in their order.
struct Dump {
    columns: Vec<String>,
    rows: Vec<Row>,
}

impl SentRows {
    /// Reads them from the database of the sends.
    pub fn read(path: &Path) -> Result<SentRows> {
        let connection = raw_writer(path)?;
        let thread = by_thread(dump(&connection, "thread", "id")?, "id")?;
        let inbox = by_thread(dump(&connection, "inbox", "thread_id")?, "thread_id")?;
        let reader = by_thread(dump(&connection, "thread_reader", "thread_id")?, "thread_id")?;
        let mut words = words(&connection)?;
        let messages = dump(&connection, "message", "id")?;
        let audit = dump(&connection, "audit_event WHERE action = 'send_message'", "id")?;
        let (at_thread, at_seq) = (messages.place("thread_id")?, messages.place("seq")?);
        let sends = messages.rows.into_iter().zip(audit.rows).map(|(message, audit)| {
            let id = bytes(&message[at_thread]);
            let of = |rows: &HashMap<Vec<u8>, Row>| rows.get(&id).cloned().ok_or_else(lost);
            let seq = integer(&message[at_seq]);
            Ok(Send {
                is_first: seq == 1,
                thread: of(&thread)?,
                words: words.remove(&(id.clone(), seq)).unwrap_or_default(),
                reader: of(&reader)?,
                inbox: of(&inbox)?,
                message,
                audit,
            })
        });
        Ok(SentRows { sends: sends.collect::<Result<Vec<Send>>>()? })
    }

    /// How many sends.
    pub fn len(&self) -> usize {
        self.sends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.sends.is_empty()
    }

    /// Rows per send, without the rows that are only changed.
    pub fn rows_per_send(&self) -> f64 {
        let words: usize = self.sends.iter().map(|send| send.words.len()).sum();
        let firsts = self.sends.iter().filter(|send| send.is_first).count();
        let rows = words + 2 * self.sends.len() + 4 * firsts;
        rows as f64 / self.sends.len().max(1) as f64
    }

    /// Writes the first `limit` sends in batches of `batch`, one commit each; how long that took.
    pub fn write(&self, path: &Path, batch: usize, limit: usize) -> Result<Duration> {
        let connection = raw_writer(path)?;
        let mut by_hand = ByHand::prepare(&connection)?;
        let started = Instant::now();
        for sends in self.sends[..limit.min(self.sends.len())].chunks(batch.max(1)) {
            connection.execute_batch("BEGIN IMMEDIATE").map_err(fault)?;
            sends.iter().try_for_each(|send| by_hand.write(send))?;
            connection.execute_batch("COMMIT").map_err(fault)?;
        }
        Ok(started.elapsed())
    }
}

struct ByHand<'a> {
    thread: Statement<'a>,
    thread_again: Statement<'a>,
    directory: Statement<'a>,
    message: Statement<'a>,
    word: Statement<'a>,
    reader: Statement<'a>,
    inbox: Statement<'a>,
    count: Statement<'a>,
    audit: Statement<'a>,
    at_pool: usize,
}

/// The columns that a later send changes.
const THREAD: &[&str] = &[
    "last_seq",
    "last_team_seq",
    "last_message_at",
    "needs_answer",
    "waiting_since",
    "due_at",
    "last_turn_seq",
];
const INBOX: &[&str] = &[
    "owner_id",
    "state",
    "rank_at",
    "due_at",
    "waiting_since",
    "last_message_at",
    "last_seq",
    "needs_answer",
    "card",
    "card_version",
];

impl<'a> ByHand<'a> {
    fn prepare(connection: &'a Connection) -> Result<ByHand<'a>> {
        let prepare = |sql: String| connection.prepare(&sql).map_err(fault);
        let columns = |table: &str| dump(connection, &format!("{table} LIMIT 0"), "");
        let insert = |table: &str| {
            let names = columns(table)?.columns;
            let places: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
            Ok::<_, StoreError>(format!(
                "INSERT INTO {table} ({}) VALUES ({})",
                names.join(", "),
                places.join(", ")
            ))
        };
        let threads = columns("thread")?;
        let changes: Vec<String> = THREAD
            .iter()
            .map(|name| Ok(format!("{name} = ?{}", threads.place(name)? + 1)))
            .collect::<Result<_>>()?;
        let renewed: Vec<String> = INBOX.iter().map(|name| format!("{name} = excluded.{name}")).collect();
        let again = format!("UPDATE thread SET {} WHERE patient_id = ?1 AND id = ?2", changes.join(", "));
        Ok(ByHand {
            thread: prepare(insert("thread")?)?,
            thread_again: prepare(again)?,
            directory: prepare(insert("thread_directory")?)?,
            message: prepare(insert("message")?)?,
            word: prepare(insert("pool_word")?)?,
            reader: prepare(
                insert("thread_reader")?
                    + " ON CONFLICT (patient_id, thread_id, account_id, on_behalf_of)
                        DO UPDATE SET last_read_seq = excluded.last_read_seq, read_at = excluded.read_at",
            )?,
            inbox: prepare(
                insert("inbox")?
                    + " ON CONFLICT (pool_id, thread_id) DO UPDATE SET "
                    + &renewed.join(", "),
            )?,
            count: prepare(
                "INSERT INTO inbox_count (pool_id, state, owner_id, threads) VALUES (?1, 'open', zeroblob(16), 1)
                 ON CONFLICT (pool_id, state, owner_id) DO UPDATE SET threads = threads + 1"
                    .into(),
            )?,
            audit: prepare(insert("audit_event")?)?,
            at_pool: columns("inbox")?.place("pool_id")?,
        })
    }

    fn write(&mut self, send: &Send) -> Result<()> {
        put(&mut self.message, &send.message)?;
        for word in &send.words {
            put(&mut self.word, word)?;
        }
        put(&mut self.reader, &send.reader)?;
        if send.is_first {
            put(&mut self.thread, &send.thread)?;
            put(&mut self.directory, &[send.thread[1].clone(), send.thread[0].clone()])?;
            put(&mut self.count, std::slice::from_ref(&send.inbox[self.at_pool]))?;
        } else {
            let used = self.thread_again.parameter_count();
            put(&mut self.thread_again, &send.thread[..used])?;
        }
        put(&mut self.inbox, &send.inbox)?;
        put(&mut self.audit, &send.audit)
    }
}

impl Dump {
    fn place(&self, column: &str) -> Result<usize> {
        self.columns.iter().position(|name| name == column).ok_or_else(lost)
    }
}

fn dump(connection: &Connection, table: &str, order: &str) -> Result<Dump> {
    let order = if order.is_empty() { String::new() } else { format!(" ORDER BY {order}") };
    let mut statement = connection.prepare(&format!("SELECT * FROM {table}{order}")).map_err(fault)?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let rows = statement.query_map([], |row| (0..columns.len()).map(|n| row.get(n)).collect());
    let rows = rows.and_then(Iterator::collect::<rusqlite::Result<Vec<Row>>>).map_err(fault)?;
    Ok(Dump { columns, rows })
}

fn by_thread(dump: Dump, key: &str) -> Result<HashMap<Vec<u8>, Row>> {
    let at = dump.place(key)?;
    Ok(dump.rows.into_iter().map(|row| (bytes(&row[at]), row)).collect())
}

/// The posting rows of each message, by thread and place.
type Postings = HashMap<(Vec<u8>, i64), Vec<Row>>;

fn words(connection: &Connection) -> Result<Postings> {
    let dump = dump(connection, "pool_word", "token")?;
    let (thread, seq) = (dump.place("thread_id")?, dump.place("seq")?);
    let mut words = Postings::new();
    for row in dump.rows {
        words.entry((bytes(&row[thread]), integer(&row[seq]))).or_default().push(row);
    }
    Ok(words)
}

fn put(statement: &mut Statement<'_>, row: &[Value]) -> Result<()> {
    statement.execute(params_from_iter(row)).map(drop).map_err(fault)
}

fn bytes(value: &Value) -> Vec<u8> {
    match value {
        Value::Blob(bytes) => bytes.clone(),
        _ => Vec::new(),
    }
}

fn integer(value: &Value) -> i64 {
    match value {
        Value::Integer(number) => *number,
        _ => 0,
    }
}

fn lost() -> StoreError {
    StoreError::Internal("the rows of the sends do not fit together".into())
}

/// The message of a raw error may quote the statement; its code says enough.
fn fault(error: rusqlite::Error) -> StoreError {
    StoreError::Internal(format!("raw rows: {:?}", error.sqlite_error_code()))
}

//! Durable sends per second (three inserts each) through `Db::write` with 1, 16 and 64 writers,
//! against the same rows written raw: one commit per send, and hand-made batches of 16.
//! `cargo run --release -p store --example group_commit [sends] [postgres-url]`
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;
use store::db::{Db, DbOptions, Migration, StoreError, Tx};
use store::params;

const SCHEMA: &[Migration] = &[Migration {
    number: 1,
    name: "a bare send",
    sql: "CREATE TABLE bench_thread (id BIGINT PRIMARY KEY, state TEXT NOT NULL, at BIGINT NOT NULL);
          CREATE TABLE bench_message (thread BIGINT NOT NULL, seq BIGINT NOT NULL, body BYTEA NOT NULL,
            PRIMARY KEY (thread, seq)) /* clustered */;
          CREATE TABLE bench_audit (id BIGINT PRIMARY KEY, what TEXT NOT NULL, at BIGINT NOT NULL);",
}];

const INSERTS: [&str; 3] = [
    "INSERT INTO bench_thread (id, state, at) VALUES ($1, $2, $3)",
    "INSERT INTO bench_message (thread, seq, body) VALUES ($1, $2, $3)",
    "INSERT INTO bench_audit (id, what, at) VALUES ($1, $2, $3)",
];

/// About a 60-word body after sealing.
const BODY: [u8; 300] = [42; 300];

fn send(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    tx.execute(INSERTS[0], params![id, "open", id])?;
    tx.execute(INSERTS[1], params![id, 1_i64, BODY])?;
    tx.execute(INSERTS[2], params![id, "message.sent", id])?;
    Ok(())
}

fn send_raw(connection: &rusqlite::Connection, id: i64) -> rusqlite::Result<()> {
    connection.prepare_cached(INSERTS[0])?.execute((id, "open", id))?;
    connection.prepare_cached(INSERTS[1])?.execute((id, 1, &BODY[..]))?;
    connection.prepare_cached(INSERTS[2])?.execute((id, "message.sent", id))?;
    Ok(())
}

async fn through_db(url: &str, writers: i64, sends: i64) {
    let options = DbOptions { connections: 16, ..DbOptions::default() };
    let db = Db::open(&url.parse().unwrap(), &options).await.unwrap();
    db.migrate(SCHEMA).await.unwrap();
    let empty: Result<i64, StoreError> = db
        .read(|tx| tx.query_one("SELECT COALESCE(MAX(id), 0) FROM bench_thread", &[], |row| row.get(0)))
        .await;
    let first = empty.unwrap() + 1;
    let next = Arc::new(AtomicI64::new(first));
    let (before, started) = (db.stats(), Instant::now());
    let tasks: Vec<_> = (0..writers)
        .map(|_| {
            let (db, next) = (db.clone(), next.clone());
            tokio::spawn(async move {
                while let Some(id) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).filter(|id| *id < first + sends)
                {
                    db.write(move |tx| send(tx, id)).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let seconds = started.elapsed().as_secs_f64();
    let groups = db.stats().groups - before.groups;
    let rate = sends as f64 / seconds;
    println!(
        "{writers:>3} writers          {rate:>8.0} sends/s, {:.1} sends a commit",
        sends as f64 / groups as f64
    );
    db.close().await;
}

fn raw(folder: &Path, batch: i64, sends: i64) {
    let connection = rusqlite::Connection::open(folder.join(format!("raw{batch}.db"))).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
             CREATE TABLE bench_thread (id INTEGER PRIMARY KEY, state TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
             CREATE TABLE bench_message (thread INTEGER NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL,
                PRIMARY KEY (thread, seq)) STRICT, WITHOUT ROWID;
             CREATE TABLE bench_audit (id INTEGER PRIMARY KEY, what TEXT NOT NULL, at INTEGER NOT NULL) STRICT;",
        )
        .unwrap();
    let started = Instant::now();
    for first in (0..sends).step_by(batch as usize) {
        connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        (first..sends.min(first + batch)).try_for_each(|id| send_raw(&connection, id)).unwrap();
        connection.execute_batch("COMMIT").unwrap();
    }
    let rate = sends as f64 / started.elapsed().as_secs_f64();
    println!("raw, batches of {batch:>3}  {rate:>8.0} sends/s");
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let sends: i64 = arguments.next().map_or(50_000, |text| text.parse().unwrap());
    if let Some(url) = arguments.next() {
        for writers in [1, 16, 64] {
            through_db(&url, writers, sends / 10).await;
        }
        return;
    }
    let folder = tempfile::tempdir_in(".").unwrap();
    raw(folder.path(), 1, sends / 10);
    raw(folder.path(), 16, sends);
    raw(folder.path(), 64, sends);
    for (writers, sends) in [(1, sends / 10), (16, sends), (64, sends)] {
        through_db(
            &format!("sqlite:{}", folder.path().join(format!("db{writers}.db")).display()),
            writers,
            sends,
        )
        .await;
    }
}

//! A PostgreSQL connection that dies, a commit that fails, a caller that goes away: what is
//! answered, what is run again, and what state the pool keeps.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use store::db::{Db, DbOptions, Engine, Migration, StoreError, Tx};
use store::params;
use store::testing::TestDatabase;

const SCHEMA: &[Migration] = &[Migration {
    number: 1,
    name: "entries",
    sql: "CREATE TABLE entry (id BIGINT PRIMARY KEY);
          /* postgres */ CREATE TABLE trap (id BIGINT);
          /* postgres */ CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN RAISE unique_violation USING CONSTRAINT = ''trap_at_commit''; END';
          /* postgres */ CREATE CONSTRAINT TRIGGER trap AFTER INSERT ON trap
            /* only at the commit */ INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse();",
}];

struct Lone {
    test: TestDatabase,
    /// Has one connection only, so that a dirty one would be met again.
    db: Db,
}

async fn lone() -> Lone {
    let test = TestDatabase::new(Engine::Postgres, SCHEMA).await;
    let db = test.open_again(&DbOptions { connections: 1, ..DbOptions::default() }).await;
    Lone { test, db }
}

impl Lone {
    /// A killer that works through another connection, from inside a closure.
    fn killer(&self) -> impl Fn(&mut Tx<'_>) -> Result<(), StoreError> + Send + Sync + 'static {
        let other = self.test.db.clone();
        move |tx| {
            let pid: i64 = tx.query_one("SELECT pg_backend_pid()", &[], |row| row.get(0))?;
            let kill = other.read(move |tx| {
                tx.query("SELECT pg_terminate_backend(CAST($1 AS INTEGER))", params![pid], |_| Ok(()))
            });
            tokio::runtime::Handle::current().block_on(kill).map(drop)
        }
    }

    async fn entries(&self) -> Vec<i64> {
        let ids: Result<_, StoreError> = self
            .db
            .read(|tx| tx.query("SELECT id FROM entry ORDER BY id", &[], |row| row.get::<i64>(0)))
            .await;
        ids.unwrap()
    }

    async fn end(self) {
        self.db.close().await;
        self.test.dispose().await;
    }
}

fn add(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    tx.execute("INSERT INTO entry (id) VALUES ($1)", params![id]).map(drop)
}

#[tokio::test]
async fn a_connection_lost_in_the_work_is_replaced_once() {
    let lone = lone().await;
    let kill = lone.killer();
    let runs = Arc::new(AtomicU32::new(0));
    let counted = runs.clone();
    let done = lone.db.write(move |tx| {
        add(tx, 1)?;
        if counted.fetch_add(1, Ordering::Relaxed) == 0 {
            kill(tx)?;
        }
        add(tx, 2)
    });
    assert_eq!(done.await, Ok(()));
    assert_eq!((runs.load(Ordering::Relaxed), lone.db.stats().reruns), (2, 1));
    assert_eq!(lone.entries().await, [1, 2]);
    lone.end().await;
}

#[tokio::test]
async fn a_connection_lost_again_is_unavailable_and_nothing_was_committed() {
    let lone = lone().await;
    let kill = lone.killer();
    let done = lone.db.write(move |tx| {
        add(tx, 1)?;
        kill(tx)?;
        add(tx, 2)
    });
    let done = done.await;
    assert!(matches!(done, Err(StoreError::Unavailable(_))), "{done:?}");
    assert!(lone.db.stats().is_refusing);
    assert!(lone.entries().await.is_empty());
    lone.db.write(|tx| add(tx, 3)).await.unwrap();
    assert!(!lone.db.stats().is_refusing);
    lone.end().await;
}

#[tokio::test]
async fn a_connection_lost_at_the_commit_leaves_the_outcome_unknown() {
    let lone = lone().await;
    let kill = lone.killer();
    let runs = Arc::new(AtomicU32::new(0));
    let counted = runs.clone();
    let done = lone.db.write(move |tx| {
        counted.fetch_add(1, Ordering::Relaxed);
        add(tx, 1)?;
        kill(tx)
    });
    assert_eq!(done.await, Err(StoreError::CommitUnknown));
    assert_eq!(runs.load(Ordering::Relaxed), 1, "unknown work is never run again by itself");
    lone.db.write(|tx| add(tx, 2)).await.unwrap();
    assert_eq!(lone.entries().await, [2]);
    lone.end().await;
}

#[tokio::test]
async fn a_commit_that_the_server_refuses_is_certain() {
    let lone = lone().await;
    let refused = lone.db.write(|tx| {
        add(tx, 1)?;
        tx.execute("INSERT INTO trap (id) VALUES (1)", &[])
    });
    let refused = refused.await;
    assert!(refused.as_ref().is_err_and(|error| error.is_conflict_on("trap_at_commit")), "{refused:?}");
    assert!(lone.entries().await.is_empty());
    lone.end().await;
}

#[tokio::test]
async fn idle_connections_that_died_are_replaced_without_an_error() {
    let lone = lone().await;
    lone.entries().await;
    let killed: Result<_, StoreError> = lone
        .test
        .db
        .read(|tx| {
            let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                          WHERE datname = current_database() AND pid <> pg_backend_pid()";
            tx.query(others, &[], |_| Ok(()))
        })
        .await;
    assert!(!killed.unwrap().is_empty());
    lone.db.write(|tx| add(tx, 1)).await.unwrap();
    assert_eq!(lone.entries().await, [1]);
    lone.end().await;
}

#[tokio::test]
async fn no_connection_comes_back_with_an_open_transaction() {
    let lone = lone().await;
    let panicking: Result<(), StoreError> = lone
        .db
        .write(|tx| {
            add(tx, 1)?;
            panic!("this panic is part of the test")
        })
        .await;
    assert!(matches!(panicking, Err(StoreError::Internal(_))), "{panicking:?}");
    let failing: Result<(), StoreError> = lone
        .db
        .write(|tx| {
            add(tx, 2)?;
            add(tx, 2)
        })
        .await;
    assert!(failing.is_err());
    let panicking: Result<(), StoreError> = lone.db.read(|_| panic!("this panic is part of the test")).await;
    assert!(panicking.is_err());
    lone.db.write(|tx| add(tx, 3)).await.unwrap();
    assert_eq!(lone.entries().await, [3]);
    lone.end().await;
}

#[tokio::test]
async fn work_whose_caller_went_away_is_finished_and_committed() {
    let lone = lone().await;
    let write = lone.db.write(|tx| {
        add(tx, 1)?;
        std::thread::sleep(Duration::from_millis(200));
        add(tx, 2)
    });
    assert!(tokio::time::timeout(Duration::from_millis(100), write).await.is_err());
    // The only connection comes back when the work has ended.
    assert_eq!(lone.entries().await, [1, 2]);
    lone.end().await;
}

#[tokio::test]
async fn statements_prepared_before_a_schema_change_are_prepared_again() {
    let lone = lone().await;
    let all = |tx: &mut Tx<'_>| tx.query("SELECT * FROM entry", &[], |row| row.get::<i64>(0));
    lone.db.write(move |tx| all(tx)).await.unwrap();
    let wider = Migration { number: 2, name: "wider", sql: "ALTER TABLE entry ADD COLUMN note TEXT;" };
    lone.test.db.migrate(&[SCHEMA[0], wider]).await.unwrap();
    lone.db.write(move |tx| all(tx)).await.unwrap();
    lone.end().await;
}

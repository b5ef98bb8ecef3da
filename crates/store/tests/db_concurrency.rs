//! Many at once: snapshots, lost updates, deadlocks, and the shared fsync.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;
use store::db::{Db, DbOptions, Engine, Migration, StoreError, Tx};
use store::params;
use store::testing::{TestDatabase, each};

const SCHEMA: &[Migration] = &[Migration {
    number: 1,
    name: "counters",
    sql: "CREATE TABLE counter (id BIGINT PRIMARY KEY, n BIGINT NOT NULL);
          INSERT INTO counter (id, n) VALUES (1, 0), (2, 0);",
}];

fn count(tx: &mut Tx<'_>, id: i64) -> Result<i64, StoreError> {
    let lock = tx.for_update();
    let sql = format!("SELECT n FROM counter WHERE id = $1{lock}");
    tx.query_one(&sql, params![id], |row| row.get(0))
}

/// Reads and then writes back, which loses an update wherever the row is not locked.
fn increment(tx: &mut Tx<'_>, id: i64) -> Result<i64, StoreError> {
    let n = count(tx, id)? + 1;
    tx.execute("UPDATE counter SET n = $2 WHERE id = $1", params![id, n])?;
    Ok(n)
}

async fn total(db: &Db) -> i64 {
    let sum = "SELECT CAST(SUM(n) AS BIGINT) FROM counter";
    let read: Result<i64, StoreError> = db.read(move |tx| tx.query_one(sum, &[], |row| row.get(0))).await;
    read.unwrap()
}

#[tokio::test]
async fn increments_of_one_row_by_many_writers_are_all_kept() {
    each(SCHEMA, |db| async move {
        let tasks: Vec<_> = (0..32)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move {
                    for _ in 0..4 {
                        db.write(|tx| increment(tx, 1)).await.unwrap();
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(total(&db).await, 128);
    })
    .await;
}

#[tokio::test]
async fn a_reader_keeps_its_snapshot_while_a_writer_commits() {
    each(SCHEMA, |db| async move {
        let (reading, has_begun) = mpsc::channel();
        let (written, may_go_on) = mpsc::channel::<()>();
        let reader = db.clone();
        let reader = tokio::spawn(async move {
            let twice: Result<_, StoreError> = reader
                .read(move |tx| {
                    let one = "SELECT n FROM counter WHERE id = 1";
                    let before: i64 = tx.query_one(one, &[], |row| row.get(0))?;
                    reading.send(()).unwrap();
                    may_go_on.recv().unwrap();
                    let after: i64 = tx.query_one(one, &[], |row| row.get(0))?;
                    Ok((before, after))
                })
                .await;
            twice.unwrap()
        });
        tokio::task::spawn_blocking(move || has_begun.recv().unwrap()).await.unwrap();
        db.write(|tx| increment(tx, 1)).await.unwrap();
        written.send(()).unwrap();
        assert_eq!(reader.await.unwrap(), (0, 0));
        assert_eq!(total(&db).await, 1);
    })
    .await;
}

#[tokio::test]
async fn two_writers_that_lock_in_opposite_order_both_succeed() {
    each(SCHEMA, |db| async move {
        let runs = Arc::new(AtomicU32::new(0));
        let writer = |first, second| {
            let (db, runs) = (db.clone(), runs.clone());
            tokio::spawn(async move {
                let done: Result<i64, StoreError> = db
                    .write(move |tx| {
                        runs.fetch_add(1, Ordering::Relaxed);
                        increment(tx, first)?;
                        std::thread::sleep(Duration::from_millis(200));
                        increment(tx, second)
                    })
                    .await;
                done.unwrap()
            })
        };
        let (one, other) = (writer(1, 2), writer(2, 1));
        one.await.unwrap();
        other.await.unwrap();
        assert_eq!(total(&db).await, 4);
        let reruns = u64::from(runs.load(Ordering::Relaxed)) - 2;
        assert_eq!(reruns, db.stats().reruns);
        assert_eq!(reruns > 0, db.engine() == Engine::Postgres, "the deadlock was met");
    })
    .await;
}

#[tokio::test]
async fn two_processes_share_a_database() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let test = TestDatabase::new(engine, SCHEMA).await;
        let other = test.open_again(&DbOptions::default()).await;
        let tasks: Vec<_> = [test.db.clone(), other.clone()]
            .into_iter()
            .map(|db| {
                tokio::spawn(async move {
                    for _ in 0..50 {
                        db.write(|tx| increment(tx, 2)).await.unwrap();
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(total(&other).await, 100);
        other.close().await;
        test.dispose().await;
    }
}

#[tokio::test]
async fn writers_that_wait_together_share_a_commit() {
    let test = TestDatabase::new(Engine::Sqlite, SCHEMA).await;
    let before = test.db.stats();
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let db = test.db.clone();
            tokio::spawn(async move { db.write(|tx| increment(tx, 1)).await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let after = test.db.stats();
    assert_eq!(after.commits - before.commits, 64);
    assert!(after.groups - before.groups <= 32, "{after:?}");
    test.dispose().await;
}

#[tokio::test]
async fn work_that_asks_to_be_alone_shares_its_commit_with_nobody() {
    let test = TestDatabase::new(Engine::Sqlite, SCHEMA).await;
    let before = test.db.stats();
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let db = test.db.clone();
            tokio::spawn(async move { db.write_alone(|tx| increment(tx, 1)).await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(test.db.stats().groups - before.groups, 16);
    test.dispose().await;
}

#[tokio::test]
async fn work_that_was_slow_runs_alone_until_it_is_quick_again() {
    let options = DbOptions { slow: Duration::from_millis(20), ..DbOptions::default() };
    let test = TestDatabase::new(Engine::Sqlite, SCHEMA).await;
    let db = test.open_again(&options).await;
    let pauses = Arc::new(AtomicU32::new(1));
    let work = |db: Db, pauses: Arc<AtomicU32>| {
        tokio::spawn(async move {
            let done: Result<i64, StoreError> = db
                .write(move |tx| {
                    if pauses.swap(0, Ordering::Relaxed) > 0 {
                        std::thread::sleep(Duration::from_millis(40));
                    }
                    increment(tx, 1)
                })
                .await;
            done.unwrap()
        })
    };
    work(db.clone(), pauses.clone()).await.unwrap();
    let slow = db.stats();
    let tasks: Vec<_> = (0..16).map(|_| work(db.clone(), pauses.clone())).collect();
    for task in tasks {
        task.await.unwrap();
    }
    let after = db.stats();
    assert!(after.groups - slow.groups >= 2, "the first ran alone: {after:?}");
    assert!(after.groups - slow.groups < 16, "the rest ran together again: {after:?}");
    db.close().await;
    test.dispose().await;
}

#[tokio::test]
async fn a_checkpoint_empties_the_log_once_no_reader_holds_on_to_it() {
    let test = TestDatabase::new(Engine::Sqlite, SCHEMA).await;
    let db = test.open_again(&DbOptions { wait: Duration::from_millis(50), ..DbOptions::default() }).await;
    let log = format!("{}-wal", test.url.strip_prefix("sqlite:").unwrap());
    let log_bytes = || std::fs::metadata(&log).unwrap().len();
    let (reading, has_begun) = mpsc::channel();
    let (done, may_end) = mpsc::channel::<()>();
    let reader = db.clone();
    let reader = tokio::spawn(async move {
        let read = reader.read(move |tx| {
            let n = count(tx, 1)?;
            reading.send(()).unwrap();
            may_end.recv().unwrap();
            Ok::<_, StoreError>(n)
        });
        read.await.unwrap()
    });
    tokio::task::spawn_blocking(move || has_begun.recv().unwrap()).await.unwrap();
    db.write(|tx| increment(tx, 1)).await.unwrap();
    let held = db.checkpoint().await;
    assert!(matches!(held, Err(StoreError::Unavailable(_))), "{held:?}");
    assert!(log_bytes() > 0);
    done.send(()).unwrap();
    reader.await.unwrap();
    db.checkpoint().await.unwrap();
    assert_eq!(log_bytes(), 0);
    db.close().await;
    test.dispose().await;
}

#[tokio::test]
async fn a_closed_database_says_so() {
    each(SCHEMA, |db| async move {
        db.clone().close().await;
        let write = db.write(|tx| increment(tx, 1)).await;
        let read = db.read(|tx| count(tx, 1)).await;
        assert!(matches!(write, Err(StoreError::Unavailable(_))), "{write:?}");
        assert!(matches!(read, Err(StoreError::Unavailable(_))), "{read:?}");
    })
    .await;
}

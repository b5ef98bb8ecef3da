//! What one member of a SQLite commit group may do to the others: nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::mpsc;
use std::time::Duration;
use store::db::{Db, DbOptions, Engine, Migration, StoreError, Tx};
use store::params;
use store::testing::TestDatabase;
use tokio::task::JoinHandle;

const SCHEMA: &[Migration] = &[Migration {
    number: 1,
    name: "entries",
    sql: "CREATE TABLE entry (id BIGINT PRIMARY KEY, text BYTEA NOT NULL);",
}];

type Answer = Result<(), StoreError>;

struct Waiting {
    test: TestDatabase,
    db: Db,
    release: mpsc::Sender<()>,
    holder: JoinHandle<Answer>,
}

/// A database whose writer is held, so that whatever is written now becomes one group.
async fn held(options: DbOptions) -> Waiting {
    let test = TestDatabase::new(Engine::Sqlite, SCHEMA).await;
    let options = DbOptions { group_work: Duration::from_secs(10), slow: Duration::from_secs(60), ..options };
    let db = test.open_again(&options).await;
    let (release, wait) = mpsc::channel();
    let (begun, has_begun) = mpsc::channel();
    let wait = std::sync::Mutex::new(wait);
    let holding = db.clone();
    let holder = tokio::spawn(async move {
        holding
            .write_alone(move |_| {
                begun.send(()).unwrap();
                wait.lock().unwrap().recv().unwrap();
                Ok(())
            })
            .await
    });
    tokio::task::spawn_blocking(move || has_begun.recv().unwrap()).await.unwrap();
    Waiting { test, db, release, holder }
}

impl Waiting {
    fn submit(&self, work: impl Fn(&mut Tx<'_>) -> Answer + Send + Sync + 'static) -> JoinHandle<Answer> {
        let db = self.db.clone();
        tokio::spawn(async move { db.write(work).await })
    }

    /// Lets the group run; the number of groups that the submitted members took.
    async fn answers(&mut self, members: Vec<JoinHandle<Answer>>) -> (Vec<Answer>, u64) {
        // Every task has queued its work once it waits for the answer.
        tokio::time::sleep(Duration::from_millis(100)).await;
        let before = self.db.stats().groups;
        self.release.send(()).unwrap();
        (&mut self.holder).await.unwrap().unwrap();
        let mut answers = Vec::new();
        for member in members {
            answers.push(member.await.unwrap());
        }
        (answers, self.db.stats().groups - before - 1)
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

fn add(tx: &mut Tx<'_>, id: i64, bytes: usize) -> Answer {
    let sql = "INSERT INTO entry (id, text) VALUES ($1, $2)";
    tx.execute(sql, params![id, vec![7_u8; bytes]]).map(drop)
}

#[tokio::test]
async fn a_member_that_fails_leaves_the_others_their_commit() {
    let mut waiting = held(DbOptions::default()).await;
    let members = (0..9)
        .map(|id| {
            waiting.submit(move |tx| {
                add(tx, id, 10)?;
                match id % 3 {
                    1 => Err(StoreError::Corrupt("on purpose".into())),
                    // A row that an earlier member of the same group has just added.
                    2 => add(tx, 0, 10),
                    _ => Ok(()),
                }
            })
        })
        .collect();
    let (answers, groups) = waiting.answers(members).await;
    for (id, answer) in answers.iter().enumerate() {
        match id % 3 {
            0 => assert_eq!(*answer, Ok(())),
            1 => assert_eq!(*answer, Err(StoreError::Corrupt("on purpose".into()))),
            _ => assert!(answer.as_ref().is_err_and(|e| e.is_conflict_on("entry_pkey")), "{answer:?}"),
        }
    }
    assert_eq!(groups, 1);
    assert_eq!(waiting.entries().await, [0, 3, 6]);
    waiting.end().await;
}

#[tokio::test]
async fn a_refusal_whose_row_is_kept_costs_the_others_nothing() {
    let mut waiting = held(DbOptions::default()).await;
    let members = (0..6)
        .map(|id| {
            waiting.submit(move |tx| {
                let done: Answer = tx.savepoint(|tx| {
                    add(tx, id, 10)?;
                    if id == 3 { Err(StoreError::Corrupt("refused".into())) } else { Ok(()) }
                });
                // What is said of a refusal is committed, what it had begun is not.
                if done.is_err() { add(tx, 100 + id, 10) } else { Ok(()) }
            })
        })
        .collect();
    let (answers, groups) = waiting.answers(members).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!((groups, waiting.db.stats().reruns), (1, 4), "those up to the refused one ran twice");
    assert_eq!(waiting.entries().await, [0, 1, 2, 4, 5, 103]);
    waiting.end().await;
}

#[tokio::test]
async fn a_member_that_panics_is_undone_and_the_writer_lives() {
    let mut waiting = held(DbOptions::default()).await;
    let members = (0..3)
        .map(|id| {
            waiting.submit(move |tx| {
                add(tx, id, 10)?;
                assert_ne!(id, 1, "this panic is part of the test");
                Ok(())
            })
        })
        .collect();
    let (answers, groups) = waiting.answers(members).await;
    assert!(matches!(answers[1], Err(StoreError::Internal(_))), "{answers:?}");
    assert_eq!((&answers[0], &answers[2], groups), (&Ok(()), &Ok(()), 1));
    assert_eq!(waiting.entries().await, [0, 2]);
    waiting.db.write(|tx| add(tx, 9, 10)).await.unwrap();
    waiting.end().await;
}

#[tokio::test]
async fn a_group_that_falls_on_a_full_file_is_run_again_one_by_one() {
    let options = DbOptions { max_bytes: Some(256 * 1024), ..DbOptions::default() };
    let mut waiting = held(options).await;
    let too_big = 5;
    let members = (0..9)
        .map(|id| {
            let bytes = if id == too_big { 1_000_000 } else { 100 };
            waiting.submit(move |tx| add(tx, id, bytes))
        })
        .collect();
    let (answers, _) = waiting.answers(members).await;
    for (id, answer) in answers.iter().enumerate() {
        let is_full = matches!(answer, Err(StoreError::Unavailable(_)));
        assert_eq!(is_full, id as i64 == too_big, "{id}: {answer:?}");
    }
    assert_eq!(waiting.db.stats().reruns, 6, "the members up to the one that did not fit");
    assert_eq!(waiting.entries().await, [0, 1, 2, 3, 4, 6, 7, 8]);
    waiting.end().await;
}

#[tokio::test]
async fn work_that_passes_over_a_fallen_transaction_is_not_committed() {
    let options = DbOptions { max_bytes: Some(256 * 1024), ..DbOptions::default() };
    let mut waiting = held(options).await;
    let member = waiting.submit(|tx| {
        let _ = add(tx, 1, 1_000_000);
        // Outside of any transaction this row would stay.
        let _ = add(tx, 2, 10);
        let _: Answer = tx.savepoint(|tx| add(tx, 3, 10));
        Ok(())
    });
    let other = waiting.submit(|tx| tx.savepoint(|tx| add(tx, 4, 1_000_000)));
    let (answers, _) = waiting.answers(vec![member, other]).await;
    assert!(matches!(answers[0], Err(StoreError::Internal(_))), "{answers:?}");
    assert!(matches!(answers[1], Err(StoreError::Unavailable(_))), "{answers:?}");
    assert!(waiting.entries().await.is_empty());
    waiting.end().await;
}

#[tokio::test]
async fn a_failed_commit_is_unknown_to_every_member_and_the_writer_opens_again() {
    let mut waiting = held(DbOptions::default()).await;
    // A deferred constraint, which no migration may have, makes COMMIT itself fail.
    let path = waiting.test.url.strip_prefix("sqlite:").unwrap().to_owned();
    waiting.release.send(()).unwrap();
    (&mut waiting.holder).await.unwrap().unwrap();
    rusqlite::Connection::open(path)
        .unwrap()
        .execute_batch(
            "CREATE TABLE trap (entry INTEGER REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED) STRICT",
        )
        .unwrap();
    let before = waiting.db.stats();
    let answer = waiting
        .db
        .write(|tx| {
            add(tx, 1, 10)?;
            tx.execute("INSERT INTO trap (entry) VALUES (99)", &[]).map(drop)
        })
        .await;
    assert_eq!(answer, Err(StoreError::CommitUnknown));
    let after = waiting.db.stats();
    assert_eq!((after.unknown, after.commits), (before.unknown + 1, before.commits));
    waiting.db.write(|tx| add(tx, 2, 10)).await.unwrap();
    assert_eq!(waiting.entries().await, [2]);
    waiting.end().await;
}

//! The schema's steps: applied once, in order, unchanged, and never by an older program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use store::db::{Db, Engine, Migration, StoreError};
use store::testing::each;

const FIRST: Migration = Migration {
    number: 1,
    name: "notes",
    sql: "CREATE TABLE note (id BIGINT PRIMARY KEY, text TEXT NOT NULL DEFAULT 'a;b');",
};
const SECOND: Migration = Migration {
    number: 2,
    name: "urgent notes",
    sql: "ALTER TABLE note ADD COLUMN is_urgent BOOLEAN NOT NULL DEFAULT FALSE;
          /* sqlite */ INSERT INTO note (id, text) VALUES (1, 'sqlite');
          /* postgres */ INSERT INTO note (id, text) VALUES (1, 'postgres');",
};

async fn refusal(db: &Db, migrations: &[Migration]) -> String {
    match db.migrate(migrations).await {
        Err(StoreError::Migration(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn steps_are_applied_in_order_and_only_once() {
    each(&[], |db| async move {
        let first = db.migrate(&[FIRST]).await.unwrap();
        assert_eq!((first.applied, first.current), (vec![1], 1));
        let second = db.migrate(&[FIRST, SECOND]).await.unwrap();
        assert_eq!((second.applied, second.current), (vec![2], 2));
        let again = db.migrate(&[FIRST, SECOND]).await.unwrap();
        assert_eq!((again.applied, again.current), (vec![], 2));
    })
    .await;
}

#[tokio::test]
async fn a_statement_meant_for_one_engine_runs_on_that_one_only() {
    each(&[FIRST, SECOND], |db| async move {
        let expected = match db.engine() {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        };
        let found: Result<_, StoreError> = db
            .read(|tx| {
                tx.query("SELECT text, is_urgent FROM note", &[], |row| {
                    Ok((row.get::<String>(0)?, row.get::<bool>(1)?))
                })
            })
            .await;
        assert_eq!(found.unwrap(), [(expected.to_owned(), false)]);
    })
    .await;
}

#[tokio::test]
async fn a_step_whose_text_changed_is_refused() {
    each(&[FIRST], |db| async move {
        let changed = Migration { sql: "CREATE TABLE note (id BIGINT PRIMARY KEY);", ..FIRST };
        assert!(refusal(&db, &[changed, SECOND]).await.contains("step 1"));
        assert!(db.migrate(&[FIRST, SECOND]).await.is_ok(), "nothing was left half done");
    })
    .await;
}

#[tokio::test]
async fn a_database_newer_than_the_program_is_refused() {
    each(&[FIRST, SECOND], |db| async move {
        assert!(refusal(&db, &[FIRST]).await.contains("newer program"));
    })
    .await;
}

#[tokio::test]
async fn a_failing_step_leaves_nothing_behind() {
    each(&[], |db| async move {
        let broken = Migration { sql: "CREATE TABLE a (id BIGINT); CREATE TABEL b;", ..SECOND };
        assert!(refusal(&db, &[FIRST, broken]).await.contains("step 2"));
        let applied = db.migrate(&[FIRST, SECOND]).await.unwrap().applied;
        assert_eq!(applied, [1, 2]);
    })
    .await;
}

#[tokio::test]
async fn numbers_must_rise_and_constraints_may_not_be_deferred() {
    each(&[], |db| async move {
        refusal(&db, &[SECOND, FIRST]).await;
        let deferred = Migration {
            sql: "CREATE TABLE a (id BIGINT REFERENCES b (id) DEFERRABLE INITIALLY DEFERRED);",
            ..FIRST
        };
        assert!(refusal(&db, &[deferred]).await.contains("deferrable"));
    })
    .await;
}

#[tokio::test]
async fn two_programs_that_start_at_once_migrate_once() {
    each(&[], |db| async move {
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move { db.migrate(&[FIRST, SECOND]).await.unwrap().applied })
            })
            .collect();
        let mut applied = Vec::new();
        for task in tasks {
            applied.extend(task.await.unwrap());
        }
        assert_eq!(applied, [1, 2]);
    })
    .await;
}

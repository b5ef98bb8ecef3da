//! Every hot query is served by an index and needs no sort, on both databases: the statements that
//! really run are explained, on tables that are large enough for a choice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod queries;
mod world;

use domain::id::{AccountId, PatientId, PoolId, ThreadId};
use domain::inbox::View;
use jiff::Timestamp;
use queries::{HOT, Work, ask};
use store::db::{Engine, StoreError, Tx};
use store::params;
use store::testing::each_migrated;
use uuid::Uuid;
use world::filled;

const POOL: PoolId = PoolId(Uuid::from_u128(1));
const MAYA: AccountId = AccountId(Uuid::from_u128(2));
const ROSA: PatientId = PatientId(Uuid::from_u128(0x1_0000));
const NOON: i64 = 1_800_000_000_000_000;

fn noon() -> Timestamp {
    Timestamp::from_microsecond(NOON).unwrap()
}

fn patient(n: u128) -> PatientId {
    PatientId(Uuid::from_u128(0x1_0000 + n))
}

fn thread(n: u128) -> ThreadId {
    ThreadId(Uuid::from_u128(0x100_0000 + n))
}

/// Tables in which reading everything would be felt; the others hold a clinic's settings.
const LARGE: [&str; 14] = [
    "thread",
    "thread_directory",
    "message",
    "inbox",
    "thread_reader",
    "pool_word",
    "patient",
    "patient_token",
    "resource",
    "audit_event",
    "outbox",
    "session",
    "data_key",
    "draft",
];

/// The statements of a piece of work that no index serves.
fn slow(tx: &mut Tx<'_>, work: impl FnOnce(&mut Tx<'_>) -> Result<(), StoreError>) -> Vec<String> {
    let engine = tx.engine();
    let planned = tx.plans_of(work).unwrap();
    assert!(!planned.is_empty(), "nothing ran");
    let is_slow = |line: &String| match engine {
        Engine::Sqlite => is_slow_in_sqlite(line),
        Engine::Postgres => is_slow_in_postgres(line),
    };
    let bad = planned.iter().filter(|(_, plan)| plan.iter().any(is_slow));
    bad.map(|(sql, plan)| format!("{sql}\n    {}", plan.join("\n    "))).collect()
}

fn is_slow_in_sqlite(line: &str) -> bool {
    let scans = line.strip_prefix("SCAN ").is_some_and(|rest| {
        let table = rest.split(' ').next().unwrap_or_default();
        LARGE.contains(&table) || table.len() == 1
    });
    scans || line.starts_with("USE TEMP B-TREE")
}

fn is_slow_in_postgres(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches("->").trim_start();
    // "Incremental Sort" and "Bitmap Heap Scan" read no more than their index has found.
    line.starts_with("Sort ") || LARGE.iter().any(|table| line.starts_with(&format!("Seq Scan on {table} ")))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_hot_query_is_served_by_an_index() {
    each_migrated(|db| async move {
        let store = filled(db).await;
        let (vault, engine) = (store.vault.clone(), store.db.engine());
        let found: Result<Vec<String>, StoreError> = store
            .db
            .write_alone(move |tx| {
                let told = |(name, work): &(&str, Work)| {
                    slow(tx, |tx| work(tx, &vault))
                        .into_iter()
                        .map(|query| format!("{name}: {query}"))
                        .collect()
                };
                Ok(HOT.iter().flat_map::<Vec<String>, _>(told).collect())
            })
            .await;
        let found = found.unwrap();
        assert!(found.is_empty(), "{engine:?}:\n{}", found.join("\n"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_view_of_an_inbox_reads_only_what_it_shows() {
    each_migrated(|db| async move {
        let store = filled(db).await;
        for (view, index) in [
            (View::ToDo, "inbox_by_rank"),
            (View::Waiting, "inbox_by_rank"),
            (View::Closed, "inbox_by_rank"),
            (View::Mine, "inbox_by_owner"),
            (View::Unassigned, "inbox_by_owner"),
            (View::Overdue, "inbox_by_rank"),
        ] {
            let (sql, params) = ask(view).statement();
            let plan: Result<Vec<String>, StoreError> = store.db.read(move |tx| tx.plan(&sql, &params)).await;
            let plan = plan.unwrap();
            assert!(plan.iter().any(|line| line.contains(index)), "{view:?}: {}", plan.join("\n"));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_no_index_serves_is_noticed() {
    each_migrated(|db| async move {
        let store = filled(db).await;
        let found: Result<(Vec<String>, Vec<String>), StoreError> = store
            .db
            .write(|tx| {
                let scan = slow(tx, |tx| {
                    tx.query("SELECT id FROM thread WHERE language = 'es'", &[], |_| Ok(())).map(drop)
                });
                let sort = slow(tx, |tx| {
                    tx.query(
                        "SELECT id FROM thread WHERE patient_id = $1 ORDER BY state",
                        params![ROSA],
                        |_| Ok(()),
                    )
                    .map(drop)
                });
                Ok((scan, sort))
            })
            .await;
        let (scan, sort) = found.unwrap();
        assert!(scan.len() == 1 && sort.len() == 1, "{scan:?} {sort:?}");
    })
    .await;
}

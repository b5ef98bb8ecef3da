//! `kill -9` in a storm of writes: whatever was acknowledged is there, once and whole.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use ring::rand::{SecureRandom, SystemRandom};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use store::db::{Db, DbOptions, Engine, Migration, StoreError};
use store::params;
use store::testing::TestDatabase;

/// Without a unique key, so that a row written twice would show.
const SCHEMA: &[Migration] = &[Migration {
    number: 1,
    name: "pairs",
    sql: "CREATE TABLE pair (id BIGINT NOT NULL, half BIGINT NOT NULL);",
}];

const TEST: &str = "acknowledged_writes_survive_a_killed_process";
const URL: &str = "SAMECHART_STORM_URL";
const START: &str = "SAMECHART_STORM_START";
const WRITERS: usize = 16;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_writes_survive_a_killed_process() {
    // This test starts itself again as the process that is killed.
    if let Ok(url) = std::env::var(URL) {
        return storm(&url).await;
    }
    let rounds = if std::env::var_os("SAMECHART_LONG").is_some() { 100 } else { 3 };
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let test = TestDatabase::new(engine, SCHEMA).await;
        let mut acknowledged = Vec::new();
        for round in 0..rounds {
            let new = tokio::task::block_in_place(|| killed_storm(&test.url, round * 1_000_000));
            assert!(!new.is_empty(), "{engine:?}: nothing was acknowledged in round {round}");
            acknowledged.extend(new);
            let db = test.open_again(&DbOptions::default()).await;
            check(&db, &acknowledged).await;
            db.close().await;
        }
        eprintln!("{engine:?}: {} acknowledged pairs in {rounds} rounds", acknowledged.len());
        test.dispose().await;
    }
}

async fn storm(url: &str) {
    let start: i64 = std::env::var(START).unwrap().parse().unwrap();
    let db = Db::open(&url.parse().unwrap(), &DbOptions::default()).await.unwrap();
    let next = Arc::new(AtomicI64::new(start));
    for _ in 0..WRITERS {
        tokio::spawn(write_for_ever(db.clone(), next.clone()));
    }
    std::future::pending().await
}

async fn write_for_ever(db: Db, next: Arc<AtomicI64>) {
    loop {
        let id = next.fetch_add(1, Ordering::Relaxed);
        write_pair(&db, id).await.unwrap();
        // One write call per line, so that a kill cannot cut a line in two.
        std::io::stdout().lock().write_all(format!("stored {id}\n").as_bytes()).unwrap();
    }
}

async fn write_pair(db: &Db, id: i64) -> Result<(), StoreError> {
    db.write(move |tx| {
        for half in [0, 1] {
            tx.execute("INSERT INTO pair (id, half) VALUES ($1, $2)", params![id, half])?;
        }
        Ok(())
    })
    .await
}

/// Lets the storm rage for a random while, kills it, and returns what it said was stored.
fn killed_storm(url: &str, start: i64) -> Vec<i64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", TEST, "--nocapture"])
        .env(URL, url)
        .env(START, start.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let id = |line: std::io::Result<String>| line.unwrap().split_once("stored ")?.1.parse().ok();
    let mut lines = lines.filter_map(id);
    let first = lines.next();
    let mut chance = [0];
    SystemRandom::new().fill(&mut chance).unwrap();
    let killer = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20 + u64::from(chance[0])));
        child.kill().unwrap();
        child.wait().unwrap()
    });
    let stored = first.into_iter().chain(lines).collect();
    killer.join().unwrap();
    stored
}

async fn check(db: &Db, acknowledged: &[i64]) {
    let rows: Result<_, StoreError> = db
        .read(|tx| {
            tx.query("SELECT id, half FROM pair", &[], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))
        })
        .await;
    let mut found: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (id, half) in rows.unwrap() {
        found.entry(id).or_default().push(half);
    }
    for (id, halves) in &mut found {
        halves.sort_unstable();
        assert_eq!(*halves, [0, 1], "pair {id}");
    }
    for id in acknowledged {
        assert!(found.contains_key(id), "pair {id} was acknowledged and is gone");
    }
}

//! `kill -9` in a storm of messages: whatever was acknowledged is there once and whole, nothing is half
//! there, and what was not acknowledged can be sent again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod storm;

use domain::id::{ClientKey, PatientId, ThreadId};
use domain::pace::Pace;
use jiff::SignedDuration;
use service::Service;
use service::checks::check;
use service::clock::Clock;
use service::view::thread::Sent;
use std::path::{Path, PathBuf};
use store::db::{Db, DbOptions, Engine, StoreError};
use store::keys::RootKeys;
use store::{Store, params};
use storm::{Heard, Killed, Writer};
use tempfile::TempDir;

const TEST: &str = "acknowledged_messages_survive_a_killed_server";

/// Where the storm rages, what opens the store, and where its sealer anchors.
struct Place {
    url: String,
    root: PathBuf,
    anchor: PathBuf,
}

impl Place {
    /// The clinic as another process finds it. Each process lives a minute later than the one before,
    /// so that it need not wait for the leases of the dead.
    async fn service(&self, round: i64) -> Service {
        let clock = Clock::Shifted(SignedDuration::from_mins(round));
        let db = Db::open(&self.url.parse().unwrap(), &DbOptions::default()).await.unwrap();
        let roots = RootKeys::load(&self.root).unwrap();
        let service = Service::new(Store::open(db, roots, clock.now()).await.unwrap(), clock);
        service.lets_send(Pace::FREE);
        service
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_messages_survive_a_killed_server() {
    // This test starts itself again as the process that is killed.
    if let Some((place, round)) = storm::place_of_child() {
        return storm::rage(place.service(round).await, &place.anchor, round).await;
    }
    let rounds = if std::env::var_os("SAMECHART_LONG").is_some() { 100 } else { 10 };
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let test = store::testing::TestDatabase::new(engine, &store::schema::migrations()).await;
        let folder = TempDir::new().unwrap();
        let place = Place {
            url: test.url.clone(),
            root: folder.path().join("root.key"),
            anchor: folder.path().join("anchors"),
        };
        storm::prepare(&place, folder.path()).await;
        let mut all = Vec::new();
        for round in 1..=rounds {
            let killed = tokio::task::block_in_place(|| storm::killed(TEST, &place, round));
            assert!(!killed.acknowledged.is_empty(), "{engine:?}: round {round} acknowledged nothing");
            let service = place.service(round).await;
            settled(&service).await;
            are_there(&service, &killed.acknowledged).await;
            can_be_sent_again(&service, &killed).await;
            all.extend(killed.acknowledged);
            // The whole store is looked at now and then, and at the end.
            if round % 5 == 0 {
                are_there(&service, &all).await;
                nothing_is_half_there(&service, &place.anchor).await;
            }
            service.store.db.clone().close().await;
        }
        eprintln!("{engine:?}: {} acknowledged entries in {rounds} rounds", all.len());
        test.dispose().await;
    }
}

/// PostgreSQL ends the transactions of a dead client when it notices; until then they may commit.
async fn settled(service: &Service) {
    if service.store.db.engine() == Engine::Sqlite {
        return;
    }
    loop {
        let others: Result<i64, StoreError> = service
            .store
            .db
            .read(|tx| {
                tx.query_one(
                    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()
                     AND state <> 'idle' AND pid <> pg_backend_pid()",
                    &[],
                    |row| row.get(0),
                )
            })
            .await;
        if others.unwrap() == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

/// Each acknowledged entry stands once, where it was said to stand, and opens to what was written.
async fn are_there(service: &Service, acknowledged: &[Heard]) {
    let (vault, acknowledged) = (service.store.vault.clone(), acknowledged.to_vec());
    let read: Result<(), StoreError> = service
        .store
        .db
        .read(move |tx| {
            for heard in &acknowledged {
                let places: Vec<(PatientId, ThreadId, i64)> = tx.query(
                    "SELECT patient_id, thread_id, seq FROM message WHERE client_key = $1",
                    params![heard.key],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
                )?;
                let said = (heard.patient, heard.thread, heard.seq);
                assert_eq!(places, [said], "{:?} was acknowledged", heard.key);
                let key = vault.patient(tx, heard.patient)?.unwrap();
                let message = store::message::at(tx, said)?.unwrap().open(&key)?;
                assert_eq!(
                    message.text_for(domain::message::Side::Team),
                    Some(storm::body(heard.key).as_str())
                );
            }
            Ok(())
        })
        .await;
    read.unwrap();
}

/// What was under way when the process died is sent again, twice, and stands once.
async fn can_be_sent_again(service: &Service, killed: &Killed) {
    for (writer, key) in &killed.under_way {
        let writer = Writer::find(service, *writer).await;
        let first: Sent = writer.begin(service, *key).await.unwrap();
        let second = writer.begin(service, *key).await.unwrap();
        assert!(second.was_already_sent);
        assert_eq!((first.thread, first.seq), (second.thread, second.seq));
        assert_eq!(sent_with(service, *key).await, 1);
    }
}

async fn sent_with(service: &Service, key: ClientKey) -> i64 {
    let count: Result<i64, StoreError> = service
        .store
        .db
        .read(move |tx| {
            tx.query_one("SELECT COUNT(*) FROM message WHERE client_key = $1", params![key], |row| row.get(0))
        })
        .await;
    count.unwrap()
}

/// No entry without its thread, no thread without its entries, its inbox row, its words and its notice,
/// all counts as they are counted again, and every audit row in its chain.
async fn nothing_is_half_there(service: &Service, anchor: &Path) {
    let report = check(&service.store, Some(anchor.to_path_buf()), |_| ()).await.unwrap();
    assert!(report.holds(), "{:#?}", &report.faults[..report.faults.len().min(5)]);
    assert!(report.counts.batches > 0, "the storm's sealer has worked");
    let missing: Result<Vec<i64>, StoreError> = service
        .store
        .db
        .read(|tx| {
            [
                // Every message has words, and every message of the team its notice.
                "SELECT COUNT(*) FROM message m WHERE m.kind <> 'event' AND NOT EXISTS (
                    SELECT 1 FROM pool_word w WHERE w.patient_id = m.patient_id
                       AND w.thread_id = m.thread_id AND w.seq = m.seq)",
                "SELECT ABS((SELECT COUNT(*) FROM message WHERE kind = 'message' AND side = 'team')
                          - (SELECT COUNT(*) FROM outbox WHERE notice = 'new_message'))",
                // Every message was written down in the audit.
                "SELECT COUNT(*) FROM thread t WHERE NOT EXISTS (
                    SELECT 1 FROM audit_event a WHERE a.patient_id = t.patient_id AND a.object_id = t.id
                       AND a.action = 'send_message' AND a.outcome = 'done')",
            ]
            .into_iter()
            .map(|sql| tx.query_one(sql, &[], |row| row.get(0)))
            .collect()
        })
        .await;
    assert_eq!(missing.unwrap(), [0, 0, 0]);
}

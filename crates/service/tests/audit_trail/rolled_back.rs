use crate::people::operator;
use crate::world::World;
use jiff::SignedDuration;
use service::Service;
use service::checks::check;
use service::clock::Clock;
use service::sealer::Sealer;
use std::path::Path;
use store::Store;
use store::check::Report;
use store::db::{Db, Engine};
use store::keys::RootKeys;
use store::testing::TestDatabase;

/// The store of another copy of the database, with the same root key.
async fn store_on(db: &Db, keys: &str) -> Store {
    let roots = RootKeys::from_text(keys).unwrap();
    Store::open(db.clone(), roots, Clock::System.now()).await.unwrap()
}

async fn seal(store: &Store, anchor: &Path) {
    let later = Service::new(store.clone(), Clock::Shifted(SignedDuration::from_mins(5)));
    let mut sealer = Sealer::new(later, Some(anchor)).unwrap();
    assert!(sealer.seal_once().await.unwrap().events > 0);
    sealer.stop().await.unwrap();
}

async fn checked(store: &Store, anchor: &Path) -> Report {
    check(store, Some(anchor.to_owned()), |_| {}).await.unwrap()
}

async fn act(store: &Store) {
    let service = Service::new(store.clone(), Clock::System);
    service.confirm_key_copy(&operator(&service)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_was_rolled_back_or_cut_short_shows_against_the_anchor_file() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let test = TestDatabase::new(engine, &store::schema::migrations()).await;
        let folder = tempfile::tempdir().unwrap();
        let anchor = folder.path().join("audit.anchor");
        let world = World::open(test.db.clone()).await;
        let keys = world.service().store.vault.roots().to_text().to_string();
        seal(&world.service().store, &anchor).await;
        drop(world);

        let (today, earlier) = test.copy().await;
        let store = store_on(&today.db, &keys).await;
        for _ in 0..3 {
            act(&store).await;
            seal(&store, &anchor).await;
        }
        let report = checked(&store, &anchor).await;
        assert!(report.holds(), "{:#?}", report.faults);
        assert_eq!(report.counts.anchored, report.counts.batches);

        // The earlier copy is whole in itself: only the anchor knows of what came after it.
        let rolled_back = store_on(&earlier.db, &keys).await;
        assert!(check(&rolled_back, None, |_| {}).await.unwrap().holds());
        let report = checked(&rolled_back, &anchor).await;
        crate::tampering::expect(&report, &["audit_batch", "rolled back"], "an earlier copy");

        // Sealed on, it cannot reach the anchored batches either, and the file keeps both stories.
        for _ in 0..3 {
            act(&rolled_back).await;
            seal(&rolled_back, &anchor).await;
        }
        let report = checked(&rolled_back, &anchor).await;
        crate::tampering::expect(&report, &["audit_batch", "not the batch that was anchored"], "sealed on");
        crate::tampering::expect(&report, &["anchor file", "rolled back and sealed on"], "sealed on");
        today.dispose().await;
        earlier.dispose().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_tail_of_batches_that_fits_the_chains_shows_against_the_anchor_file_only() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let test = TestDatabase::new(engine, &store::schema::migrations()).await;
        let folder = tempfile::tempdir().unwrap();
        let anchor = folder.path().join("audit.anchor");
        let world = World::open(test.db.clone()).await;
        let store = world.service().store.clone();
        seal(&store, &anchor).await;
        act(&store).await;
        seal(&store, &anchor).await;
        let cut = store.db.write(|tx| {
            let last: i64 = tx.query_one("SELECT MAX(no) FROM audit_batch", &[], |row| row.get(0))?;
            let organisation = uuid::Uuid::nil();
            let kept: (i64, Vec<u8>) = tx.query_one(
                "SELECT length, head FROM audit_batch_head WHERE patient_id = $1 AND batch_no < $2
                 ORDER BY batch_no DESC LIMIT 1",
                store::params![organisation, last],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            tx.execute("DELETE FROM audit_batch_head WHERE batch_no = $1", store::params![last])?;
            tx.execute("DELETE FROM audit_batch WHERE no = $1", store::params![last])?;
            tx.execute(
                "DELETE FROM audit_event WHERE patient_id = $1 AND chain_seq > $2",
                store::params![organisation, kept.0],
            )?;
            tx.execute(
                "UPDATE audit_chain SET length = $2, head = $3 WHERE patient_id = $1",
                store::params![organisation, kept.0, &kept.1],
            )
        });
        assert_eq!(cut.await.unwrap(), 1);
        let without = check(&store, None, |_| {}).await.unwrap();
        assert!(without.holds(), "{:#?}", without.faults);
        crate::tampering::expect(&checked(&store, &anchor).await, &["audit_batch", "cut off"], "a cut tail");
        std::fs::remove_file(&anchor).unwrap();
        let report = checked(&store, &anchor).await;
        crate::tampering::expect(&report, &["anchor file", "cannot be read"], "no anchor file");
        drop(world);
        test.dispose().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_beside_a_server_that_goes_on_sealing_finds_nothing_wrong() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let test = TestDatabase::new(engine, &store::schema::migrations()).await;
        let folder = tempfile::tempdir().unwrap();
        let anchor = folder.path().join("audit.anchor");
        let world = World::open(test.db.clone()).await;
        let (store, path) = (world.service().store.clone(), anchor.clone());
        let sealing = tokio::spawn(async move {
            for _ in 0..40 {
                act(&store).await;
                seal(&store, &path).await;
            }
        });
        while !sealing.is_finished() {
            let report = check(&world.service().store, anchor.is_file().then(|| anchor.clone()), |_| {});
            let report = report.await.unwrap();
            assert!(report.holds(), "{:#?}", report.faults);
        }
        sealing.await.unwrap();
        assert_eq!(checked(&world.service().store, &anchor).await.counts.anchored, 40);
        drop(world);
        test.dispose().await;
    }
}

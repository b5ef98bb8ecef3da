//! The whole Synthea set: as bundles and as bulk files it makes the same 120 charts, a second time it
//! changes nothing, and nothing in it leads nowhere. On both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod record;

use people::Clinic;
use record::{Charts, charts, import};
use std::path::PathBuf;
use store::db::Engine;
use store::schema::migrations;
use store::testing::TestDatabase;

const RESOURCES: u64 = 92_114;

fn synthea() -> PathBuf {
    let shared = std::env::var("SAMECHART_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into());
    let folder = PathBuf::from(shared).join("data/synthea");
    assert!(folder.is_dir(), "the shared test data are missing: {}", folder.display());
    folder
}

/// Imports a form into a fresh database, then another over it, and reads the charts back.
async fn imported(engine: Engine, form: &str, over_it: Option<&str>) -> Charts {
    let test = TestDatabase::new(engine, &migrations()).await;
    let clinic = Clinic::open(test.db.clone()).await;
    let first = import(&clinic.service, &[&synthea().join(form)]).await;
    eprintln!("{engine:?} {form}: {:.1} MB/s", first.bytes as f64 / 1e6 / first.seconds);
    assert_eq!((first.created, first.updated, first.unchanged), (RESOURCES, 0, 0));
    assert_eq!((first.refused, first.unresolved), (0, 0), "{:?} {:?}", first.refusals, first.dangling);
    assert_eq!(first.by_type.values().sum::<u64>(), RESOURCES);
    assert_eq!((first.by_type["Patient"], first.by_type["Observation"]), (120, 42_929));
    if let Some(form) = over_it {
        let second = import(&clinic.service, &[&synthea().join(form)]).await;
        eprintln!("{engine:?} {form} again: {:.1} MB/s", second.bytes as f64 / 1e6 / second.seconds);
        assert_eq!((second.created, second.updated, second.unchanged), (0, 0, RESOURCES));
        assert_eq!((second.refused, second.unresolved), (0, 0));
    }
    assert_eq!(clinic.count("SELECT COUNT(*) FROM resource_version").await, 0);
    assert_eq!(clinic.count("SELECT COUNT(*) FROM patient").await, 120);
    let charts = charts(&clinic.service).await;
    test.dispose().await;
    charts
}

async fn both_forms_agree(engine: Engine) {
    // The same content in the other form must change nothing: names and fingerprints are the same.
    let bundles = imported(engine, "bundles.ndjson.gz", Some("bulk")).await;
    let bulk = imported(engine, "bulk", None).await;
    let patients = bundles.keys().map(|(patient, _)| patient).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(patients.len(), 121, "120 charts and what belongs to nobody");
    assert_eq!(bundles.values().map(|(count, _)| *count as u64).sum::<u64>(), RESOURCES);
    assert_eq!(bundles.keys().collect::<Vec<_>>(), bulk.keys().collect::<Vec<_>>());
    for (place, chart) in &bundles {
        assert!(bulk[place] == *chart, "{place:?} differs");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bundles_and_bulk_files_make_the_same_charts_in_sqlite() {
    both_forms_agree(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bundles_and_bulk_files_make_the_same_charts_in_postgresql() {
    both_forms_agree(Engine::Postgres).await;
}

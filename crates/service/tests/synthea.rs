//! The whole Synthea set: as bundles and as bulk files it makes the same 120 charts, a second time it
//! changes nothing, and nothing in it leads nowhere. On both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod record;

use domain::covariate::{Covariates, Day, Insurance};
use domain::id::PatientId;
use people::Clinic;
use record::{Charts, charts, import};
use service::Service;
use std::collections::BTreeMap;
use std::path::PathBuf;
use store::db::{Engine, StoreError};
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
async fn imported(
    engine: Engine,
    form: &str,
    over_it: Option<&str>,
) -> (Charts, BTreeMap<PatientId, Covariates>) {
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
    clinic.service.seal_audit().await.unwrap();
    let started = std::time::Instant::now();
    let report = service::checks::check(&clinic.service.store, None, |_| {}).await.unwrap();
    eprintln!("{engine:?} {form}: checked in {:.1} s", started.elapsed().as_secs_f64());
    assert!(report.holds(), "{:#?}", &report.faults[..report.faults.len().min(20)]);
    let charts = charts(&clinic.service).await;
    let known = covariates(&clinic.service).await;
    test.dispose().await;
    (charts, known)
}

async fn covariates(service: &Service) -> BTreeMap<PatientId, Covariates> {
    let vault = service.store.vault.clone();
    let all =
        service.store.db.read(move |tx| store::covariate::after(tx, &vault, PatientId::ORGANISATION, 1_000));
    all.await.map_err(|error: StoreError| error).unwrap().into_iter().collect()
}

/// Counted in the files by hand: the coverage of each patient's last benefit, and who died.
fn expect_what_the_files_say(known: &BTreeMap<PatientId, Covariates>) {
    assert_eq!(known.len(), 120);
    let count = |is_it: &dyn Fn(&Covariates) -> bool| known.values().filter(|one| is_it(one)).count();
    let insured = |insurance| count(&|one| one.insurance_on(Day::MAX) == Some(insurance));
    use Insurance::{Commercial, DualEligible, Medicaid, Medicare, Uninsured};
    assert_eq!([Commercial, Medicare, Medicaid, DualEligible, Uninsured].map(insured), [63, 24, 9, 2, 22]);
    assert_eq!(count(&|one| one.person.is_deceased && one.person.died.is_some()), 20);
    assert_eq!(count(&|one| one.person.born.is_some() && one.person.language.as_deref() == Some("en")), 111);
    let diagnoses = known.values().map(|one| one.diagnoses_within(Day::MIN, Day::MAX).count());
    assert_eq!(diagnoses.sum::<usize>(), 1_597);
}

/// What is known of everybody, in an order that does not come from ids: each store makes its own.
fn without_ids(known: &BTreeMap<PatientId, Covariates>) -> Vec<String> {
    let told = |covariates: &Covariates| {
        let mut json = serde_json::to_value(covariates).unwrap();
        let diagnoses = json["diagnoses"].as_object().unwrap().values();
        let mut diagnoses: Vec<String> = diagnoses.map(|one| one.to_string()).collect();
        diagnoses.sort();
        json["diagnoses"] = diagnoses.into();
        json.to_string()
    };
    let mut all: Vec<String> = known.values().map(told).collect();
    all.sort();
    all
}

async fn both_forms_agree(engine: Engine) {
    // The same content in the other form must change nothing: names and fingerprints are the same.
    let (bundles, known) = imported(engine, "bundles.ndjson.gz", Some("bulk")).await;
    let (bulk, known_from_bulk) = imported(engine, "bulk", None).await;
    expect_what_the_files_say(&known);
    assert_eq!(without_ids(&known), without_ids(&known_from_bulk));
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

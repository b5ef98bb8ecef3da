use crate::people::{Clinic, operator};
use jiff::SignedDuration;
use service::checks::check;
use service::import::Import;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use store::testing::each_migrated;

/// The first bundles of the sample data, one a line.
fn bundles(count: usize) -> String {
    let shared = std::env::var("SAMECHART_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into());
    let path = Path::new(&shared).join("data/synthea/bundles.ndjson.gz");
    let file = std::fs::File::open(&path).expect("the shared test data");
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).unwrap();
    text.lines().take(count).flat_map(|line| [line, "\n"]).collect()
}

async fn import(clinic: &Clinic, path: &Path) -> service::import::ImportReport {
    let import = Import { paths: vec![path.to_owned()], source: "sample".into(), ..Import::default() };
    let tell = Arc::new(|_: &service::import::Progress| {});
    clinic.service.import(&operator(&clinic.service), import, tell).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imported_record_with_changed_versions_passes_every_rule_and_opens_at_its_places() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bundles.ndjson");
        let text = bundles(4);
        std::fs::write(&path, &text).unwrap();
        assert!(import(&clinic, &path).await.created > 500);
        std::fs::write(&path, text.replace("\"final\"", "\"amended\"")).unwrap();
        assert!(import(&clinic, &path).await.updated > 50);

        clinic.later(SignedDuration::from_mins(5)).seal_audit().await.unwrap();
        let report = check(&clinic.service.store, None, |_| {}).await.unwrap();
        assert!(report.holds(), "{:#?}", &report.faults[..report.faults.len().min(20)]);
        let sealed = clinic.count("SELECT COUNT(*) FROM resource").await
            + clinic.count("SELECT COUNT(*) FROM resource_version").await;
        assert!(i64::try_from(report.counts.opened).unwrap() > sealed);
    })
    .await;
}

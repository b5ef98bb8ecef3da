//! The Synthea set, as it is imported.

use super::{Walk, operator};
use service::Service;
use service::clock::Clock;
use service::import::Import;
use service::organisation::NewOrganisation;
use std::path::PathBuf;
use std::sync::Arc;
use store::Store;
use store::db::Engine;
use store::keys::{RootKey, RootKeys};
use store::schema::migrations;
use store::testing::TestDatabase;

const PATIENTS: usize = 120;

fn bulk() -> PathBuf {
    let shared = std::env::var("SAMECHART_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into());
    PathBuf::from(shared).join("data/synthea/bulk")
}

async fn clinic(test: &TestDatabase) -> Service {
    let clock = Clock::System;
    let roots = RootKeys::new(RootKey::generate().unwrap());
    let service = Service::new(Store::open(test.db.clone(), roots, clock.now()).await.unwrap(), clock);
    let new = NewOrganisation {
        name: "Riverbend".into(),
        phone: "555-010-0100".into(),
        time_zone: "America/Los_Angeles".into(),
        is_demo: false,
    };
    assert!(service.found(&operator(&service), new).await.unwrap());
    let import = Import { paths: vec![bulk()], source: "synthea".into(), ..Import::default() };
    let report = service.import(&operator(&service), import, Arc::new(|_| {})).await.unwrap();
    assert_eq!((report.by_type["Patient"] as usize, report.refused), (PATIENTS, 0));
    service
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_every_synthea_patient_opens_in_both_languages() {
    let test = TestDatabase::new(Engine::Sqlite, &migrations()).await;
    let opened = Walk::of(clinic(&test).await).everywhere(PATIENTS).await;
    assert!(opened > PATIENTS * 30, "{opened} pages");
    test.dispose().await;
}

//! A small demo clinic: the whole hand-written cast, and some of the crowd.

use super::{Browser, Walk};
use domain::language::Language;
use service::Service;
use std::collections::BTreeSet;
use store::Store;
use store::db::Engine;
use store::keys::{RootKey, RootKeys};
use store::schema::migrations;
use store::testing::TestDatabase;

const PATIENTS: usize = 60;

async fn clinic(test: &TestDatabase) -> Service {
    let roots = RootKeys::new(RootKey::generate().unwrap());
    let now = service::clock::Clock::System.now();
    let store = Store::open(test.db.clone(), roots, now).await.unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let clock = server::demo::make(&store, folder.path(), PATIENTS).await.unwrap();
    Service::new(store, clock)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_every_patient_of_the_demo_opens_in_both_languages() {
    let test = TestDatabase::new(Engine::Sqlite, &migrations()).await;
    let walker = Walk::of(clinic(&test).await);
    let opened = walker.everywhere(PATIENTS).await;
    assert!(opened > PATIENTS * 30, "{opened} pages");
    test.dispose().await;
}

/// The browser of somebody of the cast.
async fn of<'a>(walker: &'a Walk, name: &str) -> Browser<'a> {
    let all = walker.patients().await;
    walker.browser(all.iter().find(|(_, card)| card.name == name).unwrap()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_cast_find_their_visits_plans_and_panels_in_their_own_language() {
    let test = TestDatabase::new(Engine::Sqlite, &migrations()).await;
    let walker = Walk::of(clinic(&test).await);
    miguel_reads_spanish(&of(&walker, "Miguel Santos").await).await;
    rosa_finds_what_belongs_together(&of(&walker, "Rosa Delgado").await).await;
    test.dispose().await;
}

async fn miguel_reads_spanish(browser: &Browser<'_>) {
    browser.speak(Language::Es).await;
    for (address, said) in [
        ("/record", "Amlodipino, tableta de 5 mg"),
        ("/record", "Sarpullido"),
        ("/visits", "Visita de seguimiento"),
        ("/visits", "Presión alta"),
        ("/plans", "Vivir con presión alta"),
        ("/plans", "menos de 130 mmHg"),
        ("/coverage", "Seguro médico privado"),
        ("/care-team", "Enfermera titulada"),
        ("/notes", "Resumen de la visita"),
    ] {
        let page = browser.open(&format!("/p/{}{address}", browser.patient), Language::Es).await;
        assert!(page.contains(said), "{address}: {said}");
    }
    let notes = browser.whole("/notes", Language::Es).await;
    let page = browser.open(&notes[0], Language::Es).await;
    assert!(page.contains("Lo que acordamos") && page.contains("Medir la presión en la casa"), "{page}");
}

async fn rosa_finds_what_belongs_together(browser: &Browser<'_>) {
    browser.speak(Language::En).await;
    let visits = browser.whole("/visits", Language::En).await;
    // The newest but one: the newest was for vaccines.
    let visit = browser.open(&visits[1], Language::En).await;
    for said in ["Follow-up visit", "High blood pressure", "148/84 mmHg", "4.7 mmol/L", "Visit summary"] {
        assert!(visit.contains(said), "{said}");
    }
    let results = browser.whole("/results", Language::En).await;
    let mut panels = BTreeSet::new();
    for address in &results {
        let page = browser.open(address, Language::En).await;
        let links = crate::html::attributes(&page, "href");
        let is_panel = |link: &&&str| link.contains("/results/") && !results.contains(&link.to_string());
        panels.extend(links.iter().filter(is_panel).map(|link| link.to_string()));
    }
    let mut found = 0;
    for panel in &panels {
        let page = browser.open(panel, Language::En).await;
        let (basic, fats) = (["Potassium", "Sodium", "Creatinine"], ["LDL cholesterol", "HDL cholesterol"]);
        let members: &[&str] = if page.contains("Basic blood test") { &basic } else { &fats };
        assert!(members.iter().all(|name| page.contains(name)), "{page}");
        found += 1;
    }
    assert_eq!(found, 5, "three of salts and kidneys, two of cholesterol");
}

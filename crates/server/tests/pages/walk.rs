//! Every page of every patient of the Synthea set, through the router as a browser asks for it: lists
//! whole and in both languages, visits, notes and results one by one. In an ordinary run a part of the
//! single ones; all of them with SAMECHART_LONG.

use crate::html;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use domain::actor::{Actor, Door};
use domain::enrolment::IdentityProof;
use domain::id::{PatientId, RequestId};
use domain::language::Language;
use server::web::frame::Clinic;
use server::web::router::router;
use server::web::site::WebSettings;
use service::Service;
use service::clock::Clock;
use service::ctx::Ctx;
use service::import::Import;
use service::organisation::NewOrganisation;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use store::Store;
use store::db::{Engine, StoreError};
use store::keys::{RootKey, RootKeys};
use store::schema::migrations;
use store::testing::TestDatabase;
use tower::ServiceExt;
use uuid::Uuid;

const PASSWORD: &str = "river stones at dusk";
const PATIENTS: usize = 120;
/// Pages in each of which a section stands whole.
const SECTIONS: [&str; 9] =
    ["/", "/messages", "/record", "/vitals", "/procedures", "/plans", "/care-team", "/coverage", "/looked"];
/// Lists with a page after the other, and what their rows lead to.
const LISTS: [&str; 3] = ["/results", "/visits", "/notes"];

/// How many pages behind one list are opened.
fn most() -> usize {
    if std::env::var_os("SAMECHART_LONG").is_some() { usize::MAX } else { 4 }
}

fn synthea() -> PathBuf {
    let shared = std::env::var("SAMECHART_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into());
    PathBuf::from(shared).join("data/synthea/bulk")
}

struct Walk {
    service: Service,
    router: Router,
}

/// One patient's browser.
struct Browser<'a> {
    walk: &'a Walk,
    patient: PatientId,
    ctx: Ctx,
    cookie: String,
}

fn operator(service: &Service) -> Ctx {
    Ctx { actor: Actor::operator(), now: service.now(), request: RequestId(Uuid::nil()) }
}

impl Walk {
    async fn open(test: &TestDatabase) -> Walk {
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
        let import = Import { paths: vec![synthea()], source: "synthea".into(), ..Import::default() };
        let report = service.import(&operator(&service), import, Arc::new(|_| {})).await.unwrap();
        assert_eq!((report.by_type["Patient"] as usize, report.refused), (PATIENTS, 0));
        let settings = WebSettings {
            clinic: Clinic { name: "Riverbend".into(), phone: "555-010-0100".into() },
            zone: jiff::tz::TimeZone::get("America/Los_Angeles").unwrap(),
            is_secure: false,
            trusted_proxies: Default::default(),
            demo: None,
        };
        Walk { router: router(service.clone(), settings), service }
    }

    async fn patients(&self) -> Vec<(PatientId, String)> {
        let vault = self.service.store.vault.clone();
        let cards = self.service.store.db.read(move |tx| -> Result<Vec<_>, StoreError> {
            let ids: Vec<PatientId> =
                tx.query("SELECT patient_id FROM patient ORDER BY patient_id", &[], |row| row.get(0))?;
            let mut cards = Vec::with_capacity(ids.len());
            for id in ids {
                let card = store::patient::load(tx, &vault, id)?.map(|chart| chart.card);
                cards.push((id, card.and_then(|card| card.birth_date).unwrap_or_default()));
            }
            Ok(cards)
        });
        cards.await.unwrap()
    }

    async fn browser(&self, patient: PatientId, born: &str) -> Browser<'_> {
        let service = &self.service;
        let invited = service.invite(&operator(service), patient, IdentityProof::InPerson).await.unwrap();
        let name = format!("patient-{}", patient.0.simple());
        let signed_in = service.activate(&invited.code, born, &name, PASSWORD, Language::En).await.unwrap();
        let session = service.session(Door::Patient, &signed_in.token).await.unwrap().unwrap();
        let ctx = Ctx { actor: session.actor, now: service.now(), request: RequestId(Uuid::nil()) };
        let cookie = format!("samechart_patient={}", signed_in.token);
        Browser { walk: self, patient, ctx, cookie }
    }
}

impl Browser<'_> {
    async fn speak(&self, language: Language) {
        self.walk.service.set_language(&self.ctx, language).await.unwrap();
    }

    /// Opens a page of this patient and looks for what no page may have.
    async fn open(&self, address: &str, language: Language) -> String {
        let mut request =
            Request::get(address).header(header::COOKIE, &self.cookie).body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo::<SocketAddr>("127.0.0.1:4000".parse().unwrap()));
        let answer = self.walk.router.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{address}");
        let page = to_bytes(answer.into_body(), 4 << 20).await.unwrap();
        let page = String::from_utf8(page.to_vec()).unwrap();
        html::balanced(&page).unwrap_or_else(|problem| panic!("{address}: {problem}"));
        assert!(page.contains(&format!("<html lang=\"{}\"", language.tag())), "{address}");
        assert!(!page.contains('\u{27e6}'), "{address}: a sentence is missing");
        let ids = html::attributes(&page, "id");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{address}: {ids:?}");
        page
    }

    /// Opens a list to its end; answers what its rows lead to.
    async fn whole(&self, list: &str, language: Language) -> Vec<String> {
        let base = format!("/p/{}{list}", self.patient);
        let (mut address, mut found) = (base.clone(), Vec::new());
        loop {
            let page = self.open(&address, language).await;
            let links = html::attributes(&page, "href");
            let single = format!("{base}/");
            found.extend(links.iter().filter(|link| link.starts_with(&single)).map(|link| link.to_string()));
            let next = links.iter().find(|link| link.starts_with(&format!("{base}?after=")));
            match next {
                Some(next) => address = next.to_string(),
                None => return found,
            }
        }
    }
}

async fn walk(browser: &Browser<'_>) -> usize {
    let mut opened = 0;
    let mut single = Vec::new();
    for language in [Language::En, Language::Es] {
        browser.speak(language).await;
        for section in SECTIONS {
            browser.open(&format!("/p/{}{section}", browser.patient), language).await;
            opened += 1;
        }
        single.clear();
        for list in LISTS {
            let found = browser.whole(list, language).await;
            opened += 1 + found.len() / 25;
            // Some of the newest and some of the oldest.
            let (first, last) = (most().min(found.len()), found.len().saturating_sub(most() / 2));
            single.extend(found[..first].iter().chain(&found[last.max(first)..]).cloned());
        }
        for address in &single {
            browser.open(address, language).await;
        }
        opened += single.len();
    }
    opened
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_every_synthea_patient_opens_in_both_languages() {
    let test = TestDatabase::new(Engine::Sqlite, &migrations()).await;
    let walker = Walk::open(&test).await;
    let patients = walker.patients().await;
    assert_eq!(patients.len(), PATIENTS);
    let mut opened = 0;
    for (patient, born) in &patients {
        opened += walk(&walker.browser(*patient, born).await).await;
    }
    println!("{opened} pages");
    assert!(opened > PATIENTS * 30, "{opened} pages");
    test.dispose().await;
}

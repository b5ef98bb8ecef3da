//! Every page of every patient of a clinic, through the router as a browser asks for it: lists whole and
//! in both languages, visits, notes, results and their panels one by one. In an ordinary run a part of the
//! single ones; all of them with SAMECHART_LONG.

mod demo;
mod synthea;

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
use service::ctx::Ctx;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use store::db::StoreError;
use store::patient::PatientCard;
use tower::ServiceExt;
use uuid::Uuid;

const PASSWORD: &str = "river stones at dusk";
/// Pages in each of which a section stands whole.
const SECTIONS: [&str; 9] =
    ["/", "/messages", "/record", "/vitals", "/procedures", "/plans", "/care-team", "/coverage", "/looked"];
/// Lists with a page after the other, and what their rows lead to.
const LISTS: [&str; 3] = ["/results", "/visits", "/notes"];

/// How many pages behind one list are opened.
fn most() -> usize {
    if std::env::var_os("SAMECHART_LONG").is_some() { usize::MAX } else { 4 }
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
    /// The pages of a clinic that stands in this service's store.
    fn of(service: Service) -> Walk {
        let settings = WebSettings {
            clinic: Clinic { name: "Riverbend".into(), phone: "555-010-0100".into() },
            zone: jiff::tz::TimeZone::get("America/Los_Angeles").unwrap(),
            is_secure: false,
            trusted_proxies: Default::default(),
            demo: None,
        };
        Walk { router: router(service.clone(), settings), service }
    }

    /// Opens everything of everybody; how many pages that were.
    async fn everywhere(&self, patients: usize) -> usize {
        let known = self.patients().await;
        assert_eq!(known.len(), patients);
        let mut opened = 0;
        for patient in &known {
            opened += walk(&self.browser(patient).await).await;
        }
        println!("{opened} pages");
        opened
    }

    async fn patients(&self) -> Vec<(PatientId, PatientCard)> {
        let vault = self.service.store.vault.clone();
        let cards = self.service.store.db.read(move |tx| -> Result<Vec<_>, StoreError> {
            let ids: Vec<PatientId> =
                tx.query("SELECT patient_id FROM patient ORDER BY patient_id", &[], |row| row.get(0))?;
            let mut cards = Vec::with_capacity(ids.len());
            for id in ids {
                cards.extend(store::patient::card(tx, &vault, id)?.map(|card| (id, card)));
            }
            Ok(cards)
        });
        cards.await.unwrap()
    }

    async fn browser(&self, (patient, card): &(PatientId, PatientCard)) -> Browser<'_> {
        let service = &self.service;
        let (patient, born) = (*patient, card.birth_date.as_deref().unwrap_or_default());
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

    /// Whether an address is that of one visit, note or result.
    fn is_single(&self, address: &str) -> bool {
        LISTS.iter().any(|list| address.starts_with(&format!("/p/{}{list}/", self.patient)))
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
    let mut single: Vec<String> = Vec::new();
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
        let mut beside = BTreeSet::new();
        for address in &single {
            let page = browser.open(address, language).await;
            let links = html::attributes(&page, "href");
            beside.extend(links.iter().filter(|link| browser.is_single(link)).map(|link| link.to_string()));
        }
        // What only another page leads to, as a result to its panel.
        beside.retain(|address| !single.contains(address));
        for address in beside.iter().take(most()) {
            browser.open(address, language).await;
        }
        opened += single.len() + beside.len().min(most());
    }
    opened
}

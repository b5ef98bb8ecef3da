//! A small clinic behind the real router, with one account for each kind of person.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use domain::actor::{Door, Role};
use domain::draft::{Body as MessageBody, NewThread, Subject};
use domain::empanelment::EmpanelmentSource;
use domain::enrolment::IdentityProof;
use domain::id::{
    AccountId, ClientKey, CloseReasonId, PatientId, PoolId, RequestId, ResourceId, StudyRunId, TopicId,
};
use domain::language::{Label, Language};
use domain::proxy::{ProxyBasis, ProxyRelation, ProxyScope};
use jiff::SignedDuration;
use server::web::frame::Clinic;
use server::web::router::router;
use server::web::site::WebSettings;
use service::Service;
use service::accounts::NewStaff;
use service::clock::Clock;
use service::ctx::Ctx;
use service::import::Import;
use service::organisation::NewOrganisation;
use service::pools::NewPool;
use service::proxies::{NewProxy, ProxyIs};
use service::studies::runs::{Asked, SHIPPED};
use service::view::thread::{Sent, ThreadView};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use store::Store;
use store::db::Db;
use store::empanelment::Empanelment;
use store::keys::{RootKey, RootKeys};
use store::params;
use store::study_run::ReportFile;
use tower::ServiceExt;
use uuid::Uuid;

pub const PASSWORD: &str = "river stones at dusk";
pub const BORN: &str = "1955-03-02";

/// Who tries a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    Nobody,
    /// The patient whose record it is.
    Rosa,
    /// Another patient.
    Carl,
    /// Rosa's daughter, who acts for her.
    Ellen,
    /// In the pool that holds Rosa's threads.
    Nurse,
    /// In another pool, without a tie to Rosa.
    OtherNurse,
    /// In the same pool, which the physician leads.
    Physician,
    FrontDesk,
    Administrator,
    PrivacyOfficer,
    Analyst,
}

pub const EVERYBODY: [Who; 11] = [
    Who::Nobody,
    Who::Rosa,
    Who::Carl,
    Who::Ellen,
    Who::Nurse,
    Who::OtherNurse,
    Who::Physician,
    Who::FrontDesk,
    Who::Administrator,
    Who::PrivacyOfficer,
    Who::Analyst,
];

impl Who {
    pub fn door(self) -> Door {
        if matches!(self, Who::Nobody | Who::Rosa | Who::Carl | Who::Ellen) {
            Door::Patient
        } else {
            Door::Team
        }
    }

    fn staff(self) -> Option<(&'static str, Role)> {
        match self {
            Who::Nurse => Some(("maya", Role::Nurse)),
            Who::OtherNurse => Some(("jonas", Role::Nurse)),
            Who::Physician => Some(("okafor", Role::Physician)),
            Who::FrontDesk => Some(("luis", Role::FrontDesk)),
            Who::Administrator => Some(("admin", Role::Administrator)),
            Who::PrivacyOfficer => Some(("privacy", Role::PrivacyOfficer)),
            Who::Analyst => Some(("analyst", Role::Analyst)),
            _ => None,
        }
    }
}

/// A signed-in browser.
#[derive(Clone)]
pub struct Browser {
    pub account: AccountId,
    pub cookie: String,
    pub csrf: String,
    pub ctx: Ctx,
}

pub struct World {
    pub service: Service,
    pub router: Router,
    pub rosa: PatientId,
    #[allow(dead_code, reason = "only some of the stories that share this world need him")]
    pub carl: PatientId,
    /// Somebody else who acts for Rosa, whom she may end.
    #[allow(dead_code, reason = "only some of the stories that share this world need them")]
    pub spare_proxy: AccountId,
    pub nurses: PoolId,
    pub potassium: ResourceId,
    pub visit: ResourceId,
    pub note: ResourceId,
    pub topic: TopicId,
    pub close_reason: CloseReasonId,
    /// Two study runs that are done.
    #[allow(dead_code, reason = "only the routes' table needs them")]
    pub studies: [StudyRunId; 2],
    pub browsers: HashMap<Who, Browser>,
}

impl World {
    pub async fn open(db: Db) -> World {
        let roots = RootKeys::new(RootKey::generate().unwrap());
        let clock = Clock::System;
        let service = Service::new(Store::open(db, roots, clock.now()).await.unwrap(), clock);
        found(&service).await;
        let nurses = pool(&service, "Riverbend Nurses").await;
        let others = pool(&service, "Lakeside Nurses").await;
        let (rosa, carl) = import(&service).await;
        for patient in [rosa, carl] {
            empanel(&service, patient, nurses).await;
        }
        let mut browsers = HashMap::new();
        for (who, patient, name) in [(Who::Rosa, rosa, "rosa"), (Who::Carl, carl, "carl")] {
            let code =
                service.invite(&operator(&service), patient, IdentityProof::InPerson).await.unwrap().code;
            service.activate(&code, BORN, name, PASSWORD, Language::En).await.unwrap();
            browsers.insert(who, sign_in(&service, Door::Patient, name).await);
        }
        let (_, code) = proxy(&service, rosa, "Ellen Delgado").await;
        service.activate(&code, BORN, "ellen", PASSWORD, Language::En).await.unwrap();
        browsers.insert(Who::Ellen, sign_in(&service, Door::Patient, "ellen").await);
        let (spare_proxy, _) = proxy(&service, rosa, "Luis Delgado").await;
        for who in EVERYBODY {
            let Some((name, role)) = who.staff() else { continue };
            let pools = match who {
                Who::OtherNurse => vec![others],
                Who::Nurse | Who::Physician | Who::FrontDesk => vec![nurses],
                _ => Vec::new(),
            };
            let account = staff(&service, (name, role), pools).await;
            if who == Who::Physician {
                service.set_pool_lead(&operator(&service), (nurses, account), true).await.unwrap();
            }
            browsers.insert(who, sign_in(&service, Door::Team, name).await);
        }
        let results = service.results(&browsers[&Who::Rosa].ctx, rosa, None).await.unwrap();
        let potassium = results.1.items[0].resource;
        let visits = service.visits(&browsers[&Who::Rosa].ctx, rosa, None).await.unwrap();
        let visit = visits.1.0.items[0].resource;
        let notes = service.chart_notes(&browsers[&Who::Rosa].ctx, rosa, None).await.unwrap();
        let note = notes.1.0.items[0].resource;
        let settings = WebSettings {
            clinic: Clinic { name: "Riverbend".into(), phone: "555-010-0100".into() },
            zone: jiff::tz::TimeZone::get("America/Los_Angeles").unwrap(),
            is_secure: false,
            trusted_proxies: Default::default(),
            demo: None,
        };
        let router = router(service.clone(), settings);
        let topic = service.store.db.read(store::topic::active).await.unwrap()[0].id;
        let close_reason = service.store.db.read(store::close_reason::active).await.unwrap()[0].id;
        let studies = [study(&service).await, study(&service).await];
        World {
            service,
            router,
            rosa,
            carl,
            spare_proxy,
            nurses,
            potassium,
            visit,
            note,
            topic,
            close_reason,
            studies,
            browsers,
        }
    }

    /// A new thread of Rosa's with the nurses, with one message.
    pub async fn thread(&self) -> Sent {
        self.thread_by(Who::Rosa).await
    }

    /// The same, written by somebody of the patient's side.
    pub async fn thread_by(&self, who: Who) -> Sent {
        let new = NewThread {
            pool: self.nurses,
            topic: self.topic,
            subject: Subject::parse("My potassium").unwrap(),
            body: MessageBody::parse("Is it too high?").unwrap(),
            about: None,
            continues: None,
            client_key: ClientKey(self.service.ids.mint(self.service.now())),
        };
        self.service.send_new(&self.now(who), self.rosa, new).await.unwrap()
    }

    /// The same person a moment later.
    pub fn now(&self, who: Who) -> Ctx {
        Ctx { now: self.service.now(), ..self.browsers[&who].ctx.clone() }
    }

    /// The thread as Rosa has it, for ids of its messages.
    pub async fn read(&self, thread: &Sent) -> ThreadView {
        self.service.thread(&self.now(Who::Rosa), self.rosa, thread.thread).await.unwrap()
    }

    /// The thread's ids without Rosa having opened the team's answer.
    pub async fn unread(&self, thread: &Sent) -> ThreadView {
        let mut view =
            self.service.thread(&self.now(Who::Rosa), self.rosa, self.thread().await.thread).await.unwrap();
        let nurse = self.service.team_thread(&self.now(Who::Nurse), thread.thread).await.unwrap();
        view.last_seq = nurse.last_seq;
        view.entries = nurse.entries;
        view
    }

    /// A new session for somebody who has signed out.
    pub async fn sign_in_again(&mut self, who: Who) {
        let name = match who {
            Who::Rosa => "rosa",
            Who::Carl => "carl",
            Who::Ellen => "ellen",
            staff => staff.staff().unwrap().0,
        };
        let browser = sign_in(&self.service, who.door(), name).await;
        self.browsers.insert(who, browser);
    }

    /// Sends a request as this person's browser would, and gives status and place.
    pub async fn ask(
        &self,
        who: Who,
        method: &str,
        path: &str,
        form: Option<String>,
    ) -> (StatusCode, String) {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "localhost");
        if let Some(browser) = self.browsers.get(&who) {
            request = request.header(header::COOKIE, &browser.cookie);
        }
        if form.is_some() {
            request = request
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::ORIGIN, "http://localhost")
                .header("sec-fetch-site", "same-origin");
        }
        let mut request = request.body(form.map_or_else(Body::empty, Body::from)).unwrap();
        request.extensions_mut().insert(ConnectInfo::<SocketAddr>("127.0.0.1:4000".parse().unwrap()));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let place = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        (response.status(), place.unwrap_or_default())
    }

    /// Audit rows of this account since the mark: (action, outcome).
    pub async fn audit(&self, who: Who, since: Uuid) -> Vec<(String, String)> {
        let Some(account) = self.browsers.get(&who).map(|browser| browser.account) else { return Vec::new() };
        let rows = self.service.store.db.read(move |tx| {
            tx.query(
                "SELECT action, outcome FROM audit_event WHERE account_id = $1 AND id > $2 ORDER BY id",
                params![account, since],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
        });
        rows.await.unwrap()
    }

    /// A mark in the order of audit rows. Rows so far are sealed off from counting repeats.
    pub async fn mark(&self) -> Uuid {
        let cut = self.service.store.db.write(|tx| {
            // Refusals and lists within a minute are counted into one row: here each try is to have its own.
            let counted = "outcome <> 'done' OR action = 'read_inbox'";
            tx.execute(&format!("UPDATE audit_event SET at = 0 WHERE {counted}"), &[])
        });
        cut.await.unwrap();
        self.service.ids.mint(self.service.now())
    }
}

pub fn operator(service: &Service) -> Ctx {
    Ctx { actor: domain::actor::Actor::operator(), now: service.now(), request: RequestId(Uuid::nil()) }
}

async fn found(service: &Service) {
    let new = NewOrganisation {
        name: "Riverbend".into(),
        phone: "555-010-0100".into(),
        time_zone: "America/Los_Angeles".into(),
        is_demo: false,
    };
    assert!(service.found(&operator(service), new).await.unwrap());
}

async fn pool(service: &Service, name: &str) -> PoolId {
    let new = NewPool {
        label: Label::new(name, name),
        readers: None,
        site: name.into(),
        answer_within_minutes: 240,
        is_default: false,
    };
    service.create_pool(&operator(service), new).await.unwrap()
}

async fn staff(service: &Service, (name, role): (&str, Role), pools: Vec<PoolId>) -> AccountId {
    let new = NewStaff {
        name: format!("{name} of staff"),
        sign_in_name: name.into(),
        role,
        specialty: None,
        practitioner: None,
        pools,
        language: Language::En,
        password: Some(PASSWORD.into()),
    };
    service.create_staff(&operator(service), new).await.unwrap()
}

async fn proxy(service: &Service, patient: PatientId, name: &str) -> (AccountId, String) {
    let new = NewProxy {
        who: ProxyIs::Named(name.into(), Language::En),
        relation: ProxyRelation::Daughter,
        scope: ProxyScope::ALL,
        basis: ProxyBasis::Consent,
        from: None,
        until: None,
    };
    let (account, invitation) = service.grant_proxy(&operator(service), patient, new).await.unwrap();
    (account, invitation.unwrap().code)
}

async fn sign_in(service: &Service, door: Door, name: &str) -> Browser {
    let signed_in = service.sign_in(door, name, PASSWORD, "192.0.2.7").await.unwrap();
    let session = service.session(door, &signed_in.token).await.unwrap().unwrap();
    let cookie = if door == Door::Team { "samechart_team" } else { "samechart_patient" };
    Browser {
        account: session.account,
        cookie: format!("{cookie}={}", signed_in.token),
        csrf: session.csrf,
        ctx: Ctx { actor: session.actor, now: service.now(), request: RequestId(Uuid::nil()) },
    }
}

/// Rosa with one potassium, one visit and its note, and Carl with an empty chart.
async fn import(service: &Service) -> (PatientId, PatientId) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.ndjson");
    let patient = |id: &str, given: &str| {
        format!(
            r#"{{"resourceType":"Patient","id":"{id}","birthDate":"{BORN}","name":[{{"family":"Delgado","given":["{given}"]}}]}}"#
        )
    };
    let potassium = r#"{"resourceType":"Observation","id":"k1","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2823-3","display":"Potassium"}]},"subject":{"reference":"Patient/rosa"},"effectiveDateTime":"2026-11-20T09:00:00Z","valueQuantity":{"value":5.4,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"}}"#;
    let visit = r#"{"resourceType":"Encounter","id":"e1","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},"type":[{"text":"Office visit"}],"subject":{"reference":"Patient/rosa"},"period":{"start":"2026-11-20T09:00:00Z","end":"2026-11-20T09:25:00Z"}}"#;
    let note = r#"{"resourceType":"DocumentReference","id":"d1","status":"current","type":{"text":"Visit note"},"subject":{"reference":"Patient/rosa"},"date":"2026-11-20T10:00:00Z","context":{"encounter":[{"reference":"Encounter/e1"}]},"content":[{"attachment":{"contentType":"text/plain","data":"UmVzdC4="}}]}"#;
    let lines = [&patient("rosa", "Rosa"), &patient("carl", "Carl"), potassium, visit, note].join("\n");
    std::fs::write(&file, lines).unwrap();
    let import = Import { paths: vec![file], source: "test".into(), ..Import::default() };
    let report = service.import(&operator(service), import, Arc::new(|_| {})).await.unwrap();
    assert_eq!(report.created, 5, "{report:?}");
    let id = async |name: &str| service.find_patient_id(name).await.unwrap().unwrap();
    (id("rosa").await, id("carl").await)
}

/// A run as if it had been done, with a report of two files: the record here is too small for a study.
async fn study(service: &Service) -> StudyRunId {
    let asked = Asked::check(SHIPPED[0].text).unwrap();
    let run = service.start_study(&operator(service), asked, None).await.unwrap();
    let json = r#"{"n":900,"events":120,"percent":13.3,"clusters":12,"minimum_cell":11,"unit":"enrollees",
        "outcome":"messaged","cluster":"pcp","variables":[],"warnings":[]}"#;
    let file = |name: &str, text: &str| ReportFile { name: name.into(), text: text.into() };
    let html = "<!doctype html><html lang=\"en\"><head><title>R</title><style>p { color: red }</style></head></html>";
    let files = vec![file("report.html", html), file("report.json", json)];
    let (vault, now) = (service.store.vault.clone(), service.now());
    let done = service.store.db.write(move |tx| {
        store::study_run::claim(tx, &vault, "Samechart", now)?;
        store::study_run::finish(tx, &vault, (run, &files), now)
    });
    done.await.unwrap();
    run
}

async fn empanel(service: &Service, patient: PatientId, pool: PoolId) {
    let from = service.now() - SignedDuration::from_hours(24);
    let source = EmpanelmentSource::File;
    let row = Empanelment { patient, pool, practitioner: None, from, until: None, source };
    service.store.db.write(move |tx| store::empanelment::insert(tx, &row)).await.unwrap();
}

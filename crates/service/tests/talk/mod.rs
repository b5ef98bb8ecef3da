//! Rosa and Luis with one team of two nurses, and everything that they can say to each other.
#![allow(dead_code, reason = "each story uses a part of it")]

use crate::people::{BORN, Clinic, PASSWORD};
use domain::actor::{Actor, Door, Role, StaffRole};
use domain::draft::{Body, NewThread, Reason, Reply, Subject};
use domain::empanelment::EmpanelmentSource;
use domain::id::{AccountId, ClientKey, CloseReasonId, PatientId, PoolId, RequestId, ThreadId, TopicId};
use domain::language::Language;
use jiff::SignedDuration;
use service::Service;
use service::ctx::Ctx;
use service::view::thread::Sent;
use std::sync::atomic::{AtomicU64, Ordering};
use store::StoreError;
use store::db::Db;
use store::empanelment::Empanelment;
use uuid::Uuid;

pub struct Talk {
    pub clinic: Clinic,
    pub rosa: PatientId,
    pub luis: PatientId,
    pub as_rosa: Ctx,
    pub as_luis: Ctx,
    pub as_maya: Ctx,
    pub as_jonas: Ctx,
    pub topic: TopicId,
    pub solved: CloseReasonId,
}

impl Talk {
    pub async fn open(db: Db) -> Talk {
        let clinic = Clinic::open(db).await;
        let (rosa, luis) = (clinic.patient(1, "MRN-1").await, clinic.patient(2, "MRN-2").await);
        let as_rosa = patient(&clinic, rosa, "rosa").await;
        let as_luis = patient(&clinic, luis, "luis").await;
        let maya = clinic.staff("maya", Role::Nurse).await;
        let jonas = clinic.staff("jonas", Role::Nurse).await;
        let as_maya = staff(&clinic.service, maya, Role::Nurse, vec![clinic.nurses]);
        let as_jonas = staff(&clinic.service, jonas, Role::Nurse, vec![clinic.nurses]);
        let topic = clinic.service.store.db.read(store::topic::active).await.unwrap()[0].id;
        let solved = clinic.service.store.db.read(store::close_reason::active).await.unwrap()[0].id;
        Talk { clinic, rosa, luis, as_rosa, as_luis, as_maya, as_jonas, topic, solved }
    }

    pub fn service(&self) -> Service {
        self.clinic.service.clone()
    }

    /// The same person a moment later.
    pub fn now(&self, ctx: &Ctx) -> Ctx {
        Ctx { now: self.clinic.service.now(), ..ctx.clone() }
    }

    pub fn question(&self, body: &str) -> NewThread {
        NewThread {
            pool: self.clinic.nurses,
            topic: self.topic,
            subject: Subject::parse("My potassium").unwrap(),
            body: Body::parse(body).unwrap(),
            about: None,
            continues: None,
            client_key: key(),
        }
    }

    /// Rosa begins a thread.
    pub async fn ask(&self, body: &str) -> Sent {
        self.service().send_new(&self.now(&self.as_rosa), self.rosa, self.question(body)).await.unwrap()
    }

    pub async fn answer(&self, who: &Ctx, thread: ThreadId, body: &str) -> Sent {
        self.service().answer(&self.now(who), thread, reply(body, i64::MAX), None).await.unwrap()
    }

    pub async fn number(&self, sql: &'static str) -> i64 {
        let number: Result<i64, StoreError> =
            self.service().store.db.clone().read(move |tx| tx.query_one(sql, &[], |row| row.get(0))).await;
        number.unwrap()
    }
}

async fn patient(clinic: &Clinic, patient: PatientId, name: &str) -> Ctx {
    let service = &clinic.service;
    let code = clinic.code(patient).await;
    let account = service.activate(&code, BORN, name, PASSWORD, Language::En).await.unwrap().account;
    let row = Empanelment {
        patient,
        pool: clinic.nurses,
        practitioner: None,
        from: service.now() - SignedDuration::from_hours(24),
        until: None,
        source: EmpanelmentSource::File,
    };
    service.store.db.write(move |tx| store::empanelment::insert(tx, &row)).await.unwrap();
    let actor = Actor {
        account,
        door: Door::Patient,
        language: Language::En,
        own_chart: Some(patient),
        staff: Vec::new(),
        pools: Vec::new(),
        leads: Vec::new(),
    };
    ctx(service, actor)
}

/// A member of staff as a session would make it.
pub fn staff(service: &Service, account: AccountId, role: Role, pools: Vec<PoolId>) -> Ctx {
    let actor = Actor {
        account,
        door: Door::Team,
        language: Language::En,
        own_chart: None,
        staff: vec![StaffRole { role, site: None, specialty: None }],
        pools,
        leads: Vec::new(),
    };
    ctx(service, actor)
}

pub fn ctx(service: &Service, actor: Actor) -> Ctx {
    Ctx { actor, now: service.now(), request: RequestId(Uuid::from_u128(5)) }
}

pub fn key() -> ClientKey {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    ClientKey(Uuid::from_u128(NEXT.fetch_add(1, Ordering::Relaxed).into()))
}

pub fn reply(body: &str, last_seen: i64) -> Reply {
    Reply { body: Body::parse(body).unwrap(), last_seen, client_key: key() }
}

pub fn reason(text: &str) -> Reason {
    Reason::parse(text).unwrap()
}

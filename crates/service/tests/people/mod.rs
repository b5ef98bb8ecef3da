//! A small clinic on a fresh database: Rosa, who has a chart, and the operator.
#![allow(dead_code, reason = "each story uses a part of the clinic")]

use domain::actor::{Actor, Door, Role};
use domain::covariate::{Finding, Person};
use domain::enrolment::IdentityProof;
use domain::id::{AccountId, PatientId, PoolId, RequestId, ResourceId};
use domain::language::{Label, Language};
use jiff::{SignedDuration, Timestamp};
use service::accounts::NewStaff;
use service::clock::Clock;
use service::ctx::Ctx;
use service::organisation::NewOrganisation;
use service::pools::NewPool;
use service::sign_ins::SignedIn;
use service::{Service, ServiceError};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Store;
use store::db::{Db, StoreError};
use store::keys::{RootKey, RootKeys};
use store::params;
use store::patient::PatientCard;
use store::vault::Vault;

pub const BORN: &str = "1958-03-02";
pub const PASSWORD: &str = "river stones at dusk";
pub const ADDRESS: &str = "192.0.2.7";

pub struct Clinic {
    pub service: Service,
    pub nurses: PoolId,
}

impl Clinic {
    pub async fn open(db: Db) -> Clinic {
        Self::open_with(db, RootKeys::new(RootKey::generate().unwrap())).await
    }

    /// With keys that another process has as well.
    pub async fn open_with(db: Db, roots: RootKeys) -> Clinic {
        let clock = Clock::System;
        let service = Service::new(Store::open(db, roots, clock.now()).await.unwrap(), clock);
        let operator = operator(&service);
        let new = NewOrganisation {
            name: "Riverbend Clinic".into(),
            phone: "555-010-0100".into(),
            time_zone: "America/Los_Angeles".into(),
            is_demo: false,
        };
        assert!(service.found(&operator, new).await.unwrap());
        let nurses = new_pool("Nurses", "Enfermería", "Riverbend");
        let nurses = service.create_pool(&operator, nurses).await.unwrap();
        Clinic { service, nurses }
    }

    pub fn operator(&self) -> Ctx {
        operator(&self.service)
    }

    /// The same clinic, seen later.
    pub fn later(&self, by: SignedDuration) -> Service {
        Service::new(self.service.store.clone(), Clock::Shifted(by))
    }

    /// A living patient born on [`BORN`].
    pub async fn patient(&self, number: u128, mrn: &str) -> PatientId {
        let id = PatientId(uuid::Uuid::from_u128(number));
        let now = self.service.now();
        let key = self.service.store.new_patient_key(id, now).await.unwrap();
        let card = PatientCard {
            name: "Rosa Delgado".into(),
            called: "Rosa".into(),
            birth_date: Some(BORN.into()),
            mrn: Some(mrn.into()),
            ..PatientCard::default()
        };
        let sealed = store::patient::seal_card(&key, id, 1, &card).unwrap();
        let vault = self.service.store.vault.clone();
        let write = self.service.store.db.write(move |tx| {
            tx.execute(
                "INSERT INTO patient (patient_id, resource_id, card, card_version, is_deceased, legal_hold,
                                      created_at, updated_at)
                 VALUES ($1, $1, $2, 1, FALSE, FALSE, $3, $3)",
                params![id, &sealed, now],
            )?;
            let tokens = store::patient_token::of_card(vault.organisation().blind(), &card);
            store::patient_token::replace(tx, id, &tokens)?;
            let born = vec![Finding::Person(Person { born: Some((1955, 11)), ..Person::default() })];
            store::covariate::learn(tx, &vault, [(id, born)].into(), now)
        });
        write.await.unwrap();
        id
    }

    /// A patient with an account named `rosa`.
    pub async fn rosa(&self) -> (PatientId, SignedIn) {
        let rosa = self.patient(1, "MRN-1").await;
        let code = self.code(rosa).await;
        let signed_in = self.service.activate(&code, BORN, "rosa", PASSWORD, Language::Es).await.unwrap();
        (rosa, signed_in)
    }

    pub async fn code(&self, patient: PatientId) -> String {
        let proof = IdentityProof::InPerson;
        self.service.invite(&self.operator(), patient, proof).await.unwrap().code
    }

    /// A member of staff with a password, in the nurses' pool.
    pub async fn staff(&self, sign_in_name: &str, role: Role) -> AccountId {
        self.practitioner(sign_in_name, role, None).await
    }

    pub async fn practitioner(
        &self,
        sign_in_name: &str,
        role: Role,
        practitioner: Option<ResourceId>,
    ) -> AccountId {
        let new = NewStaff {
            name: "Maria Lopez, RN".into(),
            sign_in_name: sign_in_name.into(),
            role,
            specialty: None,
            practitioner,
            pools: vec![self.nurses],
            language: Language::En,
            password: Some(PASSWORD.into()),
        };
        self.service.create_staff(&self.operator(), new).await.unwrap()
    }

    pub async fn enter(&self, door: Door, name: &str, password: &str) -> Result<SignedIn, ServiceError> {
        self.service.sign_in(door, name, password, ADDRESS).await
    }

    /// The audit's (action, outcome) pairs of a patient or the organisation, in order.
    pub async fn audit(&self, patient: PatientId) -> Vec<(String, String)> {
        let rows = self.service.store.db.read(move |tx| {
            tx.query(
                "SELECT action, outcome FROM audit_event WHERE patient_id = $1 ORDER BY id",
                params![patient],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
        });
        rows.await.unwrap()
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        let count = self.service.store.db.read(move |tx| tx.query_one(sql, &[], |row| row.get::<i64>(0)));
        count.await.map_err(|error: StoreError| error).unwrap()
    }
}

pub fn operator(service: &Service) -> Ctx {
    ctx(service, Actor::operator())
}

pub fn ctx(service: &Service, actor: Actor) -> Ctx {
    Ctx { actor, now: service.now(), request: RequestId(uuid::Uuid::nil()) }
}

pub fn new_pool(en: &str, es: &str, site: &str) -> NewPool {
    NewPool {
        label: Label::new(en, es),
        readers: None,
        site: site.into(),
        answer_within_minutes: 240,
        is_default: false,
    }
}

pub fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Many charts at once, each with what studies may know of it.
pub async fn populate(db: &Db, vault: Arc<Vault>, findings: BTreeMap<PatientId, Vec<Finding>>) {
    let now = Timestamp::UNIX_EPOCH;
    let card = vec![0u8; 64];
    let row = |id: &PatientId| params![*id, id.0, &card, 1i64, false, false, now, now].to_vec();
    let rows: Vec<_> = findings.keys().map(row).collect();
    db.write(move |tx| {
        let columns = [
            "patient_id",
            "resource_id",
            "card",
            "card_version",
            "is_deceased",
            "legal_hold",
            "created_at",
            "updated_at",
        ];
        tx.insert_many("patient", &columns, &rows)?;
        store::covariate::learn(tx, &vault, findings.clone(), now)
    })
    .await
    .unwrap();
}

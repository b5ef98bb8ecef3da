//! The scratch clinic: an organisation with pools, patients with charts, and their actors.

use crate::cli::outcome::Failure;
use domain::actor::{Actor, Door, Role, StaffRole};
use domain::covariate::{Finding, Person};
use domain::empanelment::EmpanelmentSource;
use domain::id::{
    AccountId, ClientKey, CloseReasonId, PatientId, PoolId, RequestId, ResourceId, SiteId, TopicId,
};
use domain::language::{Label, Language};
use domain::pace::Pace;
use jiff::{SignedDuration, Timestamp};
use service::Service;
use service::accounts::NewStaff;
use service::clock::Clock;
use service::ctx::Ctx;
use service::organisation::NewOrganisation;
use service::pools::NewPool;
use std::sync::Arc;
use store::Store;
use store::db::{DatabaseUrl, Db, DbOptions};
use store::empanelment::Empanelment;
use store::keys::{DataKey, RootKey, RootKeys};
use store::patient::PatientCard;
use store::record_batch::{NewChart, RecordBatch};
use uuid::Uuid;

/// Patients that one transaction adds.
const BATCH: usize = 500;

/// A chart with the key that seals it.
#[derive(Clone)]
pub struct Chart {
    pub id: PatientId,
    pub pool: PoolId,
    pub key: Arc<DataKey>,
    pub card: PatientCard,
    pub account: AccountId,
}

pub struct Clinic {
    pub service: Service,
    pub site: SiteId,
    pub topic: TopicId,
    pub reason: CloseReasonId,
    pub charts: Arc<Vec<Chart>>,
    /// A nurse who is in every pool.
    pub nurse: Actor,
}

/// Measuring sends more for one patient than a person would.
fn hurried(store: Store, clock: Clock) -> Service {
    let service = Service::new(store, clock);
    service.lets_send(Pace::FREE);
    service
}

impl Clinic {
    /// Founds the clinic in a new database, with so many pools and patients.
    pub async fn found(url: &DatabaseUrl, (pools, patients): (usize, usize)) -> Result<Clinic, Failure> {
        let clock = Clock::System;
        let db = Db::open(url, &DbOptions::default()).await?;
        let store = Store::open(db, RootKeys::new(RootKey::generate()?), clock.now()).await?;
        let service = hurried(store, clock);
        let operator = ctx(&service, &Actor::operator());
        let new = NewOrganisation {
            name: "Scratch".into(),
            phone: "555-010-0100".into(),
            time_zone: "America/Los_Angeles".into(),
            is_demo: true,
        };
        service.found(&operator, new).await?;
        let pools = new_pools(&service, &operator, pools).await?;
        let nurse = nurse(&service, &operator, &pools).await?;
        let found = service.store.db.read(|tx| {
            let topic = store::topic::active(tx)?.first().map(|topic| topic.id);
            let reason = store::close_reason::active(tx)?.first().map(|reason| reason.id);
            Ok::<_, store::StoreError>(topic.zip(reason))
        });
        let (topic, reason) = found.await?.ok_or_else(|| Failure::failed("no topics"))?;
        let first = pools[0];
        let site = service.store.db.read(move |tx| store::pool::load(tx, first)).await?;
        let site = site.ok_or_else(|| Failure::failed("no pool"))?.site;
        let charts = Arc::new(charts(&service, &pools, patients).await?);
        Ok(Clinic { service, site, topic, reason, charts, nurse })
    }

    /// The same clinic on a copy of its database.
    pub async fn on(&self, url: &DatabaseUrl, options: &DbOptions) -> Result<Service, Failure> {
        let store = Store { db: Db::open(url, options).await?, vault: self.service.store.vault.clone() };
        Ok(hurried(store, Clock::System))
    }

    pub async fn close(&self) {
        self.service.store.db.clone().close().await;
    }
}

/// The circumstances of one call now.
pub fn ctx(service: &Service, actor: &Actor) -> Ctx {
    let now = service.now();
    Ctx { actor: actor.clone(), now, request: RequestId(service.ids.mint(now)) }
}

pub fn as_patient(chart: &Chart) -> Actor {
    Actor {
        account: chart.account,
        door: Door::Patient,
        language: Language::En,
        own_chart: Some(chart.id),
        staff: Vec::new(),
        pools: Vec::new(),
        leads: Vec::new(),
    }
}

pub fn client_key(service: &Service) -> ClientKey {
    ClientKey(service.ids.mint(service.now()))
}

async fn new_pools(service: &Service, operator: &Ctx, count: usize) -> Result<Vec<PoolId>, Failure> {
    let mut pools = Vec::new();
    for number in 1..=count {
        let new = NewPool {
            label: Label::new(format!("Pool {number}"), format!("Equipo {number}")),
            readers: None,
            site: "Scratch".into(),
            answer_within_minutes: 240,
            is_default: number == 1,
        };
        pools.push(service.create_pool(operator, new).await?);
    }
    Ok(pools)
}

async fn nurse(service: &Service, operator: &Ctx, pools: &[PoolId]) -> Result<Actor, Failure> {
    let new = NewStaff {
        name: "Nina Ortiz, RN".into(),
        sign_in_name: "nina".into(),
        role: Role::Nurse,
        specialty: None,
        practitioner: None,
        pools: pools.to_vec(),
        language: Language::En,
        password: None,
    };
    Ok(Actor {
        account: service.create_staff(operator, new).await?,
        door: Door::Team,
        language: Language::En,
        own_chart: None,
        staff: vec![StaffRole { role: Role::Nurse, site: None, specialty: None }],
        pools: pools.to_vec(),
        leads: Vec::new(),
    })
}

async fn charts(service: &Service, pools: &[PoolId], patients: usize) -> Result<Vec<Chart>, Failure> {
    let mut all = Vec::with_capacity(patients);
    let now = service.now();
    let from = now - SignedDuration::from_hours(24 * 900);
    while all.len() < patients {
        let mut batch = RecordBatch::default();
        let mut placed = Vec::new();
        for number in all.len()..patients.min(all.len() + BATCH) {
            let chart = chart(service, pools[number % pools.len()], number, &mut batch)?;
            placed.push(empanelled(&chart, from));
            all.push(chart);
        }
        let (batch, vault) = (Arc::new(batch), service.store.vault.clone());
        let writing = service.store.db.write_alone(move |tx| {
            batch.write(tx, &vault, now)?;
            placed.iter().try_for_each(|row| store::empanelment::insert(tx, row).map(drop))
        });
        writing.await?;
    }
    Ok(all)
}

fn chart(service: &Service, pool: PoolId, number: usize, batch: &mut RecordBatch) -> Result<Chart, Failure> {
    let id = PatientId(service.ids.mint(service.now()));
    let vault = &service.store.vault;
    let (key, wrapped) = vault.generate(id)?;
    let card = PatientCard {
        name: format!("Alma{} Prueba{}", number % 977, number % 1_013),
        called: format!("Alma{}", number % 977),
        birth_date: Some(format!("{}-{:02}-{:02}", 1930 + number % 80, 1 + number % 12, 1 + number % 28)),
        mrn: Some(format!("MRN-{number}")),
        phone: Some(format!("555-01{:02}-{:04}", number / 10_000, number % 10_000)),
        ..PatientCard::default()
    };
    batch.charts.push(NewChart {
        patient: id,
        resource: ResourceId(id.0),
        card: store::patient::seal_card(&key, id, 1, &card)?,
        card_version: 1,
        is_deceased: false,
        tokens: store::patient_token::of_card(vault.organisation().blind(), &card),
    });
    let person =
        Person { born: Some((1930 + (number % 80) as i16, 1 + (number % 12) as i8)), ..Person::default() };
    batch.findings.push((id, Finding::Person(person)));
    batch.keys.push((id, wrapped));
    let account = AccountId(Uuid::from_u128(1 + number as u128));
    Ok(Chart { id, pool, key, card, account })
}

fn empanelled(chart: &Chart, from: Timestamp) -> Empanelment {
    Empanelment {
        patient: chart.id,
        pool: chart.pool,
        practitioner: None,
        from,
        until: None,
        source: EmpanelmentSource::File,
    }
}

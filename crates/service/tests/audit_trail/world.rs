//! Rosa and Luis, two nurses, threads, a retraction, a draft, a chart: every kind of row once or twice.

use crate::people::{Clinic, PASSWORD};
use domain::actor::{Door, Role};
use domain::confidentiality::Sensitivity;
use domain::draft::{Body, DraftText, NewThread, Reason, Reply, Subject};
use domain::empanelment::EmpanelmentSource;
use domain::id::{ClientKey, MessageId, PatientId, RequestId, ResourceId, StudyRunId, ThreadId};
use domain::language::Language;
use domain::proxy::{ProxyBasis, ProxyRelation, ProxyScope};
use jiff::{SignedDuration, Timestamp};
use service::Service;
use service::checks::check;
use service::ctx::Ctx;
use service::drafts::DraftSlot;
use service::proxies::{NewProxy, ProxyIs};
use std::sync::atomic::{AtomicU64, Ordering};
use store::break_glass::BrokenGlass;
use store::check::Report;
use store::db::Db;
use store::empanelment::Empanelment;
use store::params;
use store::record_batch::{Facts, NewEntry, NewResource, RecordBatch};
use store::study_key::StudyKey;
use store::study_run::{self, Content, NewRun, ReportFile};
use uuid::Uuid;

pub struct World {
    pub clinic: Clinic,
    pub rosa: PatientId,
    pub luis: PatientId,
    pub as_rosa: Ctx,
    pub as_maya: Ctx,
    pub thread: ThreadId,
}

impl World {
    /// Everything written and sealed in two batches or more.
    pub async fn sealed(db: Db) -> World {
        let world = World::open(db).await;
        world.seal().await;
        world.talk().await;
        world.seal().await;
        world
    }

    /// Everything written, nothing sealed.
    pub async fn open(db: Db) -> World {
        let clinic = Clinic::open(db).await;
        let (rosa, _) = clinic.rosa().await;
        let luis = clinic.patient(2, "MRN-2").await;
        for patient in [rosa, luis] {
            chart(&clinic, patient).await;
        }
        clinic.staff("maya", Role::Nurse).await;
        let as_rosa = enter(&clinic, Door::Patient, "rosa").await;
        let as_maya = enter(&clinic, Door::Team, "maya").await;
        let thread = ThreadId(Uuid::nil());
        let mut world = World { clinic, rosa, luis, as_rosa, as_maya, thread };
        world.thread = world.begin(&world.as_rosa, rosa, "My potassium").await;
        world.begin(&world.as_maya, luis, "Your visit on Monday").await;
        world.begin(&world.as_maya, luis, "Your new medicine").await;
        for words in ["potassium", "salt"] {
            world.service().search_own(&world.now(&world.as_rosa), rosa, words.into(), None).await.unwrap();
        }
        world.retract().await;
        world.break_glass().await;
        world.proxies().await;
        for title in ["First study", "Second study"] {
            world.study(title).await;
        }
        world
    }

    pub fn service(&self) -> &Service {
        &self.clinic.service
    }

    /// Seals everything, refusals too, as a sealer some minutes later would.
    pub async fn seal(&self) {
        let later = self.clinic.later(SignedDuration::from_mins(5));
        assert!(later.seal_audit().await.unwrap().batches > 0);
    }

    /// The same person a moment later.
    pub fn now(&self, ctx: &Ctx) -> Ctx {
        Ctx { now: self.service().now(), ..ctx.clone() }
    }

    pub async fn check(&self) -> Report {
        check(&self.service().store, None, |_| {}).await.unwrap()
    }

    /// Some more acts on both charts, for a second batch.
    pub async fn talk(&self) {
        self.begin(&self.as_rosa, self.rosa, "Another question").await;
        self.begin(&self.as_maya, self.luis, "One more thing").await;
        self.service().team_thread(&self.now(&self.as_maya), self.thread).await.unwrap();
        self.drafts().await;
    }

    pub async fn begin(&self, ctx: &Ctx, patient: PatientId, subject: &str) -> ThreadId {
        let topics = self.service().store.db.read(store::topic::active).await.unwrap();
        let new = NewThread {
            pool: self.clinic.nurses,
            topic: topics[0].id,
            subject: Subject::parse(subject).unwrap(),
            body: Body::parse("Is a salt substitute fine with my potassium?").unwrap(),
            about: None,
            continues: None,
            client_key: key(),
        };
        let ctx = self.now(ctx);
        let sent = match ctx.actor.door {
            Door::Patient => self.service().send_new(&ctx, patient, new).await,
            _ => self.service().begin(&ctx, patient, new).await,
        };
        sent.unwrap().thread
    }

    async fn drafts(&self) {
        let text = DraftText { body: "half a thought".into(), ..DraftText::default() };
        for slot in [DraftSlot::New, DraftSlot::Thread(self.thread)] {
            let ctx = self.now(&self.as_rosa);
            self.service().save_draft(&ctx, self.rosa, slot, text.clone()).await.unwrap();
        }
    }

    async fn retract(&self) {
        for body in ["That was for somebody else.", "And that too."] {
            let ctx = self.now(&self.as_maya);
            let seen = self.service().team_thread(&ctx, self.thread).await.unwrap().last_seq;
            let reply = Reply { body: Body::parse(body).unwrap(), last_seen: seen, client_key: key() };
            let sent = self.service().answer(&self.now(&ctx), self.thread, reply, None).await.unwrap();
            let reason = Reason::parse("the wrong patient").unwrap();
            let message = self.message(sent.seq).await;
            self.service().retract(&self.now(&ctx), self.thread, message, reason).await.unwrap();
        }
    }

    /// A run with its key and a report.
    async fn study(&self, title: &str) {
        let (vault, now) = (self.service().store.vault.clone(), self.service().now());
        let id = StudyRunId(self.service().ids.mint(now));
        let content = Content { title: title.into(), protocol: "format = 1".into(), ..Content::default() };
        let key = StudyKey::random().unwrap();
        let protocol_hash = "0".repeat(64);
        let new = NewRun { id, asked_by: None, asked_at: now, protocol_hash, seed: None, key, content };
        let files = vec![ReportFile { name: "report.html".into(), text: format!("<h1>{title}</h1>") }];
        let write = self.service().store.db.write(move |tx| {
            study_run::insert(tx, &vault, &new)?;
            study_run::claim(tx, &vault, "Samechart", now)?;
            study_run::finish(tx, &vault, (id, &files), now)
        });
        write.await.unwrap();
    }

    async fn message(&self, seq: i64) -> MessageId {
        let thread = self.thread;
        let found = self.service().store.db.read(move |tx| {
            let sql = "SELECT id FROM message WHERE thread_id = $1 AND seq = $2";
            tx.query_one(sql, params![thread, seq], |row| row.get::<MessageId>(0))
        });
        found.await.unwrap()
    }

    async fn proxies(&self) {
        for patient in [self.rosa, self.luis] {
            let new = NewProxy {
                who: ProxyIs::Named("Ellen Finch".into(), Language::En),
                relation: ProxyRelation::Daughter,
                scope: ProxyScope::ALL,
                basis: ProxyBasis::Consent,
                from: None,
                until: None,
            };
            self.service().grant_proxy(&self.clinic.operator(), patient, new).await.unwrap();
        }
    }

    async fn break_glass(&self) {
        let (account, now) = (self.as_maya.actor.account, self.service().now());
        for patient in [self.rosa, self.luis] {
            let key = self.service().store.patient_key(patient).await.unwrap().unwrap();
            let broken = BrokenGlass::seal(&key, (patient, account), now, "unconscious at the door").unwrap();
            let write = self.service().store.db.write(move |tx| store::break_glass::insert(tx, &broken));
            write.await.unwrap();
        }
    }
}

pub fn key() -> ClientKey {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    ClientKey(Uuid::from_u128(NEXT.fetch_add(1, Ordering::Relaxed).into()))
}

pub async fn enter(clinic: &Clinic, door: Door, name: &str) -> Ctx {
    let signed_in = clinic.enter(door, name, PASSWORD).await.unwrap();
    let session = clinic.service.session(door, &signed_in.token).await.unwrap().unwrap();
    Ctx { actor: session.actor, now: clinic.service.now(), request: RequestId(Uuid::from_u128(5)) }
}

/// The Patient resource, in two versions, and the ties that let the team in.
async fn chart(clinic: &Clinic, patient: PatientId) {
    let now = clinic.service.now();
    let key = clinic.service.store.patient_key(patient).await.unwrap().unwrap();
    let resource = ResourceId(patient.0);
    let version = |version: i64| NewResource {
        patient,
        resource,
        resource_type: "Patient".into(),
        version,
        clinical_at: 0,
        section: "other",
        sensitivity: Sensitivity::Normal,
        fingerprint: [0; 16],
        content: {
            let json = format!(r#"{{"resourceType":"Patient","version":{version}}}"#);
            store::resource::seal_content(&key, (patient, resource), version, json.as_bytes()).unwrap()
        },
        facts: Facts { tokens: vec![7], ..Facts::default() },
    };
    let entry =
        NewEntry { resource_type: "Patient".into(), foreign_id: patient.to_string(), patient, resource };
    let first = RecordBatch {
        source: "test".into(),
        entries: vec![entry],
        created: vec![version(1)],
        ..RecordBatch::default()
    };
    let second = RecordBatch { source: "test".into(), updated: vec![version(2)], ..RecordBatch::default() };
    let row = Empanelment {
        patient,
        pool: clinic.nurses,
        practitioner: None,
        from: day_before(now),
        until: None,
        source: EmpanelmentSource::File,
    };
    let vault = clinic.service.store.vault.clone();
    let write = clinic.service.store.db.write(move |tx| {
        first.write(tx, &vault, now)?;
        second.write(tx, &vault, now)?;
        store::empanelment::insert(tx, &row)
    });
    write.await.unwrap();
}

fn day_before(now: Timestamp) -> Timestamp {
    now - SignedDuration::from_hours(24)
}

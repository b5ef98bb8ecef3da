//! The storm: a process in which patients and nurses write at once, saying what was acknowledged,
//! until it is killed.

use crate::Place;
use crate::people::{Clinic, PASSWORD};
use domain::actor::{Actor, Door, Role, StaffRole};
use domain::draft::{Body, NewThread, Reply, Subject};
use domain::empanelment::EmpanelmentSource;
use domain::enrolment::IdentityProof;
use domain::id::{AccountId, ClientKey, PatientId, PoolId, RequestId, ThreadId, TopicId};
use domain::language::Language;
use ring::rand::{SecureRandom, SystemRandom};
use service::accounts::NewStaff;
use service::ctx::Ctx;
use service::import::Import;
use service::sealer::Sealer;
use service::view::thread::Sent;
use service::{Service, ServiceError};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use store::db::{Db, DbOptions, StoreError};
use store::empanelment::Empanelment;
use store::keys::{RootKey, RootKeys};
use uuid::Uuid;

const URL: &str = "SAMECHART_STORM_URL";
const ROOT: &str = "SAMECHART_STORM_ROOT_FILE";
const ANCHOR: &str = "SAMECHART_STORM_ANCHOR";
const ROUND: &str = "SAMECHART_STORM_ROUND";

/// One patient with one nurse, several times.
const PAIRS: usize = 4;

/// An entry that the storm was told is stored.
#[derive(Clone, Copy, Debug)]
pub struct Heard {
    pub key: ClientKey,
    pub patient: PatientId,
    pub thread: ThreadId,
    pub seq: i64,
}

/// What was heard of a storm before it was killed.
pub struct Killed {
    pub acknowledged: Vec<Heard>,
    /// New threads that were begun and not acknowledged, with the number of their writer.
    pub under_way: Vec<(usize, ClientKey)>,
}

/// What stands in the message with this key.
pub fn body(key: ClientKey) -> String {
    format!("Question {} about my tablets", key.0)
}

fn patient_name(pair: usize) -> String {
    format!("patient{pair}")
}

fn nurse_name(pair: usize) -> String {
    format!("nurse{pair}")
}

/// A patient who writes, and the nurse who answers.
#[derive(Clone)]
pub struct Writer {
    patient: PatientId,
    account: AccountId,
    nurse: AccountId,
    pool: PoolId,
    topic: TopicId,
}

impl Writer {
    pub async fn find(service: &Service, pair: usize) -> Writer {
        let account = service.find_account(&patient_name(pair)).await.unwrap().unwrap();
        let nurse = service.find_account(&nurse_name(pair)).await.unwrap().unwrap();
        let found: Result<Writer, StoreError> = service
            .store
            .db
            .read(move |tx| {
                let patient = store::account::load(tx, account)?.unwrap().own_patient.unwrap();
                let pool = store::pool::default(tx)?.unwrap();
                let topic = store::topic::active(tx)?[0].id;
                Ok(Writer { patient, account, nurse, pool, topic })
            })
            .await;
        found.unwrap()
    }

    fn as_patient(&self, service: &Service) -> Ctx {
        let actor = Actor {
            account: self.account,
            door: Door::Patient,
            language: Language::En,
            own_chart: Some(self.patient),
            staff: Vec::new(),
            pools: Vec::new(),
            leads: Vec::new(),
        };
        ctx(service, actor)
    }

    fn as_nurse(&self, service: &Service) -> Ctx {
        let actor = Actor {
            account: self.nurse,
            door: Door::Team,
            language: Language::En,
            own_chart: None,
            staff: vec![StaffRole { role: Role::Nurse, site: None, specialty: None }],
            pools: vec![self.pool],
            leads: Vec::new(),
        };
        ctx(service, actor)
    }

    /// Begins a thread.
    pub async fn begin(&self, service: &Service, key: ClientKey) -> Result<Sent, ServiceError> {
        let new = NewThread {
            pool: self.pool,
            topic: self.topic,
            subject: Subject::parse("My tablets").unwrap(),
            body: Body::parse(&body(key)).unwrap(),
            about: None,
            continues: None,
            client_key: key,
        };
        service.send_new(&self.as_patient(service), self.patient, new).await
    }

    /// Begins a thread, assigns it, answers it, replies, and closes it with an answer.
    async fn converse(&self, service: &Service, pair: usize) {
        let key = key();
        say(&format!("sending {pair} {}", key.0));
        let sent = self.begin(service, key).await.unwrap();
        acknowledge(key, &sent);
        let nurse = |service| self.as_nurse(service);
        service.assign(&nurse(service), sent.thread, Some(self.nurse), None).await.unwrap();
        let note = reply();
        acknowledge(
            note.client_key,
            &service.note(&nurse(service), sent.thread, note.clone()).await.unwrap(),
        );
        let answer = reply();
        let done = service.answer(&nurse(service), sent.thread, answer.clone(), None).await.unwrap();
        acknowledge(answer.client_key, &done);
        let more = reply();
        let done =
            service.reply(&self.as_patient(service), self.patient, sent.thread, more.clone()).await.unwrap();
        acknowledge(more.client_key, &done);
        service.team_thread(&nurse(service), sent.thread).await.unwrap();
        let reason = service.store.db.read(store::close_reason::active).await.unwrap()[0].id;
        let last = reply();
        let done = service.answer(&nurse(service), sent.thread, last.clone(), Some(reason)).await.unwrap();
        acknowledge(last.client_key, &done);
    }
}

fn ctx(service: &Service, actor: Actor) -> Ctx {
    Ctx { actor, now: service.now(), request: RequestId(Uuid::from_u128(3)) }
}

fn key() -> ClientKey {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).unwrap();
    ClientKey(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

fn reply() -> Reply {
    let client_key = key();
    Reply { body: Body::parse(&body(client_key)).unwrap(), last_seen: i64::MAX, client_key }
}

fn acknowledge(key: ClientKey, sent: &Sent) {
    say(&format!("stored {} {} {} {}", key.0, sent.patient.0, sent.thread.0, sent.seq));
}

/// One write call per line, so that a kill cannot cut a line in two.
fn say(line: &str) {
    std::io::stdout().lock().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// A clinic with imported patients, so that every rule of a check applies.
pub async fn prepare(place: &Place, folder: &Path) {
    RootKeys::new(RootKey::generate().unwrap()).write_new(&place.root).unwrap();
    let db = Db::open(&place.url.parse().unwrap(), &DbOptions::default()).await.unwrap();
    let clinic = Clinic::open_with(db.clone(), RootKeys::load(&place.root).unwrap()).await;
    let lines: Vec<String> = (0..PAIRS).map(patient).collect();
    let file = folder.join("patients.ndjson");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let import = Import { paths: vec![file], source: "storm".into(), ..Import::default() };
    let report = clinic.service.import(&clinic.operator(), import, Arc::new(|_| ())).await.unwrap();
    assert_eq!(report.created, PAIRS as u64, "{report:?}");
    for pair in 0..PAIRS {
        pair_up(&clinic, pair).await;
    }
    db.close().await;
}

fn patient(pair: usize) -> String {
    format!(
        r#"{{"resourceType":"Patient","id":"p{pair}","birthDate":"1958-03-02","name":[{{"family":"Delgado","given":["Rosa"]}}],"identifier":[{{"type":{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}}]}},"value":"MRN-{pair}"}}]}}"#
    )
}

async fn pair_up(clinic: &Clinic, pair: usize) {
    let service = &clinic.service;
    let patient = service.find_patient_id(&format!("p{pair}")).await.unwrap().unwrap();
    let pool = clinic.nurses;
    let row = Empanelment {
        patient,
        pool,
        practitioner: None,
        from: service.now(),
        until: None,
        source: EmpanelmentSource::File,
    };
    service.store.db.write(move |tx| store::empanelment::insert(tx, &row)).await.unwrap();
    let proof = IdentityProof::InPerson;
    let code = service.invite(&clinic.operator(), patient, proof).await.unwrap().code;
    service.activate(&code, "1958-03-02", &patient_name(pair), PASSWORD, Language::En).await.unwrap();
    let new = NewStaff {
        name: "Maria Lopez, RN".into(),
        sign_in_name: nurse_name(pair),
        role: Role::Nurse,
        specialty: None,
        practitioner: None,
        pools: vec![pool],
        language: Language::En,
        password: None,
    };
    service.create_staff(&clinic.operator(), new).await.unwrap();
}

/// The place of the storm and its number, where this process is one.
pub fn place_of_child() -> Option<(Place, i64)> {
    let url = std::env::var(URL).ok()?;
    let path = |name| std::env::var_os(name).unwrap().into();
    let round = std::env::var(ROUND).unwrap().parse().unwrap();
    Some((Place { url, root: path(ROOT), anchor: path(ANCHOR) }, round))
}

/// Writes until the process is killed.
pub async fn rage(service: Service, anchor: &Path, _round: i64) {
    for pair in 0..PAIRS {
        let writer = Writer::find(&service, pair).await;
        // Each pair talks about two things at once.
        for _ in 0..2 {
            let (service, writer) = (service.clone(), writer.clone());
            tokio::spawn(async move {
                loop {
                    writer.converse(&service, pair).await;
                }
            });
        }
    }
    let mut sealer = Sealer::new(service.clone(), Some(anchor)).unwrap();
    loop {
        sealer.seal_once().await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Lets a storm rage for a random while and kills it.
pub fn killed(test: &str, place: &Place, round: i64) -> Killed {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(URL, &place.url)
        .env(ROOT, &place.root)
        .env(ANCHOR, &place.anchor)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut heard: Vec<String> = Vec::new();
    while !heard.last().is_some_and(|line| line.starts_with("stored ")) {
        heard.push(lines.next().expect("the storm begins"));
    }
    let mut chance = [0; 2];
    SystemRandom::new().fill(&mut chance).unwrap();
    let killer = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(u64::from(u16::from_be_bytes(chance)) % 600));
        child.kill().unwrap();
        child.wait().unwrap()
    });
    heard.extend(lines);
    killer.join().unwrap();
    understood(&heard)
}

fn understood(lines: &[String]) -> Killed {
    let id = |word: &str| word.parse::<Uuid>().unwrap();
    let mut killed = Killed { acknowledged: Vec::new(), under_way: Vec::new() };
    for line in lines {
        match line.split(' ').collect::<Vec<_>>()[..] {
            ["sending", pair, key] => killed.under_way.push((pair.parse().unwrap(), ClientKey(id(key)))),
            ["stored", key, patient, thread, seq] => killed.acknowledged.push(Heard {
                key: ClientKey(id(key)),
                patient: PatientId(id(patient)),
                thread: ThreadId(id(thread)),
                seq: seq.parse().unwrap(),
            }),
            _ => {}
        }
    }
    let told = |key: &ClientKey| killed.acknowledged.iter().any(|heard| heard.key == *key);
    killed.under_way.retain(|(_, key)| !told(key));
    killed
}

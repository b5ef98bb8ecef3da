//! The whole way on a record of many kinds: the Synthea set imported, its people writing as the simulator's do, and
//! the paper's protocol run on it. Two databases make other ids for everything; the report is the same, byte for byte.

use crate::people::{ctx, instant, new_pool};
use crate::world::{as_of, shipped};
use domain::actor::{Actor, Door, Role, StaffRole};
use domain::draft::{Body, NewThread, Subject};
use domain::id::{AccountId, ClientKey, PatientId, PoolId, RequestId};
use domain::language::Language;
use service::Service;
use service::accounts::NewStaff;
use service::clock::Clock;
use service::ctx::Ctx;
use service::demo::{DemoWords, Enrolled, Told, ToldAct, ToldStep};
use service::import::Import;
use service::organisation::NewOrganisation;
use service::pools::NewPool;
use service::studies::runs::{Asked, Runner, SHIPPED};
use simulate::seed::Seed;
use simulate::story::{Act, Conversation, Step, Who};
use std::collections::HashMap;
use std::io::Read;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use store::Store;
use store::db::Db;
use store::keys::{RootKey, RootKeys};
use store::study_run::ReportFile;
use store::testing::each_migrated;

const SOURCE: &str = "synthea";
/// Whose patients the 120 are, in turn.
const PHYSICIANS: usize = 6;

fn bulk() -> PathBuf {
    let shared = std::env::var("SAMECHART_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into());
    PathBuf::from(shared).join("data/synthea/bulk")
}

/// The ids of a type's resources, sorted.
fn ids(resource_type: &str) -> Vec<String> {
    let file = std::fs::File::open(bulk().join(format!("{resource_type}.ndjson.gz"))).unwrap();
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).unwrap();
    let id = |line: &str| -> String {
        let resource: serde_json::Value = serde_json::from_str(line).unwrap();
        resource["id"].as_str().unwrap().to_owned()
    };
    let mut ids: Vec<String> = text.lines().map(id).collect();
    ids.sort();
    ids
}

struct Town {
    service: Service,
    /// Each patient's is one of them, in turn.
    pools: Vec<PoolId>,
    words: DemoWords,
    /// Each patient with the account that writes for them.
    patients: Vec<(PatientId, AccountId)>,
    physicians: Vec<AccountId>,
    nurse: AccountId,
}

impl Town {
    async fn open(db: Db) -> Town {
        let roots = RootKeys::new(RootKey::generate().unwrap());
        let clock = Clock::System;
        let service = Service::new(Store::open(db, roots, clock.now()).await.unwrap(), clock);
        let operator = ctx(&service, Actor::operator());
        let new = NewOrganisation {
            name: "Riverbend Clinic".into(),
            phone: "555-010-0100".into(),
            time_zone: "America/New_York".into(),
            // Only a demo may be told a past.
            is_demo: true,
        };
        assert!(service.found(&operator, new).await.unwrap());
        let mut pools = Vec::new();
        for name in ["Nurses", "Pharmacy", "Front desk"] {
            let new = NewPool { is_default: pools.is_empty(), ..new_pool(name, name, "Riverbend") };
            pools.push(service.create_pool(&operator, new).await.unwrap());
        }
        let import = Import { paths: vec![bulk()], source: SOURCE.into(), ..Import::default() };
        let report = service.import(&operator, import, Arc::new(|_| {})).await.unwrap();
        assert_eq!((report.refused, report.by_type["Patient"]), (0, 120));
        let words = service.demo_words().await.unwrap();
        let nurse = staff(&service, ("maya", Role::Nurse), None).await;
        let mut town = Town { service, pools, words, patients: Vec::new(), physicians: Vec::new(), nurse };
        town.people(&operator).await;
        town
    }

    fn pool(&self, patient: usize) -> PoolId {
        self.pools[patient % self.pools.len()]
    }

    /// Accounts for all, and a physician for each.
    async fn people(&mut self, operator: &Ctx) {
        let practitioners: Vec<String> = ids("Practitioner").into_iter().take(PHYSICIANS).collect();
        for (number, practitioner) in practitioners.iter().enumerate() {
            let name = format!("physician{number}");
            let account = staff(&self.service, (&name, Role::Physician), Some(practitioner)).await;
            self.physicians.push(account);
        }
        let found = self.service.demo_patients(SOURCE, ids("Patient")).await.unwrap();
        let found: Vec<PatientId> = found.into_iter().map(Option::unwrap).collect();
        let mut list = "patient,provider,pool,from\n".to_owned();
        for (number, patient) in found.iter().enumerate() {
            let provider = &practitioners[number % PHYSICIANS];
            list += &format!("{patient},{provider},{},2018-01-01\n", self.pool(number));
        }
        let placed = self.service.import_panels(operator, list.into_bytes()).await.unwrap();
        assert!(placed.refused.is_empty(), "{:?}", placed.refused);
        let at = instant("2019-01-02T15:00:00Z");
        let enrolled = |(number, patient): (usize, &PatientId)| Enrolled {
            patient: *patient,
            name: format!("Patient {number}"),
            sign_in_name: format!("patient{number}"),
            language: Language::En,
            offered: at,
            registered: Some(at),
            verified: Some((at, domain::enrolment::IdentityProof::InPerson)),
            signed_in: Some(at),
        };
        let all = found.iter().enumerate().map(enrolled).collect();
        let accounts: HashMap<PatientId, AccountId> =
            self.service.demo_enrol(operator, all).await.unwrap().into_iter().collect();
        self.patients = found.into_iter().map(|patient| (patient, accounts[&patient])).collect();
    }

    /// What the simulator's crowd wrote in the 15 months before April 2021, by the Synthea set's people.
    async fn talk(&self) -> usize {
        let now = instant("2021-03-31T19:00:00Z");
        let clinic = simulate::clinic::without_charts(Seed(5), now, 450);
        let place: HashMap<&str, usize> =
            clinic.patients.iter().enumerate().map(|(at, member)| (member.key.as_str(), at)).collect();
        for (number, conversation) in clinic.traffic.iter().enumerate() {
            let patient = place[conversation.patient.as_ref()] % self.patients.len();
            let told = self.told(conversation, patient, (number as u128) << 32);
            self.service.demo_tell(told).await.unwrap();
        }
        clinic.traffic.len()
    }

    fn told(&self, of: &Conversation, patient: usize, key: u128) -> Told {
        let (first, others) = of.steps.split_first().unwrap();
        let Act::Write(text) = &first.act else { panic!("{first:?}") };
        let key = |n: u128| ClientKey(uuid::Uuid::from_u128(key + n + 1));
        let new = NewThread {
            pool: self.pool(patient),
            topic: self.words.topic(of.topic).unwrap(),
            subject: Subject::parse(&of.subject).unwrap(),
            body: Body::parse(text).unwrap(),
            about: None,
            continues: None,
            client_key: key(0),
        };
        let body = |text: &str| Body::parse(text).unwrap();
        let reason = |word: &str| self.words.close_reason(word).unwrap();
        let steps = others.iter().zip(1..).map(|(step, n)| ToldStep {
            ctx: self.ctx(step, patient),
            act: match &step.act {
                Act::Read => ToldAct::Read,
                Act::Write(text) => ToldAct::Write(body(text), key(n)),
                Act::Note(text) => ToldAct::Note(body(text), key(n)),
                Act::WriteAndClose(text, word) => ToldAct::WriteAndClose(body(text), key(n), reason(word)),
                Act::Close(word) => ToldAct::Close(reason(word)),
                Act::Assign(to) => panic!("assigned to {to}"),
            },
        });
        let begun = self.ctx(first, patient);
        Told { patient: self.patients[patient].0, new, begun, steps: steps.collect() }
    }

    /// Physicians are the patient's own.
    fn ctx(&self, step: &Step, patient: usize) -> Ctx {
        let (own, account) = self.patients[patient];
        let base = Actor { account, door: Door::Patient, own_chart: Some(own), ..Actor::operator() };
        let actor = match step.who {
            Who::Patient => base,
            Who::Staff(key) => {
                let role = simulate::cast::staff_member(key).unwrap().role;
                let is_physician = role == Role::Physician;
                let account = if is_physician { self.physicians[patient % PHYSICIANS] } else { self.nurse };
                let role = if is_physician { role } else { Role::Nurse };
                let staff = vec![StaffRole { role, site: None, specialty: None }];
                Actor { account, door: Door::Team, own_chart: None, staff, pools: self.pools.clone(), ..base }
            }
        };
        Ctx { actor, now: step.at, request: RequestId(uuid::Uuid::nil()) }
    }

    async fn report(&self, protocol: &str) -> Vec<ReportFile> {
        let operator = ctx(&self.service, Actor::operator());
        let asked = Asked::check(&shipped(protocol)).unwrap();
        let run = self.service.start_study(&operator, asked, Some(2009)).await.unwrap();
        assert_eq!(Runner::new(self.service.clone()).turn(as_of()).await.unwrap(), Some(run));
        let ended = self.service.study_standing(run).await.unwrap();
        assert_eq!(ended.content.reason, None, "{protocol}");
        self.service.study_files(&operator, run).await.unwrap()
    }
}

async fn staff(service: &Service, (name, role): (&str, Role), practitioner: Option<&str>) -> AccountId {
    let practitioner = match practitioner {
        Some(id) => Some(service.find_practitioner_id(id).await.unwrap().unwrap()),
        None => None,
    };
    let new = NewStaff {
        name: format!("{name} of staff"),
        sign_in_name: name.into(),
        role,
        specialty: None,
        practitioner,
        pools: Vec::new(),
        language: Language::En,
        password: None,
    };
    service.create_staff(&ctx(service, Actor::operator()), new).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_synthea_set_and_the_simulators_messages_give_the_same_report_bytes_on_both_databases() {
    let found = Arc::new(Mutex::new(Vec::new()));
    let all = found.clone();
    each_migrated(move |db| {
        let all = all.clone();
        async move {
            let town = Town::open(db).await;
            let told = town.talk().await;
            assert!(told > 150, "{told} conversations");
            let mut reports = Vec::new();
            for protocol in SHIPPED {
                reports.push((protocol.name, town.report(protocol.name).await));
            }
            all.lock().unwrap().push(reports);
        }
    })
    .await;
    let found = found.lock().unwrap();
    for (name, files) in &found[0] {
        let json: serde_json::Value = serde_json::from_str(&files[1].text).unwrap();
        println!("{name}: {} of {}, {:#}", json["events"], json["n"], json["attrition"]);
        // Of so few people too few were answered late, and months with a message could be a few people's.
        let is_shown = ["ralston-2009", "funnel"].contains(name);
        let is_more = |key: &str, least| json[key].as_u64().is_some_and(|count| count > least);
        assert_eq!(is_more("n", 40) && is_more("events", 20), is_shown, "{name}: {json:#}");
        assert!(is_more("clusters", 2), "{name}: {json:#}");
    }
    assert_eq!(found.len(), 2);
    for ((name, files), (_, others)) in found[0].iter().zip(&found[1]) {
        assert_eq!(files.len(), others.len(), "{name}");
        for (one, other) in files.iter().zip(others) {
            assert!(one == other, "{} of {name} differs", one.name);
        }
    }
}

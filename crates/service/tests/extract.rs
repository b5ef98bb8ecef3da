//! A study's rows from the record: the worked example of the provider's share, and the Synthea set with
//! simulated messages, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod record;

use domain::actor::Role;
use domain::covariate::{Covariates, Diagnosis, DiagnosisSystem, Finding, Insurance, Person};
use domain::draft::Reason;
use domain::empanelment::EmpanelmentSource;
use domain::id::{AccountId, PatientId, ResourceId};
use people::{Clinic, instant};
use service::ServiceError;
use service::studies::areas::AreasRead;
use service::studies::extract::{Extract, ExtractPlan, Row};
use std::collections::BTreeMap;
use std::path::PathBuf;
use store::empanelment::Empanelment;
use store::params;
use store::testing::each_migrated;
use study::protocol::Protocol;
use uuid::Uuid;

const PROTOCOL: &str = r#"
format = 1
name = "riverbend"
title = "Who exchanges messages"
question = "Who does?"
index_date = 2021-01-01
window = { from = 2021-01-01, to = 2021-03-31 }
outcome = { column = "messaged", definition = "Exchanged a message with a physician." }
cluster = { column = "pcp" }
missing = { policy = "level" }

[[covariate]]
name = "sex"
measure = "sex"
levels = ["male", "female"]

[[covariate]]
name = "age"
measure = "age"
levels = ["18-35", "36-50", "51-65", "over 65"]

[[covariate]]
name = "insurance"
measure = "insurance"
levels = ["commercial", "Medicare", "Medicaid", "other"]

[[covariate]]
name = "morbidity"
measure = "morbidity"
levels = ["very low", "low", "moderate", { name = "high or very high", values = ["high", "very high"] }]

[[covariate]]
name = "share"
measure = "provider-share"
levels = ["<= 10 %", "> 10-20 %", "> 20-50 %", "> 50 %", "no other encounters"]
"#;

fn plan() -> ExtractPlan {
    ExtractPlan::of(&Protocol::parse(PROTOCOL, "riverbend.toml").unwrap()).unwrap()
}

fn why() -> Reason {
    Reason::parse("Approved by the board, number 12").unwrap()
}

fn id(number: u128) -> PatientId {
    PatientId(Uuid::from_u128(number))
}

/// The clinic of the worked example: Dr. Okafor with Rosa (1), Ben (2), Ana (3) and Carl (4).
struct Okafor {
    clinic: Clinic,
    account: AccountId,
    token: i64,
}

impl Okafor {
    async fn open(db: store::db::Db) -> Okafor {
        let clinic = Clinic::open(db).await;
        let practitioner = ResourceId(Uuid::from_u128(77));
        let account = clinic.practitioner("okafor", Role::Physician, Some(practitioner)).await;
        let blind = clinic.service.store.vault.organisation().blind();
        let token = store::account::practitioner_token(blind, practitioner);
        Okafor { clinic, account, token }
    }

    async fn person(&self, number: u128, findings: Vec<Finding>, provider: Option<i64>) {
        let (vault, pool) = (self.clinic.service.store.vault.clone(), self.clinic.nurses);
        let begin = instant("2020-01-01T00:00:00Z");
        let writing = self.clinic.service.store.db.write(move |tx| {
            tx.execute(
                "INSERT INTO patient (patient_id, resource_id, card, card_version, is_deceased, legal_hold,
                    created_at, updated_at) VALUES ($1, $1, $2, 1, FALSE, FALSE, $3, $3)",
                params![id(number), vec![0u8], begin],
            )?;
            store::covariate::learn(tx, &vault, [(id(number), findings.clone())].into(), begin)?;
            let (patient, source) = (id(number), EmpanelmentSource::File);
            let row = Empanelment { patient, pool, practitioner: provider, from: begin, until: None, source };
            store::empanelment::insert(tx, &row).map(drop)
        });
        writing.await.unwrap();
    }

    async fn visits(&self, number: u128, count: u128) {
        let token = self.token;
        let row = move |n: u128| {
            let at = instant("2021-02-01T12:00:00Z");
            params![id(number), Uuid::from_u128(number * 1_000 + n), at, token].to_vec()
        };
        let rows: Vec<_> = (0..count).map(row).collect();
        let columns = ["patient_id", "resource_id", "at", "practitioner"];
        let db = &self.clinic.service.store.db;
        db.write(move |tx| tx.insert_many("encounter", &columns, &rows)).await.unwrap();
    }

    /// A message of the physician's or the patient's.
    async fn message(&self, number: u128, seq: i64, at: &str, is_physician: bool) {
        let (author, side) = if is_physician { (self.account.0, "team") } else { (id(number).0, "patient") };
        let (role, at) = (is_physician.then_some("physician"), instant(at));
        let unique = Uuid::from_u128(number << 32 | seq as u128);
        let writing = self.clinic.service.store.db.write(move |tx| {
            tx.execute(
                "INSERT INTO message (patient_id, thread_id, seq, id, kind, state, author_id, side, role,
                    language, door, sent_at, sensitivity, visibility, content)
                 VALUES ($1, $1, $2, $3, 'message', 'sent', $4, $5, $6, 'en', 'team', $7, 'normal', 'all', $8)",
                params![id(number), seq, unique, author, side, role, at, vec![0u8]],
            )
        });
        writing.await.unwrap();
    }

    async fn extract(&self) -> Extract {
        self.clinic.service.extract(&self.clinic.operator(), plan(), why(), None).await.unwrap()
    }
}

fn adult(born: i16, sex: &str, insurance: Option<Insurance>) -> Vec<Finding> {
    let person = Person { born: Some((born, 6)), sex: Some(sex.into()), ..Person::default() };
    let insured = insurance.map(|insurance| Finding::Insured(0, insurance));
    [Finding::Person(person)].into_iter().chain(insured).collect()
}

fn values(row: &Row) -> Vec<&str> {
    row.values.iter().map(|value| value.as_deref().unwrap_or("")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worked_example_of_the_share_comes_out_of_the_record() {
    each_migrated(|db| async move {
        let world = Okafor::open(db).await;
        let mine = Some(world.token);
        let diabetes = Diagnosis {
            codes: vec![(DiagnosisSystem::SnomedCt, "44054006".into())],
            from: Some(0),
            until: None,
        };
        let mut rosa = adult(1950, "female", Some(Insurance::Medicare));
        rosa.push(Finding::Diagnosed(Uuid::from_u128(5), Some(diabetes)));
        world.person(1, rosa, mine).await;
        world.person(2, adult(1980, "male", Some(Insurance::Commercial)), mine).await;
        world.person(3, adult(1999, "female", None), mine).await;
        world.person(4, adult(1960, "unknown", Some(Insurance::Uninsured)), mine).await;
        // A child, and somebody without a provider.
        world.person(5, adult(2010, "male", None), mine).await;
        world.person(6, adult(1970, "male", None), None).await;
        for (number, visits) in [(1, 2), (2, 10), (3, 6)] {
            world.visits(number, visits).await;
        }
        // Two threads and days with Rosa: two messages of one day are one encounter.
        world.message(1, 1, "2021-02-01T18:00:00Z", false).await;
        world.message(1, 2, "2021-02-01T19:00:00Z", true).await;
        world.message(1, 3, "2021-02-01T20:00:00Z", true).await;
        world.message(1, 4, "2021-03-02T20:00:00Z", true).await;
        // After the window.
        world.message(2, 1, "2021-05-01T20:00:00Z", true).await;

        let extract = world.extract().await;
        let names: Vec<_> = extract.attrition.iter().map(|step| (step.name, step.remaining)).collect();
        assert_eq!(
            names,
            [
                ("people with a chart", 6),
                ("open to research", 6),
                ("alive at the index date", 6),
                ("18 or older at the index date", 5),
                ("with a primary care provider", 4)
            ]
        );
        let columns =
            ["sex", "age", "insurance", "morbidity", "share", "morbidity_prior_year", "share_prior_year"];
        assert_eq!(extract.columns, columns);
        let mut rows: Vec<_> = extract.rows.iter().map(|row| (row.has_outcome, values(row))).collect();
        rows.sort();
        let none = "no other encounters";
        assert_eq!(
            rows,
            [
                (false, vec!["", "51-65", "other", "very low", "<= 10 %", "very low", none]),
                (false, vec!["female", "18-35", "", "very low", "> 10-20 %", "very low", none]),
                (false, vec!["male", "36-50", "commercial", "very low", "> 10-20 %", "very low", none]),
                (true, vec!["female", "over 65", "Medicare", "low", "<= 10 %", "low", none]),
            ]
        );
        let provider = &extract.rows[0].cluster;
        assert!(extract.rows.iter().all(|row| row.cluster == *provider));
        assert_eq!(extract.straddlers, std::slice::from_ref(provider));
        assert!(extract.rows.windows(2).all(|pair| pair[0].id < pair[1].id), "sorted by id");
        let again = world.extract().await;
        assert!(
            again.rows.iter().all(|row| extract.rows.iter().all(|before| before.id != row.id)),
            "a new key"
        );

        let as_okafor = people::ctx(
            &world.clinic.service,
            domain::actor::Actor { door: domain::actor::Door::Team, ..domain::actor::Actor::operator() },
        );
        let refused = world.clinic.service.extract(&as_okafor, plan(), why(), None).await;
        assert_eq!(refused, Err(ServiceError::Denied));
        let audit = world.clinic.audit(PatientId::ORGANISATION).await;
        let outcomes: Vec<_> =
            audit.iter().filter(|(act, _)| act == "extract_study").map(|(_, o)| o.as_str()).collect();
        assert_eq!(outcomes, ["done", "done", "denied"]);
    })
    .await;
}

const AREAS: &str = r#"
[[covariate]]
name = "deprivation"
measure = "deprivation"
levels = ["1", "2", "3", "4", "5"]

[[covariate]]
name = "distance"
measure = "distance"
levels = ["under 5", "5-20", "over 20"]
"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_sites_table_of_areas_says_how_deprived_and_how_far_away_somebody_lives() {
    each_migrated(|db| async move {
        let world = Okafor::open(db).await;
        for (number, area) in [(1, Some("98101")), (2, Some("98109")), (3, None)] {
            let area = area.map(str::to_owned);
            let person = Person { born: Some((1980, 6)), area, ..Person::default() };
            world.person(number, vec![Finding::Person(person)], Some(world.token)).await;
        }
        let service = &world.clinic.service;
        let operator = world.clinic.operator();
        let plan = || {
            let text = format!("{PROTOCOL}{AREAS}");
            ExtractPlan::of(&Protocol::parse(&text, "areas.toml").unwrap()).unwrap()
        };
        let lived = async || -> Vec<Vec<Option<String>>> {
            let extract = service.extract(&operator, plan(), why(), None).await.unwrap();
            let at = extract.columns.iter().position(|column| column == "deprivation").unwrap();
            let mut lived: Vec<_> =
                extract.rows.into_iter().map(|row| row.values[at..at + 2].to_vec()).collect();
            lived.sort();
            lived
        };
        let nothing = vec![None, None];
        assert_eq!(lived().await, vec![nothing.clone(); 3], "no table yet");

        let told = service
            .load_areas(&operator, b"area,deprivation,distance_km\n98101-0001,2,4.9\n98109,,20.5\n")
            .await;
        assert_eq!(told, Ok(AreasRead::Kept(2)));
        let some = |text: &str| Some(text.to_owned());
        let kept = [nothing, vec![None, some("5-20")], vec![some("2"), some("under 5")]];
        assert_eq!(lived().await, kept);

        let refused = service.load_areas(&operator, b"area,deprivation\n98101,1\nnowhere,2\n").await;
        assert_eq!(refused, Ok(AreasRead::Refused(vec![(3, "area is no postal code")])));
        assert_eq!(lived().await, kept, "what is refused changes nothing");
        let audit = world.clinic.audit(PatientId::ORGANISATION).await;
        assert_eq!(audit.iter().filter(|(act, _)| act == "load_areas").count(), 1);
        let patient = people::ctx(
            service,
            domain::actor::Actor { door: domain::actor::Door::Patient, ..domain::actor::Actor::operator() },
        );
        assert_eq!(
            service.load_areas(&patient, b"area,deprivation\n98101,1\n").await,
            Err(ServiceError::Denied)
        );
    })
    .await;
}

#[test]
fn a_protocol_that_asks_for_what_the_record_does_not_have_is_told_so() {
    let plan =
        |text: &str| ExtractPlan::of(&Protocol::parse(text, "p.toml").unwrap()).unwrap_err().to_string();
    let unknown = PROTOCOL.replace("measure = \"insurance\"", "measure = \"income\"");
    assert!(plan(&unknown).starts_with("covariate insurance: the record's measures are sex, age,"));
    let unclear = PROTOCOL.replace("\"over 65\"", "\"old\"");
    assert_eq!(plan(&unclear), "covariate age: which numbers are old?");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_of_the_record_opens_and_closes_research_and_the_newest_word_counts() {
    each_migrated(|db| async move {
        let world = Okafor::open(db).await;
        let service = world.clinic.service.clone();
        let files = record::Files::new();
        let consent = |status: &str, kind: &str, day: &str| {
            let scope = serde_json::json!({"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "research"}]});
            serde_json::json!({"resourceType": "Consent", "id": "research", "status": status, "scope": scope,
                "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
                "patient": {"reference": "Patient/rosa"}, "dateTime": day,
                "policyRule": {"text": "The clinic's word on research"}, "provision": {"type": kind}})
        };
        let mut number = 0;
        let mut told = async |resources: Vec<serde_json::Value>| {
            number += 1;
            let path = files.lines(&format!("{number}.ndjson"), &resources);
            let report = record::import(&service, &[path.as_path()]).await;
            assert_eq!(report.refused, 0, "{report:?}");
        };
        let counted = async || {
            let steps = world.extract().await.attrition;
            assert_eq!((steps[0].remaining, steps[1].name), (1, "open to research"));
            steps[1].remaining
        };
        told(vec![record::patient("rosa", "Delgado")]).await;
        assert_eq!(counted().await, 1, "nothing was said");
        told(vec![consent("active", "deny", "2026-01-10")]).await;
        assert_eq!(counted().await, 0);
        told(vec![consent("inactive", "deny", "2026-01-10")]).await;
        assert_eq!(counted().await, 1, "it holds no more");
        told(vec![consent("active", "deny", "2026-01-10")]).await;
        let everybody = service
            .store
            .db
            .read(|tx| tx.query("SELECT patient_id FROM patient", &[], |row| row.get::<PatientId>(0)));
        let rosa = everybody.await.unwrap()[0];
        service.choose_research(&world.clinic.operator(), rosa, true).await.unwrap();
        assert_eq!(counted().await, 1, "what the patient says today is newer");
        let zone = jiff::tz::TimeZone::get("America/Los_Angeles").unwrap();
        let today = world.clinic.service.now().to_zoned(zone).date().to_string();
        told(vec![consent("active", "deny", &today)]).await;
        assert_eq!(counted().await, 0, "of one day's words no wins");
    })
    .await;
}

fn synthea() -> PathBuf {
    let shared = std::env::var("SAMECHART_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into());
    PathBuf::from(shared).join("data/synthea/bulk")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_synthea_set_with_messages_gives_the_same_rows_on_both_databases() {
    let found = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let all = found.clone();
    each_migrated(move |db| {
        let all = all.clone();
        async move {
            let world = Okafor::open(db).await;
            let service = world.clinic.service.clone();
            record::import(&service, &[&synthea()]).await;
            let as_of = instant("2020-06-01T00:00:00Z");
            service.derive_panels(&world.clinic.operator(), as_of).await.unwrap();
            let vault = service.store.vault.clone();
            let everybody = service
                .store
                .db
                .read(move |tx| store::covariate::after(tx, &vault, PatientId::ORGANISATION, 1_000));
            let everybody: Vec<(PatientId, Covariates)> = everybody.await.unwrap();
            // Every woman hears from Dr. Okafor.
            for (patient, _) in
                everybody.iter().filter(|(_, one)| one.person.sex.as_deref() == Some("female"))
            {
                world.message(patient.0.as_u128(), 1, "2021-02-01T18:00:00Z", true).await;
            }
            let extract = world.extract().await;
            println!("{:?}", extract.attrition);
            let count = |value: &str| extract.rows.iter().filter(|row| values(row).contains(&value)).count();
            assert_eq!(
                (extract.attrition[0].remaining, extract.rows.len() as u64),
                (120, extract.attrition[4].remaining)
            );
            assert!(extract.rows.iter().all(|row| row.has_outcome == (values(row)[0] == "female")));
            assert!(
                count("female") > 20 && count("male") > 20 && count("Medicare") > 5,
                "{:?}",
                extract.attrition
            );
            let mut tally: BTreeMap<String, u32> = BTreeMap::new();
            extract.rows.iter().for_each(|row| *tally.entry(values(row).join("|")).or_default() += 1);
            all.lock().unwrap().push((tally, extract.attrition, extract.straddlers.len()));
        }
    })
    .await;
    let found = found.lock().unwrap();
    assert!(found.windows(2).all(|pair| pair[0] == pair[1]), "{found:#?}");
}

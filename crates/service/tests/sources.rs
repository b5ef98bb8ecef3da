//! Records of two sources in one database, on both engines: the same id in two sources means two things, and
//! what nobody can place is refused aloud.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod record;

use domain::actor::{Actor, Door};
use domain::id::{AccountId, PatientId};
use domain::language::Language;
use people::{Clinic, ctx};
use record::{Files, import_of, patient, potassium, transaction};
use serde_json::{Value, json};
use service::import::Import;
use std::sync::Arc;
use store::testing::each_migrated;
use uuid::Uuid;

/// A patient's record as the patient of a source.
async fn of_source(clinic: &Clinic, source: &'static str, id: &'static str) -> PatientId {
    let vault = clinic.service.store.vault.clone();
    let found = clinic.service.store.db.read(move |tx| {
        store::resource_directory::find(tx, vault.organisation().blind(), source, "Patient", &[id])
    });
    found.await.unwrap()[id].patient
}

fn as_patient(clinic: &Clinic, patient: PatientId) -> service::ctx::Ctx {
    let actor = Actor {
        account: AccountId(Uuid::from_u128(77)),
        door: Door::Patient,
        language: Language::En,
        own_chart: Some(patient),
        staff: Vec::new(),
        pools: Vec::new(),
        leads: Vec::new(),
    };
    ctx(&clinic.service, actor)
}

async fn observations(clinic: &Clinic, patient: PatientId) -> i64 {
    let counting = clinic.service.store.db.read(move |tx| {
        let sql = "SELECT COUNT(*) FROM resource WHERE patient_id = $1 AND resource_type = 'Observation'";
        tx.query_one(sql, store::params![patient], |row| row.get(0))
    });
    let found: Result<i64, store::StoreError> = counting.await;
    found.unwrap()
}

fn drug(id: &str, name: &str) -> Value {
    json!({"resourceType": "Medication", "id": id, "code": {"text": name}})
}

fn order(patient: &str) -> Value {
    json!({"resourceType": "MedicationRequest", "id": "r1", "status": "active", "intent": "order",
        "medicationReference": {"reference": "Medication/m1"}, "subject": {"reference": patient},
        "authoredOn": "2026-05-01"})
}

#[tokio::test]
async fn a_prescription_names_the_drug_of_its_own_source() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let files = Files::new();
        for (source, name) in [("a", "Lisinopril"), ("b", "Warfarin")] {
            let all = [patient("1", "Delgado"), drug("m1", name), order("Patient/1")];
            let report = import_of(&clinic.service, source, &[&files.lines("all.ndjson", &all)]).await;
            assert_eq!((report.created, report.refused), (3, 0), "{:?}", report.refusals);
        }
        for (source, name) in [("a", "Lisinopril"), ("b", "Warfarin")] {
            let person = of_source(&clinic, source, "1").await;
            let (_, chart) = clinic.service.overview(&as_patient(&clinic, person), person).await.unwrap();
            let named: Vec<&str> =
                chart.medicines.lines.iter().map(|line| line.name.plain.as_str()).collect();
            assert_eq!(named, [name], "source {source}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_conditional_reference_finds_nobody_of_another_source() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let files = Files::new();
        let numbered = |mrn: &str| {
            let mut one = patient("1", "Delgado");
            one["identifier"][0]["value"] = mrn.into();
            one
        };
        for (source, mrn) in [("a", "MRN-A"), ("b", "MRN-B")] {
            import_of(&clinic.service, source, &[&files.lines("p.ndjson", &[numbered(mrn)])]).await;
        }
        let about =
            |mrn: &str| potassium("k1", &format!("Patient?identifier=urn:clinic|{mrn}"), 5.4, "2026-05-03");
        let wrong = import_of(&clinic.service, "b", &[&files.lines("k.ndjson", &[about("MRN-A")])]).await;
        assert_eq!((wrong.created, wrong.refused), (0, 1));
        let right = import_of(&clinic.service, "b", &[&files.lines("l.ndjson", &[about("MRN-B")])]).await;
        assert_eq!((right.created, right.refused), (1, 0), "{:?}", right.refusals);
        assert_eq!(observations(&clinic, of_source(&clinic, "a", "1").await).await, 0);
        assert_eq!(observations(&clinic, of_source(&clinic, "b", "1").await).await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_address_means_a_patient_here_only_below_the_source_itself() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let files = Files::new();
        let at = |host: &str| potassium("k1", &format!("https://{host}/fhir/Patient/1"), 5.4, "2026-05-03");
        let file = files.lines("all.ndjson", &[patient("1", "Delgado"), at("other.example")]);
        let report = import_of(&clinic.service, "a", &[&file]).await;
        assert_eq!((report.created, report.refused), (1, 1), "a stranger's Patient/1 is not ours");

        let import = Import {
            paths: vec![files.lines("own.ndjson", &[at("ehr.example")])],
            source: "a".into(),
            base: Some("https://ehr.example/fhir".into()),
            operator: None,
        };
        let report = clinic.service.import(&clinic.operator(), import, Arc::new(|_| {})).await.unwrap();
        assert_eq!((report.created, report.refused), (1, 0), "{:?}", report.refusals);

        // A Bundle tells by its full URLs where it came from.
        let url = "https://lab.example/r4/Observation/k2";
        let mut value = potassium("k2", "https://lab.example/r4/Patient/1", 4.4, "2026-05-04");
        let bundle = transaction(&[(url, value.clone())]);
        let report = import_of(&clinic.service, "a", &[&files.lines("bundle.ndjson", &[bundle])]).await;
        assert_eq!((report.created, report.refused), (1, 0), "{:?}", report.refusals);
        value["subject"]["reference"] = "Patient/1".into();
        let again = import_of(&clinic.service, "a", &[&files.lines("same.ndjson", &[value])]).await;
        assert_eq!(again.unchanged, 1, "stored as Type/id");
    })
    .await;
}

#[tokio::test]
async fn a_result_whose_patient_nobody_can_tell_is_refused_and_a_devices_is_not() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let files = Files::new();
        let about = |id: &str, subject: Value| {
            let mut one = potassium(id, "Patient/1", 5.4, "2026-05-03");
            one["subject"] = subject;
            one
        };
        let mut contained = about("k2", json!({"reference": "#p"}));
        contained["contained"] = json!([{"resourceType": "Patient", "id": "p"}]);
        let all = [
            patient("1", "Delgado"),
            about("k1", json!({"identifier": {"system": "urn:mrn", "value": "7"}})),
            contained,
            about("k3", json!({"display": "Rosa Delgado"})),
            about("k4", json!({"reference": "Location/ward", "display": "Ward 2"})),
        ];
        let report = import_of(&clinic.service, "a", &[&files.lines("all.ndjson", &all)]).await;
        let lines: Vec<u64> = report.refusals.iter().map(|refusal| refusal.line).collect();
        assert_eq!((report.created, lines), (2, vec![2, 3, 4]), "{:?}", report.refusals);
        assert!(report.refusals.iter().all(|refusal| !refusal.reason.contains("Rosa")));
    })
    .await;
}

#[tokio::test]
async fn a_date_beyond_every_calendar_leaves_the_chart_readable() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let files = Files::new();
        let endless = json!({"resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/1"},
            "code": {"text": "Hypertension"}, "recordedDate": "9999-12-31"});
        let visit = json!({"resourceType": "Encounter", "id": "e1", "status": "finished",
            "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
            "subject": {"reference": "Patient/1"}, "period": {"start": "9999-12-31"}});
        let later = json!({"resourceType": "Condition", "id": "c2", "subject": {"reference": "Patient/1"},
            "code": {"text": "Asthma"}, "recordedDate": "9999-12-31"});
        let first = files.lines("all.ndjson", &[endless, visit, patient("1", "Delgado")]);
        let second = files.lines("later.ndjson", &[later]);
        for file in [&first, &second] {
            let report = import_of(&clinic.service, "a", &[file]).await;
            assert_eq!(report.refused, 0, "{:?}", report.refusals);
        }
        let person = of_source(&clinic, "a", "1").await;
        let (_, chart) = clinic.service.overview(&as_patient(&clinic, person), person).await.unwrap();
        assert_eq!(chart.conditions.lines.len(), 2);
        let newest =
            clinic.count("SELECT COUNT(*) FROM patient WHERE record_newest_at > 4102444800000000").await;
        assert_eq!(newest, 0, "the record is not news from the year 9999");
        let unplaced = clinic.service.derive_panels(&clinic.operator(), clinic.service.now()).await;
        assert!(unplaced.is_ok(), "{unplaced:?}");
    })
    .await;
}

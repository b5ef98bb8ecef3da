//! Importing records, on both databases: references in every form, refusals, repeats, updates,
//! an import that was killed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod record;

use domain::actor::Role;
use domain::id::PatientId;
use people::Clinic;
use record::{Files, encounter, import, opened, patient, potassium, practitioner, stands, transaction};
use serde_json::{Value, json};
use service::ServiceError;
use service::import::Import;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use store::params;
use store::testing::each_migrated;

const ROSA: &str = "urn:uuid:057aa36e-b892-9964-75b9-ffb46b097e34";
const ROSA_ID: &str = "057aa36e-b892-9964-75b9-ffb46b097e34";

#[tokio::test]
async fn a_bundles_references_become_the_names_that_its_resources_have() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let files = Files::new();
        let rosa = patient(ROSA_ID, "Delgado");
        let value = potassium("k1", ROSA, 5.4, "2026-05-03");
        let mut nameless = potassium("x", ROSA, 4.1, "2026-05-04");
        nameless.as_object_mut().unwrap().remove("id");
        let bundle = transaction(&[
            (ROSA, rosa),
            ("urn:uuid:11111111-1111-4111-8111-111111111111", value),
            ("urn:uuid:22222222-2222-4222-8222-222222222222", nameless),
        ]);
        // A single document may go over many lines.
        let path = files.text("rosa.json", &serde_json::to_string_pretty(&bundle).unwrap());
        let report = import(&clinic.service, &[&path]).await;
        assert_eq!((report.created, report.refused, report.unresolved), (3, 0, 0));
        let (_, stored) = opened(&clinic.service, "Observation", "k1").await;
        assert_eq!(stored["subject"]["reference"], format!("Patient/{ROSA_ID}"));
        let id = "22222222-2222-4222-8222-222222222222";
        assert_eq!(opened(&clinic.service, "Observation", id).await.1["id"], id);
        let again = import(&clinic.service, &[&path]).await;
        assert_eq!((again.created, again.unchanged), (0, 3));
    })
    .await;
}

#[tokio::test]
async fn a_conditional_reference_finds_whom_an_earlier_or_a_later_file_names() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let files = Files::new();
        let by_npi = "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|991";
        let visit = |id: &str| {
            transaction(&[
                (ROSA, patient(ROSA_ID, "Delgado")),
                ("urn:uuid:33333333-3333-4333-8333-333333333333", encounter(id, ROSA, by_npi, "2026-05-03")),
            ])
        };
        // In the order of their names the visit comes before the practitioner it names.
        files.lines("a.ndjson", &[visit("v1")]);
        files.lines("b.ndjson", &[practitioner("dr", "991")]);
        let report = import(&clinic.service, &[files.path()]).await;
        assert_eq!((report.created, report.refused, report.unresolved), (3, 0, 0), "{:?}", report.refusals);
        let named = |stored: &Value| stored["participant"][0]["individual"]["reference"].clone();
        assert_eq!(named(&opened(&clinic.service, "Encounter", "v1").await.1), "Practitioner/dr");

        // In a later import the practitioner stands in the database only.
        let later = Files::new();
        later.lines("c.ndjson", &[visit("v2")]);
        let report = import(&clinic.service, &[later.path()]).await;
        assert_eq!((report.created, report.unchanged, report.refused), (1, 1, 0));
        assert_eq!(named(&opened(&clinic.service, "Encounter", "v2").await.1), "Practitioner/dr");

        let nobody = Files::new();
        let by_npi = "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|404";
        nobody.lines("d.ndjson", &[encounter("v3", &format!("Patient/{ROSA_ID}"), by_npi, "2026-05-03")]);
        let report = import(&clinic.service, &[nobody.path()]).await;
        assert_eq!((report.created, report.refused), (0, 1));
        assert_eq!(report.refusals[0].path, "Encounter");
        assert!(!report.refusals[0].reason.contains("404"));
    })
    .await;
}

#[tokio::test]
async fn a_reference_may_come_before_what_it_names_but_not_instead_of_it() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let files = Files::new();
        // One file, so that no order of files helps: the patient comes last.
        let path = files.lines(
            "all.ndjson",
            &[
                potassium("k1", "Patient/rosa", 5.4, "2026-05-03"),
                encounter("v1", "Patient/rosa", "Practitioner/dr", "2026-05-03"),
                practitioner("dr", "991"),
                patient("rosa", "Delgado"),
            ],
        );
        let report = import(&clinic.service, &[&path]).await;
        assert_eq!((report.created, report.refused, report.unresolved), (4, 0, 0));
        let (rosa, _) = stands(&clinic.service, "Patient", "rosa").await.unwrap();
        let (owner, _) = stands(&clinic.service, "Observation", "k1").await.unwrap();
        assert_eq!(owner, rosa);
        let (_, dr) = stands(&clinic.service, "Practitioner", "dr").await.unwrap();
        let vault = clinic.service.store.vault.clone();
        let token = store::account::practitioner_token(vault.organisation().blind(), dr);
        let visits = clinic.service.store.db.read(move |tx| {
            tx.query_one(
                "SELECT COUNT(*) FROM encounter WHERE patient_id = $1 AND practitioner = $2",
                params![rosa, token],
                |row| row.get::<i64>(0),
            )
        });
        assert_eq!(visits.await.unwrap(), 1);
        let newest = clinic.service.store.db.read(move |tx| store::patient::load(tx, &vault, rosa));
        let newest = newest.await.unwrap().unwrap();
        assert_eq!(newest.record_newest_at, Some("2026-05-03T07:00:00Z".parse().unwrap()));
        assert_eq!((newest.card.called.as_str(), newest.card.mrn.as_deref()), ("Rosa", Some("7-rosa")));

        let lost =
            files.lines("lost.ndjson", &[encounter("v2", "Patient/rosa", "Practitioner/no", "2026-05-04")]);
        let report = import(&clinic.service, &[&lost]).await;
        assert_eq!((report.created, report.refused, report.unresolved), (1, 0, 1));
        assert_eq!((report.dangling[0].line, report.dangling[0].resource_type.as_str()), (1, "Practitioner"));
    })
    .await;
}

#[tokio::test]
async fn a_bad_resource_is_refused_with_its_place_and_without_its_words() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let files = Files::new();
        let mut secret = patient("eve", "Delgado");
        secret["birthDate"] = json!("Secretday");
        let mut unknown = potassium("k2", "Patient/rosa", 4.0, "2026-05-03");
        unknown["secretMember"] = json!(true);
        let path = files.text(
            "mixed.ndjson",
            &format!(
                "{}\n{{\"resourceType\": \"Patient\", \"id\": Secret\n\n{secret}\n{}\n{}\n",
                patient("rosa", "Delgado"),
                transaction(&[(ROSA, patient(ROSA_ID, "Lee")), ("urn:x", unknown)]),
                potassium("k1", "Patient/rosa", 5.4, "2026-05-03"),
            ),
        );
        let report = import(&clinic.service, &[&path]).await;
        assert_eq!((report.created, report.refused), (3, 3));
        let places: Vec<(u64, &str)> =
            report.refusals.iter().map(|refusal| (refusal.line, refusal.path.as_str())).collect();
        let member = "Bundle.entry[1].resource.secretMember";
        assert_eq!(places, [(2, ""), (4, "Patient.birthDate"), (5, member)]);
        for refusal in &report.refusals {
            assert!(refusal.file.ends_with("mixed.ndjson"));
            assert!(!refusal.reason.contains("Secret") && !refusal.reason.is_empty());
        }
        assert_eq!(report.by_type.get("Patient"), Some(&2));

        let missing = import(&clinic.service, &[&files.path().join("nowhere.ndjson")]).await;
        assert_eq!((missing.refused, missing.refusals[0].line), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn an_update_makes_a_version_and_keeps_the_one_before() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let files = Files::new();
        let first = [patient("rosa", "Delgado"), potassium("k1", "Patient/rosa", 5.4, "2026-05-03")];
        import(&clinic.service, &[&files.lines("first.ndjson", &first)]).await;
        let mut corrected = potassium("k1", "Patient/rosa", 4.5, "2026-05-03");
        corrected["status"] = json!("corrected");
        corrected["meta"] = json!({"lastUpdated": "2026-05-05T10:00:00Z"});
        let second = [patient("rosa", "Delgado-Ortiz"), corrected.clone()];
        let report = import(&clinic.service, &[&files.lines("second.ndjson", &second)]).await;
        assert_eq!((report.created, report.updated, report.unchanged), (0, 2, 0));
        let (version, stored) = opened(&clinic.service, "Observation", "k1").await;
        assert_eq!((version, stored["valueQuantity"]["value"].to_string()), (2, "4.5".into()));

        let (rosa, k1) = stands(&clinic.service, "Observation", "k1").await.unwrap();
        let vault = clinic.service.store.vault.clone();
        let read = clinic.service.store.db.read(move |tx| {
            let before = store::resource::load_version(tx, (rosa, k1), 1)?.unwrap();
            let before = before.open_with(tx, &vault)?;
            Ok::<_, store::StoreError>((before, store::patient::card(tx, &vault, rosa)?.unwrap()))
        });
        let (before, card) = read.await.unwrap();
        assert_eq!(before["valueQuantity"]["value"].to_string(), "5.4");
        assert_eq!(card.name, "Rosa María Delgado-Ortiz");

        // A server's new stamp on the same content is no update.
        corrected["meta"] = json!({"lastUpdated": "2026-06-01T10:00:00Z", "versionId": "9"});
        let report = import(&clinic.service, &[&files.lines("third.ndjson", &[corrected])]).await;
        assert_eq!((report.updated, report.unchanged), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn the_same_resource_twice_in_one_import_is_one_resource_with_a_history() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let files = Files::new();
        let twice = [
            patient("rosa", "Delgado"),
            patient("rosa", "Delgado"),
            patient("rosa", "Ortiz"),
            potassium("k1", "Patient/rosa", 5.4, "2026-05-03"),
            potassium("k1", "Patient/rosa", 4.5, "2026-05-03"),
        ];
        let report = import(&clinic.service, &[&files.lines("twice.ndjson", &twice)]).await;
        assert_eq!((report.created, report.updated, report.unchanged), (2, 2, 1));
        assert_eq!(opened(&clinic.service, "Observation", "k1").await.0, 2);
        let (other, _) = stands(&clinic.service, "Patient", "rosa").await.unwrap();
        assert_eq!(clinic.count("SELECT COUNT(*) FROM patient").await, 1);

        // What is in one patient's record does not move into another's.
        let moved = [patient("eve", "Lee"), potassium("k1", "Patient/eve", 4.5, "2026-05-03")];
        let report = import(&clinic.service, &[&files.lines("moved.ndjson", &moved)]).await;
        assert_eq!((report.created, report.refused), (1, 1));
        assert_eq!(stands(&clinic.service, "Observation", "k1").await.unwrap().0, other);
    })
    .await;
}

#[tokio::test]
async fn a_killed_import_is_taken_up_where_it_stood() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let files = Files::new();
        let mut lines = vec![patient("rosa", "Delgado")];
        let note = "a long note about nothing in particular, ".repeat(1200);
        for n in 0..250 {
            let mut one = potassium(&format!("k{n}"), "Patient/rosa", 4.0, "2026-05-03");
            one["note"] = json!([{"text": format!("{n} {note}")}]);
            lines.push(one);
        }
        let text: String = lines.iter().map(|value| format!("{value}\n")).collect();
        let path = files.gzip("long.ndjson.gz", &text);
        // The process dies after its first commit: the callback unwinds the import.
        let told = Arc::new(AtomicBool::new(false));
        let first = told.clone();
        let dying = Import { paths: vec![path.clone()], source: "clinic".into(), ..Import::default() };
        let tell = Arc::new(move |_: &service::import::Progress| {
            assert!(!first.swap(true, Ordering::SeqCst), "killed");
            std::panic::resume_unwind(Box::new("killed"));
        });
        let died = clinic.service.import(&people::operator(&clinic.service), dying, tell).await;
        assert!(matches!(died, Err(ServiceError::Internal(_))), "{died:?}");
        let half = clinic.count("SELECT COUNT(*) FROM resource").await;
        assert!((1..251).contains(&half), "{half}");
        assert_eq!(clinic.count("SELECT COUNT(*) FROM import_progress").await, 1);

        let report = import(&clinic.service, &[&path]).await;
        assert_eq!(
            (report.created, report.unchanged, report.unresolved),
            (251 - half as u64, half as u64, 0)
        );
        assert_eq!(clinic.count("SELECT COUNT(*) FROM resource").await, 251);
        assert_eq!(clinic.count("SELECT COUNT(*) FROM import_progress").await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_import_leaves_one_audit_row_per_patient_and_is_the_operators_alone() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let files = Files::new();
        let lines = [
            patient("rosa", "Delgado"),
            patient("eve", "Lee"),
            potassium("k1", "Patient/rosa", 5.4, "2026-05-03"),
        ];
        let path = files.lines("two.ndjson", &lines);
        import(&clinic.service, &[&path]).await;
        let (rosa, _) = stands(&clinic.service, "Patient", "rosa").await.unwrap();
        assert_eq!(clinic.audit(rosa).await, [("import_records".to_owned(), "done".to_owned())]);
        let before = clinic.audit(rosa).await;
        import(&clinic.service, &[&path]).await;
        assert_eq!(clinic.audit(rosa).await, before, "a repeat changes nothing and shows nothing");

        clinic.staff("maya", Role::Nurse).await;
        let maya = clinic.enter(domain::actor::Door::Team, "maya", people::PASSWORD).await.unwrap();
        let session = clinic.service.session(domain::actor::Door::Team, &maya.token).await.unwrap().unwrap();
        let ctx = people::ctx(&clinic.service, session.actor);
        let import = Import { paths: vec![path], source: "clinic".into(), ..Import::default() };
        let refused = clinic.service.import(&ctx, import, Arc::new(|_| {})).await;
        assert_eq!(refused, Err(ServiceError::Denied));
        let audit = clinic.audit(PatientId::ORGANISATION).await;
        assert!(audit.contains(&("import_records".to_owned(), "denied".to_owned())));
    })
    .await;
}

//! Reading the record, on both databases: what a patient sees, what each of the team may see, and
//! whom they find.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod record;

use domain::actor::{Door, Role};
use domain::draft::{FieldProblem, Reason};
use domain::empanelment::EmpanelmentSource;
use domain::enrolment::IdentityProof;
use domain::id::{PatientId, PoolId};
use domain::language::Language;
use jiff::SignedDuration;
use people::{Clinic, PASSWORD};
use record::{Files, encounter, import, patient, potassium, practitioner, stands};
use serde_json::{Value, json};
use service::ServiceError;
use service::ctx::Ctx;
use service::page::PAGE;
use service::view::chart::RangeRelation;
use service::view::person::Found;
use store::db::Db;
use store::empanelment::Empanelment;
use store::testing::each_migrated;

/// Rosa's record, and a nurse and a front desk whose pool she belongs to.
struct Story {
    clinic: Clinic,
    rosa: PatientId,
}

impl Story {
    async fn open(db: Db, records: &[Value]) -> Story {
        let clinic = Clinic::open(db).await;
        let files = Files::new();
        let mut lines = vec![patient("rosa", "Núñez")];
        lines.extend_from_slice(records);
        let report = import(&clinic.service, &[&files.lines("all.ndjson", &lines)]).await;
        assert_eq!((report.refused, report.unresolved), (0, 0), "{:?}", report.refusals);
        let (rosa, _) = stands(&clinic.service, "Patient", "rosa").await.unwrap();
        Story { clinic, rosa }
    }

    async fn empanel(&self, patient: PatientId) {
        let from = self.clinic.service.now() - SignedDuration::from_hours(24);
        let row = Empanelment {
            patient,
            pool: self.clinic.nurses,
            practitioner: None,
            from,
            until: None,
            source: EmpanelmentSource::File,
        };
        let db = &self.clinic.service.store.db;
        db.write(move |tx| store::empanelment::insert(tx, &row)).await.unwrap();
    }

    /// The context of a patient with an account.
    async fn as_rosa(&self) -> Ctx {
        let proof = IdentityProof::InPerson;
        let code = self.clinic.service.invite(&self.clinic.operator(), self.rosa, proof).await.unwrap().code;
        let service = &self.clinic.service;
        service.activate(&code, "1958-03-02", "rosa", PASSWORD, Language::Es).await.unwrap();
        self.enter(Door::Patient, "rosa").await
    }

    async fn staff(&self, name: &str, role: Role) -> Ctx {
        self.clinic.staff(name, role).await;
        self.enter(Door::Team, name).await
    }

    async fn enter(&self, door: Door, name: &str) -> Ctx {
        let signed_in = self.clinic.enter(door, name, PASSWORD).await.unwrap();
        let session = self.clinic.service.session(door, &signed_in.token).await.unwrap().unwrap();
        people::ctx(&self.clinic.service, session.actor)
    }

    async fn names(&self, ctx: &Ctx, text: &str) -> Vec<String> {
        let (found, more) = self.clinic.service.find_patients(ctx, text).await.unwrap();
        assert!(!more);
        found.into_iter().map(|one: Found| one.name).collect()
    }
}

fn condition(id: &str, name: &str, status: &str) -> Value {
    json!({"resourceType": "Condition", "id": id, "subject": {"reference": "Patient/rosa"},
        "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical",
            "code": status}]},
        "code": {"text": name}, "onsetDateTime": "2019-04"})
}

fn prescription(id: &str, status: &str, written: &str, drug: Value) -> Value {
    let mut request = json!({"resourceType": "MedicationRequest", "id": id, "status": status, "intent": "order",
        "subject": {"reference": "Patient/rosa"}, "authoredOn": written,
        "requester": {"reference": "Practitioner/dr", "display": "Dr. Lopez"}});
    request.as_object_mut().unwrap().extend(drug.as_object().unwrap().clone());
    request
}

fn coded(code: &str, text: &str) -> Value {
    json!({"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": code}], "text": text})
}

fn with_range(mut result: Value) -> Value {
    result["referenceRange"] = json!([{"low": {"value": 3.5, "unit": "mmol/L"},
        "high": {"value": 5.1, "unit": "mmol/L"}}]);
    result
}

#[tokio::test]
async fn the_overview_shows_each_thing_once_and_the_active_ones_first() {
    each_migrated(|db| async move {
        let allergy = json!({"resourceType": "AllergyIntolerance", "id": "a1", "criticality": "high",
            "patient": {"reference": "Patient/rosa"}, "code": {"text": "Penicillin"},
            "reaction": [{"manifestation": [{"text": "Hives"}]}], "recordedDate": "2002-08-03"});
        let vaccine = |id: &str, day: &str| {
            json!({"resourceType": "Immunization", "id": id, "status": "completed",
                "patient": {"reference": "Patient/rosa"}, "occurrenceDateTime": day,
                "vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": "140"}],
                    "text": "Influenza"}})
        };
        let aspirin = json!({"medicationCodeableConcept": coded("243670", "Aspirin 81 mg tablet")});
        let drug =
            json!({"resourceType": "Medication", "id": "m1", "code": coded("314076", "Lisinopril 10 mg")});
        let referred = json!({"medicationReference": {"reference": "Medication/m1"}});
        let story = Story::open(
            db,
            &[
                condition("c1", "Sinusitis", "resolved"),
                condition("c2", "Asthma", "active"),
                prescription("r1", "completed", "2019-01-01", aspirin.clone()),
                prescription("r2", "active", "2020-01-01", aspirin),
                prescription("r3", "completed", "2021-01-01", referred),
                drug,
                practitioner("dr", "991"),
                allergy,
                vaccine("i1", "2019-10-01"),
                vaccine("i2", "2020-10-01"),
            ],
        )
        .await;
        let rosa = story.as_rosa().await;
        let (person, chart) = story.clinic.service.overview(&rosa, story.rosa).await.unwrap();
        assert_eq!(person.name, "Rosa María Núñez");
        let names: Vec<&str> = chart.conditions.lines.iter().map(|line| &*line.name).collect();
        assert_eq!(names, ["Asthma", "Sinusitis"]);
        assert_eq!(chart.conditions.lines[0].since.as_ref().unwrap().text, "2019-04");
        let medicines = &chart.medicines.lines;
        assert_eq!(medicines.len(), 2, "{medicines:?}");
        assert_eq!((medicines[0].times, medicines[0].is_active), (2, true));
        assert_eq!(medicines[1].name.plain, "Lisinopril, tableta de 10 mg");
        assert_eq!(medicines[0].prescriber.as_deref(), Some("Dr. Lopez"));
        assert_eq!(chart.allergies.lines[0].reactions, ["Hives"]);
        assert_eq!(chart.immunizations.lines[0].dates.len(), 2);
        assert!(chart.conditions.source.newest.is_some() && chart.results.lines.is_empty());
    })
    .await;
}

#[tokio::test]
async fn results_come_newest_first_page_by_page_with_range_and_trend() {
    each_migrated(|db| async move {
        let days = PAGE + 5;
        let mut records: Vec<Value> = (0..days)
            .map(|n| potassium(&format!("k{n:02}"), "Patient/rosa", 4.0, &format!("2026-03-{:02}", n + 1)))
            .collect();
        records.push(with_range(potassium("high", "Patient/rosa", 5.4, "2026-05-03")));
        let mut other_unit = potassium("unit", "Patient/rosa", 40.0, "2026-04-01");
        other_unit["valueQuantity"] = json!({"value": 40, "unit": "mg/dL"});
        records.push(other_unit);
        let story = Story::open(db, &records).await;
        let rosa = story.as_rosa().await;
        let service = &story.clinic.service;
        let (_, first, _) = service.results(&rosa, story.rosa, None).await.unwrap();
        assert_eq!(first.items.len(), PAGE);
        assert_eq!(first.items[0].value, "5.4 mmol/L");
        let (_, second, _) = service.results(&rosa, story.rosa, first.next).await.unwrap();
        assert_eq!((second.items.len(), second.next), (days + 2 - PAGE, None));

        let high = first.items[0].resource;
        let view = service.result(&rosa, story.rosa, high).await.unwrap();
        assert_eq!(view.line.relation, RangeRelation::LittleAbove);
        assert_eq!(view.line.range.as_deref(), Some("3.5 a 5.1 mmol/L"));
        assert_eq!(view.code.as_deref(), Some("LOINC 2823-3"));
        assert!(view.can_ask && view.questions.is_empty());
        let trend = view.trend.unwrap();
        assert_eq!(
            (trend.points.len(), trend.high),
            (days + 1, Some(5.1)),
            "the other unit is no part of it"
        );
        assert_eq!(trend.points.last().unwrap().resource, high);
        assert!(trend.points.windows(2).all(|pair| pair[0].at <= pair[1].at));
        let view = service.result(&rosa, story.rosa, first.items[2].resource).await.unwrap();
        assert_eq!((view.line.relation, view.line.range), (RangeRelation::NoRange, None));
    })
    .await;
}

#[tokio::test]
async fn a_result_is_new_until_its_reader_opens_it() {
    each_migrated(|db| async move {
        let records = [
            potassium("old", "Patient/rosa", 4.0, "2026-03-01"),
            potassium("new", "Patient/rosa", 4.2, "2026-05-01"),
            potassium("newest", "Patient/rosa", 4.4, "2026-05-03"),
        ];
        let story = Story::open(db, &records).await;
        let rosa = story.as_rosa().await;
        let service = &story.clinic.service;
        let home = service.home(&rosa, story.rosa).await.unwrap();
        let values = |lines: &[service::view::chart::ResultLine]| {
            lines.iter().map(|line| line.value.clone()).collect::<Vec<_>>()
        };
        assert_eq!(values(&home.new_results), ["4.4 mmol/L", "4.2 mmol/L"], "of the record's last 30 days");
        service.result(&rosa, story.rosa, home.new_results[0].resource).await.unwrap();
        let home = service.home(&rosa, story.rosa).await.unwrap();
        assert_eq!(values(&home.new_results), ["4.2 mmol/L"]);
        let (_, page, _) = service.results(&rosa, story.rosa, None).await.unwrap();
        assert_eq!(page.items.iter().map(|line| line.is_new).collect::<Vec<_>>(), [false, true, false]);
        assert!(home.answers.is_empty() && home.waiting.is_empty());
    })
    .await;
}

#[tokio::test]
async fn nobody_reads_another_patients_record() {
    each_migrated(|db| async move {
        let eve = json!({"resourceType": "Patient", "id": "eve", "name": [{"family": "Lee"}]});
        let story = Story::open(db, &[eve, potassium("k1", "Patient/eve", 4.0, "2026-05-03")]).await;
        let (eve, k1) = stands(&story.clinic.service, "Observation", "k1").await.unwrap();
        let rosa = story.as_rosa().await;
        let service = &story.clinic.service;
        let missing = Some(ServiceError::NotFound);
        assert_eq!(service.overview(&rosa, eve).await.err(), missing);
        assert_eq!(service.results(&rosa, eve, None).await.err(), missing);
        assert_eq!(service.result(&rosa, eve, k1).await.err(), missing);
        assert_eq!(
            service.result(&rosa, story.rosa, k1).await.err(),
            missing,
            "not by her own address either"
        );
        assert_eq!(service.home(&rosa, eve).await.err(), missing);
        let denied = ("read_result".to_owned(), "denied".to_owned());
        assert!(story.clinic.audit(eve).await.contains(&denied));
    })
    .await;
}

#[tokio::test]
async fn a_nurse_sees_a_chart_only_with_a_care_relationship_or_a_broken_glass() {
    each_migrated(|db| async move {
        let story = Story::open(db, &[potassium("k1", "Patient/rosa", 5.4, "2026-05-03")]).await;
        let maya = story.staff("maya", Role::Nurse).await;
        let service = &story.clinic.service;
        let (_, k1) = stands(service, "Observation", "k1").await.unwrap();
        let missing = Some(ServiceError::NotFound);
        assert_eq!(service.team_chart(&maya, story.rosa).await.err(), missing);
        assert_eq!(service.team_result(&maya, story.rosa, k1).await.err(), missing);
        assert_eq!(service.banner(&maya, story.rosa).await.err(), missing);
        assert_eq!(story.names(&maya, "nunez").await, Vec::<String>::new());

        let reason = Reason::parse("She fainted in the waiting room").unwrap();
        let opened = service.break_glass(&maya, "Rosa 7-rosa", reason.clone()).await;
        assert_eq!(opened, Ok(story.rosa));
        let (banner, chart) = service.team_chart(&maya, story.rosa).await.unwrap();
        assert_eq!((banner.name.as_str(), chart.results.lines.len()), ("Rosa María Núñez", 1));
        let (_, view) = service.team_result(&maya, story.rosa, k1).await.unwrap();
        assert!(!view.can_ask && !view.line.is_new);
        let told = ("break_glass".to_owned(), "done".to_owned());
        assert!(story.clinic.audit(story.rosa).await.contains(&told));
        let later = Ctx { now: maya.now + SignedDuration::from_hours(5), ..maya.clone() };
        assert_eq!(service.team_chart(&later, story.rosa).await.err(), missing);

        for (words, problem) in [
            ("Rosa", FieldProblem::PatientVague),
            ("7-nobody", FieldProblem::PatientUnknown),
            ("Carlos 7-rosa", FieldProblem::PatientUnknown),
        ] {
            let refused = service.break_glass(&maya, words, reason.clone()).await;
            assert_eq!(refused, Err(ServiceError::Invalid(vec![problem])), "{words}");
        }
        let tried = ("break_glass".to_owned(), "invalid".to_owned());
        assert!(story.clinic.audit(PatientId::ORGANISATION).await.contains(&tried));
        story.empanel(story.rosa).await;
        assert!(service.team_chart(&later, story.rosa).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn who_treats_a_patient_in_the_record_may_read_it() {
    each_migrated(|db| async move {
        let team = json!({"resourceType": "CareTeam", "id": "t1", "status": "active",
            "subject": {"reference": "Patient/rosa"}, "period": {"start": "2020-01-01"},
            "participant": [{"member": {"reference": "Practitioner/lopez"}}]});
        let story = Story::open(
            db,
            &[
                team,
                encounter("v1", "Patient/rosa", "Practitioner/seen", "2026-05-03"),
                encounter("v0", "Patient/rosa", "Practitioner/long-ago", "2020-05-03"),
                practitioner("lopez", "991"),
                practitioner("seen", "992"),
                practitioner("long-ago", "993"),
                practitioner("nobody", "994"),
            ],
        )
        .await;
        for (id, may) in [("lopez", true), ("seen", true), ("long-ago", false), ("nobody", false)] {
            let (_, resource) = stands(&story.clinic.service, "Practitioner", id).await.unwrap();
            story.clinic.practitioner(id, Role::Physician, Some(resource)).await;
            let ctx = story.enter(Door::Team, id).await;
            let read = story.clinic.service.team_chart(&ctx, story.rosa).await;
            assert_eq!(read.is_ok(), may, "{id}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_front_desk_sees_who_it_is_but_no_chart() {
    each_migrated(|db| async move {
        let story = Story::open(db, &[potassium("k1", "Patient/rosa", 5.4, "2026-05-03")]).await;
        story.empanel(story.rosa).await;
        let desk = story.staff("desk", Role::FrontDesk).await;
        let service = &story.clinic.service;
        let banner = service.banner(&desk, story.rosa).await.unwrap();
        assert_eq!((banner.mrn.as_deref(), banner.allergies), (Some("7-rosa"), None));
        assert_eq!(service.team_chart(&desk, story.rosa).await.err(), Some(ServiceError::NotFound));
        let (_, k1) = stands(service, "Observation", "k1").await.unwrap();
        assert_eq!(service.team_result(&desk, story.rosa, k1).await.err(), Some(ServiceError::NotFound));
        let reason = Reason::parse("Curious").unwrap();
        assert_eq!(service.break_glass(&desk, "7-rosa", reason).await, Err(ServiceError::Denied));
        assert_eq!(story.names(&desk, "rosa").await, ["Rosa María Núñez"]);
    })
    .await;
}

#[tokio::test]
async fn a_patient_is_found_by_any_piece_of_what_is_known() {
    each_migrated(|db| async move {
        let eve = json!({"resourceType": "Patient", "id": "eve", "birthDate": "1958-03", "name": [
            {"use": "official", "family": "Lee", "given": ["Eve"]}, {"use": "maiden", "family": "Nunes"}]});
        let story = Story::open(db, &[eve]).await;
        story.empanel(story.rosa).await;
        story.empanel(stands(&story.clinic.service, "Patient", "eve").await.unwrap().0).await;
        let maya = story.staff("maya", Role::Nurse).await;
        let rosa = ["Rosa María Núñez"];
        for text in [
            "nunez",
            "NÚÑEZ, Rosa",
            "maria nu",
            "3/2/1958",
            "March 2, 1958",
            "2 de marzo de 1958",
            "rosa 1958-03-02",
            "(555) 942-8848",
            "942-8848",
            "7-rosa",
            "7-ROSA",
        ] {
            assert_eq!(story.names(&maya, text).await, rosa, "{text}");
        }
        assert_eq!(story.names(&maya, "nun").await, ["Eve Lee", rosa[0]]);
        assert_eq!(story.names(&maya, "nunes").await, ["Eve Lee"], "by a former name");
        assert_eq!(story.names(&maya, "1958").await, ["Eve Lee", rosa[0]]);
        for text in ["", "rosa lee", "nunez 3/3/1958", "555-000-0000", "7-nobody"] {
            assert_eq!(story.names(&maya, text).await, Vec::<String>::new(), "{text}");
        }
        let told = ("find_patient".to_owned(), "done".to_owned());
        assert!(story.clinic.audit(story.rosa).await.contains(&told));
    })
    .await;
}

#[tokio::test]
async fn too_many_patients_ask_to_narrow() {
    each_migrated(|db| async move {
        let many: Vec<Value> = (0..60)
            .map(|n| {
                json!({"resourceType": "Patient", "id": format!("p{n}"),
                    "name": [{"family": "Smith", "given": [format!("Ann{n:02}")]}]})
            })
            .collect();
        let story = Story::open(db, &many).await;
        for n in 0..60 {
            let (patient, _) = stands(&story.clinic.service, "Patient", &format!("p{n}")).await.unwrap();
            story.empanel(patient).await;
        }
        let maya = story.staff("maya", Role::Nurse).await;
        let (found, more) = story.clinic.service.find_patients(&maya, "smith").await.unwrap();
        assert_eq!((found.len(), more), (50, true));
        let (found, more) = story.clinic.service.find_patients(&maya, "smith ann0").await.unwrap();
        assert_eq!((found.len(), more), (10, false));
        let elsewhere = people::ctx(&story.clinic.service, {
            let mut actor = maya.actor.clone();
            actor.pools = vec![PoolId(uuid::Uuid::from_u128(9))];
            actor
        });
        assert_eq!(story.names(&elsewhere, "smith").await, Vec::<String>::new());
    })
    .await;
}

fn pressure(id: &str, day: &str, upper: i64, lower: i64) -> Value {
    let part = |code: &str, value: i64| {
        json!({"code": {"coding": [{"system": "http://loinc.org", "code": code}], "text": "Pressure"},
            "valueQuantity": {"value": value, "unit": "mm[Hg]", "code": "mm[Hg]"}})
    };
    json!({"resourceType": "Observation", "id": id, "status": "final", "subject": {"reference": "Patient/rosa"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "85354-9"}], "text": "Blood Pressure"},
        "effectiveDateTime": day, "component": [part("8480-6", upper), part("8462-4", lower)]})
}

#[tokio::test]
async fn names_come_in_each_readers_language_with_the_records_words_behind() {
    each_migrated(|db| async move {
        let lisinopril =
            json!({"medicationCodeableConcept": coded("314076", "lisinopril 10 MG Oral Tablet")});
        let mut covid = potassium("covid", "Patient/rosa", 1.0, "2026-05-02");
        covid["code"] = json!({"coding": [{"system": "http://loinc.org", "code": "94531-1"}],
            "text": "SARS-CoV-2 RNA Pnl Resp NAA+probe"});
        covid.as_object_mut().unwrap().remove("valueQuantity");
        covid["valueCodeableConcept"] = json!({"coding": [{"system": "http://snomed.info/sct", "code": "260385009",
            "display": "Negative (qualifier value)"}]});
        let records = [
            prescription("r1", "active", "2020-01-01", lisinopril),
            practitioner("dr", "991"),
            covid,
            pressure("p1", "2026-04-01", 142, 88),
            pressure("p2", "2026-05-01", 131, 80),
        ];
        let story = Story::open(db, &records).await;
        story.empanel(story.rosa).await;
        let (rosa, maya) = (story.as_rosa().await, story.staff("maya", Role::Nurse).await);
        let service = &story.clinic.service;

        let (_, chart) = service.overview(&rosa, story.rosa).await.unwrap();
        let name = &chart.medicines.lines[0].name;
        assert_eq!(name.plain, "Lisinopril, tableta de 10 mg");
        assert_eq!(name.explanation, Some("Baja la presión y ayuda al corazón."));
        assert_eq!(name.clinical.as_deref(), Some("Lisinopril 10 mg tablet"));
        let line = &chart.results.lines[0];
        assert_eq!((line.name.plain.as_str(), line.value.as_str()), ("Prueba de COVID-19", "Negativo"));
        let (_, chart) = service.team_chart(&maya, story.rosa).await.unwrap();
        let name = &chart.medicines.lines[0].name;
        assert_eq!((name.plain.as_str(), name.clinical.as_deref()), ("Lisinopril 10 mg tablet", None));
        assert_eq!(chart.results.lines[0].value, "Negative");

        let (_, p2) = stands(service, "Observation", "p2").await.unwrap();
        let view = service.result(&rosa, story.rosa, p2).await.unwrap();
        assert_eq!((view.line.value.as_str(), view.trend), ("131/80 mmHg", None));
        let parts: Vec<(&str, f64, f64)> = view
            .part_trends
            .iter()
            .map(|(name, trend)| (name.plain.as_str(), trend.points[0].value, trend.points[1].value))
            .collect();
        assert_eq!(
            parts,
            [
                ("Número de arriba (sistólica)", 142.0, 131.0),
                ("Número de abajo (diastólica)", 88.0, 80.0)
            ]
        );
    })
    .await;
}

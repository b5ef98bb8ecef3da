//! The record's further pages as the patient reads them, on both databases: what belongs to a visit,
//! texts once, procedures once, people who can be written to, and what the audit says of each look.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod record;

use domain::actor::{Door, Role};
use domain::empanelment::EmpanelmentSource;
use domain::enrolment::IdentityProof;
use domain::id::{PatientId, ResourceId};
use domain::language::Language;
use jiff::SignedDuration;
use people::{Clinic, PASSWORD};
use record::{Files, encounter, import, patient, potassium, practitioner, stands};
use serde_json::{Value, json};
use service::ServiceError;
use service::ctx::Ctx;
use service::view::chart::Review;
use service::view::record::{Block, NoteText, Setting};
use store::db::Db;
use store::empanelment::Empanelment;
use store::testing::each_migrated;

const VISIT: &str = "2026-05-03T09:40:00-07:00";
/// "# Plan", "- Less salt".
const TEXT: &str = "IyBQbGFuCi0gTGVzcyBzYWx0Cg==";

struct Story {
    clinic: Clinic,
    rosa: PatientId,
    as_rosa: Ctx,
}

impl Story {
    async fn open(db: Db) -> Story {
        let clinic = Clinic::open(db).await;
        let files = Files::new();
        let report = import(&clinic.service, &[&files.lines("all.ndjson", &records())]).await;
        // One member of a panel never came.
        assert_eq!((report.refused, report.unresolved), (0, 1), "{:?}", report.refusals);
        let (rosa, _) = stands(&clinic.service, "Patient", "rosa").await.unwrap();
        empanel(&clinic, rosa).await;
        let (_, doctor) = stands(&clinic.service, "Practitioner", "dr").await.unwrap();
        clinic.practitioner("lopez", Role::Physician, Some(doctor)).await;
        let code =
            clinic.service.invite(&clinic.operator(), rosa, IdentityProof::InPerson).await.unwrap().code;
        clinic.service.activate(&code, "1958-03-02", "rosa", PASSWORD, Language::Es).await.unwrap();
        let as_rosa = enter(&clinic, Door::Patient, "rosa").await;
        Story { clinic, rosa, as_rosa }
    }

    async fn id(&self, kind: &'static str, id: &str) -> ResourceId {
        stands(&self.clinic.service, kind, id).await.unwrap().1
    }

    fn now(&self, ctx: &Ctx) -> Ctx {
        Ctx { now: self.clinic.service.now(), ..ctx.clone() }
    }
}

async fn enter(clinic: &Clinic, door: Door, name: &str) -> Ctx {
    let signed_in = clinic.enter(door, name, PASSWORD).await.unwrap();
    let session = clinic.service.session(door, &signed_in.token).await.unwrap().unwrap();
    people::ctx(&clinic.service, session.actor)
}

async fn empanel(clinic: &Clinic, patient: PatientId) {
    let row = Empanelment {
        patient,
        pool: clinic.nurses,
        practitioner: None,
        from: clinic.service.now() - SignedDuration::from_hours(24),
        until: None,
        source: EmpanelmentSource::File,
    };
    clinic.service.store.db.write(move |tx| store::empanelment::insert(tx, &row)).await.unwrap();
}

fn of_visit(mut resource: Value) -> Value {
    resource["encounter"] = json!({"reference": "Encounter/e1"});
    resource
}

fn about(kind: &str, id: &str, members: Value) -> Value {
    let mut resource = json!({"resourceType": kind, "id": id, "subject": {"reference": "Patient/rosa"}});
    resource.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    resource
}

fn snomed(code: &str, display: &str) -> Value {
    json!({"coding": [{"system": "http://snomed.info/sct", "code": code, "display": display}], "text": display})
}

fn records() -> Vec<Value> {
    let mut visit = encounter("e1", "Patient/rosa", "Practitioner/dr", VISIT);
    visit["type"] = json!([snomed("390906007", "Follow-up encounter")]);
    visit["reasonCode"] = json!([snomed("59621000", "Hypertension")]);
    visit["serviceProvider"] = json!({"display": "Riverbend"});
    let attachment = json!({"contentType": "text/plain; charset=utf-8", "data": TEXT});
    let cardioversion = |id: &str, day: &str| {
        about(
            "Procedure",
            id,
            json!({"status": "completed", "code": {"text": "Electrical cardioversion"},
            "performedPeriod": {"start": day}}),
        )
    };
    let pressure = |id: &str, day: &str, upper: f64| {
        let part = |code: &str, value: f64| {
            json!({"code": {"coding": [{"system": "http://loinc.org", "code": code}], "text": code},
                "valueQuantity": {"value": value, "unit": "mmHg"}})
        };
        about(
            "Observation",
            id,
            json!({"status": "final", "effectiveDateTime": day,
            "category": [{"coding": [{"code": "vital-signs"}]}],
            "code": {"coding": [{"system": "http://loinc.org", "code": "85354-9"}], "text": "Blood pressure"},
            "component": [part("8480-6", upper), part("8462-4", 82.0)]}),
        )
    };
    let mut ordered = of_visit(potassium("k1", "Patient/rosa", 5.4, VISIT));
    ordered["basedOn"] = json!([{"reference": "ServiceRequest/s1"}]);
    vec![
        patient("rosa", "Núñez"),
        practitioner("dr", "9999999619"),
        visit,
        encounter("e0", "Patient/rosa", "Practitioner/dr", "2019-01-02"),
        about(
            "DocumentReference",
            "d1",
            json!({"status": "current", "type": {"text": "Visit note"},
            "date": VISIT, "author": [{"display": "Dr. Lopez"}],
            "context": {"encounter": [{"reference": "Encounter/e1"}]}, "content": [{"attachment": attachment}]}),
        ),
        of_visit(about(
            "DiagnosticReport",
            "r1",
            json!({"status": "final", "code": {"text": "Visit note"},
            "effectiveDateTime": VISIT, "presentedForm": [attachment]}),
        )),
        ordered,
        about(
            "DiagnosticReport",
            "r2",
            json!({"status": "final", "conclusion": "Potassium is up.", "effectiveDateTime": VISIT,
            "code": {"coding": [{"system": "http://loinc.org", "code": "51990-0"}], "text": "Panel"},
            "result": [{"reference": "Observation/k1"}, {"reference": "Observation/k0"},
                {"reference": "Observation/never-sent"}]}),
        ),
        about(
            "Observation",
            "o1",
            json!({"status": "final", "effectiveDateTime": VISIT, "code": {"text": "Together"},
            "hasMember": [{"reference": "Observation/k0"}]}),
        ),
        potassium("k0", "Patient/rosa", 4.2, "2026-05-03T09:50:00-07:00"),
        about(
            "ServiceRequest",
            "s1",
            json!({"status": "completed", "intent": "order",
            "code": {"text": "Potassium"}, "requester": {"display": "Dr. Lopez"}}),
        ),
        of_visit(pressure("p2", VISIT, 148.0)),
        pressure("p1", "2025-05-03", 142.0),
        cardioversion("c1", "2010-09-16"),
        cardioversion("c2", "2011-09-22"),
        about("Condition", "dm", json!({"code": {"text": "Prediabetes"}, "onsetDateTime": "2019"})),
        about(
            "CarePlan",
            "cp",
            json!({"status": "active", "intent": "order",
            "category": [snomed("698360004", "Diabetes self management plan")],
            "period": {"start": "2019-03-27"}, "addresses": [{"reference": "Condition/dm"}],
            "activity": [{"detail": {"code": snomed("160670007", "Diabetic diet"), "status": "in-progress"}}]}),
        ),
        about("Goal", "g1", json!({"lifecycleStatus": "active", "description": {"text": "A1c below 7"}})),
        about(
            "CareTeam",
            "ct",
            json!({"status": "active", "name": "Primary care",
            "participant": [{"member": {"reference": "Patient/rosa", "display": "Rosa"}},
                {"role": [{"text": "Primary care provider"}],
                 "member": {"reference": "Practitioner/dr", "display": "Dr. Lopez"}}]}),
        ),
        json!({"resourceType": "ExplanationOfBenefit", "id": "b1", "status": "active", "use": "claim",
            "type": {"text": "professional"}, "outcome": "complete", "created": "2026-05-04",
            "patient": {"reference": "Patient/rosa"}, "insurer": {"display": "Humana"},
            "provider": {"display": "Riverbend"},
            "contained": [{"resourceType": "Coverage", "id": "coverage", "status": "active",
                "beneficiary": {"reference": "Patient/rosa"}, "payor": [{"display": "Humana"}]}],
            "insurance": [{"focal": true, "coverage": {"reference": "#coverage"}}]}),
    ]
}

#[tokio::test]
async fn a_visit_holds_what_names_it_and_each_text_once() {
    each_migrated(|db| async move {
        let story = Story::open(db).await;
        let service = &story.clinic.service;
        let (person, (visits, source)) = service.visits(&story.as_rosa, story.rosa, None).await.unwrap();
        assert_eq!((person.name.as_str(), visits.items.len()), ("Rosa María Núñez", 2));
        assert!(!source.is_old, "a visit of this year");
        assert_eq!(visits.items[0].setting, Setting::Office);
        let id = story.id("Encounter", "e1").await;
        let view = service.visit(&story.as_rosa, story.rosa, id).await.unwrap();
        let name = view.line.name.unwrap();
        assert_eq!(
            (name.plain.as_str(), view.line.place.as_deref()),
            ("Visita de seguimiento", Some("Riverbend"))
        );
        assert!(name.explanation.is_some(), "what it is, is said");
        assert_eq!(view.line.reasons, ["Presión alta"], "in the reader's words");
        assert_eq!(view.notes.len(), 1, "the report repeats the document's text");
        let results: Vec<&str> = view.results.iter().map(|line| line.value.as_str()).collect();
        assert_eq!(results, ["5.4 mmol/L"], "the other potassium of the day names no visit");
        assert_eq!(view.vitals.len(), 1);

        let note = service.chart_note(&story.as_rosa, story.rosa, view.notes[0].resource).await.unwrap();
        let plan = [Block::Heading("Plan".into()), Block::List(vec!["Less salt".into()])];
        assert_eq!((note.text, note.visit), (NoteText::Blocks(plan.into()), Some(id)));
        let bare = story.id("Encounter", "e0").await;
        assert!(service.visit(&story.as_rosa, story.rosa, bare).await.unwrap().is_bare());
        // An id of another kind of resource is no visit.
        let missing = service.visit(&story.as_rosa, story.rosa, view.notes[0].resource).await;
        assert_eq!(missing.unwrap_err(), ServiceError::NotFound);
    })
    .await;
}

#[tokio::test]
async fn each_section_says_what_it_holds_how_old_it_is_and_the_audit_names_it() {
    each_migrated(|db| async move {
        let story = Story::open(db).await;
        let (service, ctx, rosa) = (&story.clinic.service, &story.as_rosa, story.rosa);
        let vitals = service.vitals(ctx, rosa).await.unwrap().1;
        assert_eq!(vitals.lines.len(), 1, "two blood pressures are one line");
        assert_eq!(vitals.lines[0].newest.value, "148/82 mmHg");
        assert_eq!(vitals.lines[0].trend.as_ref().unwrap().points.len(), 2);
        let procedures = service.procedures(ctx, rosa).await.unwrap().1;
        assert_eq!((procedures.lines.len(), procedures.lines[0].times), (1, 2));
        assert!(procedures.source.is_old, "the newest is of 2011");
        let plans = service.plans(ctx, rosa).await.unwrap().1;
        assert_eq!(plans.plans.lines[0].problems, ["Prediabetes"], "the problem that the plan refers to");
        let plan = &plans.plans.lines[0];
        assert_eq!(plan.name.plain, "Plan de cuidado propio de la diabetes");
        assert_eq!(plan.name.clinical.as_deref(), Some("Diabetes self management plan"));
        let step = &plan.steps[0].name;
        assert_eq!((step.plain.as_str(), step.explanation.is_some()), ("Dieta para la diabetes", true));
        assert_eq!(plans.goals.lines[0].name.plain, "A1c below 7");
        let coverage = service.coverage(ctx, rosa).await.unwrap().1;
        assert_eq!(coverage.lines[0].payer.plain, "Humana");
        assert_eq!(coverage.lines[0].bill.as_ref().unwrap().text, "2026-05-04");
        let team = service.care_team(ctx, rosa).await.unwrap().1;
        let member = &team.record.lines[0].members[0];
        assert_eq!(team.record.lines[0].members.len(), 1, "the patient is no member");
        assert_eq!((member.name.as_str(), member.pool), ("Dr. Lopez", Some(story.clinic.nurses)));

        let (_, looked) = service.looked(&story.now(ctx), rosa, None).await.unwrap();
        let sections: Vec<&str> = looked.items.iter().filter_map(|line| line.section.as_deref()).collect();
        assert_eq!(sections, ["careteams", "coverage", "careplans", "procedures", "vitals"]);
    })
    .await;
}

#[tokio::test]
async fn another_patient_and_a_nurse_at_the_patients_door_see_nothing_of_it() {
    each_migrated(|db| async move {
        let story = Story::open(db).await;
        let service = &story.clinic.service;
        story.clinic.staff("maya", Role::Nurse).await;
        let mut stranger = story.as_rosa.clone();
        stranger.actor.own_chart = Some(PatientId(uuid::Uuid::from_u128(77)));
        let id = story.id("Encounter", "e1").await;
        let note = story.id("DocumentReference", "d1").await;
        let refused = |result: Result<(), ServiceError>| assert_eq!(result, Err(ServiceError::NotFound));
        refused(service.visits(&stranger, story.rosa, None).await.map(drop));
        refused(service.visit(&stranger, story.rosa, id).await.map(drop));
        refused(service.chart_notes(&stranger, story.rosa, None).await.map(drop));
        refused(service.chart_note(&stranger, story.rosa, note).await.map(drop));
        refused(service.vitals(&stranger, story.rosa).await.map(drop));
        refused(service.procedures(&stranger, story.rosa).await.map(drop));
        refused(service.plans(&stranger, story.rosa).await.map(drop));
        refused(service.care_team(&stranger, story.rosa).await.map(drop));
        refused(service.coverage(&stranger, story.rosa).await.map(drop));
        let denied = story.clinic.audit(story.rosa).await;
        assert_eq!(denied.iter().filter(|(_, outcome)| outcome == "denied").count(), 3, "{denied:?}");
    })
    .await;
}

#[tokio::test]
async fn a_result_says_who_ordered_it_and_whether_the_team_has_opened_it_here() {
    each_migrated(|db| async move {
        let story = Story::open(db).await;
        let (service, rosa) = (&story.clinic.service, story.rosa);
        let id = story.id("Observation", "k1").await;
        let result = service.result(&story.as_rosa, rosa, id).await.unwrap();
        assert_eq!(result.ordered_by.as_deref(), Some("Dr. Lopez"));
        assert_eq!(result.review, Some(Review::NotYet), "her own look is no review");
        let as_doctor = enter(&story.clinic, Door::Team, "lopez").await;
        service.team_result(&as_doctor, rosa, id).await.unwrap();
        let result = service.result(&story.now(&story.as_rosa), rosa, id).await.unwrap();
        assert_eq!(result.review, Some(Review::Opened(as_doctor.now)));
        // Of history nobody claims anything: it was read elsewhere, long ago.
        let old = story.id("Observation", "p1").await;
        assert_eq!(service.result(&story.as_rosa, rosa, old).await.unwrap().review, None);
    })
    .await;
}

#[tokio::test]
async fn a_panel_shows_what_it_holds_and_reading_it_is_reading_that() {
    each_migrated(|db| async move {
        let story = Story::open(db).await;
        let (service, ctx, rosa) = (&story.clinic.service, &story.as_rosa, story.rosa);
        let potassium = story.id("Observation", "k1").await;
        let panel = story.id("DiagnosticReport", "r2").await;
        let result = service.result(ctx, rosa, potassium).await.unwrap();
        let names: Vec<_> = result.panels.iter().map(|one| (one.resource, one.name.plain.as_str())).collect();
        assert_eq!(names, [(panel, "Análisis básico de sangre")], "where the result was measured");

        let view = service.result(ctx, rosa, panel).await.unwrap();
        let values: Vec<&str> = view.members.iter().map(|line| line.value.as_str()).collect();
        assert_eq!(values, ["5.4 mmol/L", "4.2 mmol/L"], "in its order, without what never came");
        assert_eq!((view.line.value.as_str(), view.notes), ("", vec!["Potassium is up.".to_owned()]));
        assert!(view.members[1].is_new, "she has not opened the second one by itself");
        let again = service.result(&story.now(ctx), rosa, panel).await.unwrap();
        assert!(again.members.iter().all(|line| !line.is_new), "now both have been before her eyes");

        let together = story.id("Observation", "o1").await;
        let view = service.result(ctx, rosa, together).await.unwrap();
        assert_eq!((view.line.members, view.members.len()), (1, 1));
        let note = service.chart_note(ctx, rosa, panel).await.unwrap();
        assert_eq!(note.text, NoteText::Panel, "it has no text of its own");
    })
    .await;
}

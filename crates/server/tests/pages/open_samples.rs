//! Samples of the pages before sign-in.

use crate::patient_samples::Sample;
use crate::people::*;
use askama::Template;
use domain::actor::Role;
use domain::draft::FieldProblem;
use domain::id::RequestId;
use server::web::frame::Place;
use server::web::open::activate::{ActivateForm, ActivatePage, Asks};
use server::web::open::demo::DemoPage;
use server::web::open::fault::FaultPage;
use server::web::open::sign_in::SignInPage;
use server::web::problems::Problems;
use server::web::site::{DemoAccount, DemoDoors};
use service::demo::DemoDay;

pub fn samples(r: Reader) -> Vec<Sample> {
    let f = || r.frame(Place::Elsewhere);
    let sign_in = |is_patient, name: &str, fault| SignInPage {
        f: f(),
        is_patient,
        heading: if is_patient { "sign-in-title" } else { "team-sign-in-title" },
        lead: if is_patient { "sign-in-lead" } else { "team-sign-in-lead" },
        action: if is_patient { "/sign-in" } else { "/team/sign-in" },
        next: String::new(),
        name: name.to_owned(),
        fault,
        wait_minutes: 2,
    };
    let typed = || ActivateForm {
        code: "ABCD-EFGH-JKLM".to_owned(),
        birth_date: "1961-04-02".to_owned(),
        sign_in_name: "rosa".to_owned(),
        ..ActivateForm::default()
    };
    let activate = |asks, fault, problems| {
        ActivatePage { f: f(), asks, typed: typed(), fault, problems }.render().unwrap()
    };
    let nadia = || Asks::Staff { name: "Nadia Okafor".to_owned(), sign_in_name: "nadia".to_owned() };
    let bad =
        || Problems::of(&[FieldProblem::BirthDate, FieldProblem::SignInName, FieldProblem::PasswordTooShort]);
    let fault = FaultPage {
        f: f(),
        title: "fault-internal",
        advice: "fault-internal-advice",
        request: Some(RequestId(id(1))),
        way_out: "/",
        way_out_key: "go-start",
    };
    let door = |name: &str, role| DemoAccount {
        name: name.to_owned(),
        label: label("Nurse, answers messages for Riverbend", "Enfermera, contesta los mensajes"),
        is_in_tour: name != "Dr. Ingrid Lund",
        role,
        sign_in: "name".to_owned(),
        password: "password".to_owned(),
    };
    let people = vec![
        door("Rosa Alvarez", None),
        door("Nadia Okafor", Some(Role::Nurse)),
        door("Dr. Ingrid Lund", Some(Role::Physician)),
    ];
    let doors = DemoDoors { people, is_old: true };
    let day = DemoDay {
        patients: 4_000,
        sites: 3,
        staff: 26,
        pool: Some(label("Riverbend Nurses", "Enfermería de Riverbend")),
        open: 24,
        overdue: 3,
    };
    vec![
        ("sign-in".into(), sign_in(true, "", None).render().unwrap()),
        ("sign-in-wrong".into(), sign_in(true, "rosa", Some("sign-in-wrong")).render().unwrap()),
        ("sign-in-too-many".into(), sign_in(true, "rosa", Some("sign-in-too-many")).render().unwrap()),
        ("team-sign-in".into(), sign_in(false, "", None).render().unwrap()),
        ("activate".into(), activate(Asks::Patient, None, Problems::default())),
        ("activate-wrong".into(), activate(Asks::Patient, Some("activate-wrong"), Problems::default())),
        ("activate-bad".into(), activate(Asks::Patient, None, bad())),
        ("admin-activate".into(), activate(Asks::Administrator, None, Problems::default())),
        ("staff-activate".into(), activate(nadia(), None, bad())),
        ("fault".into(), fault.render().unwrap()),
        ("demo".into(), DemoPage { f: f(), doors, day, clock: Some(now()) }.render().unwrap()),
    ]
}

//! Samples of the pages before sign-in.

use crate::patient_samples::Sample;
use crate::people::*;
use askama::Template;
use domain::id::RequestId;
use server::web::frame::Place;
use server::web::open::activate::ActivatePage;
use server::web::open::demo::{DemoDoor, DemoPage};
use server::web::open::fault::FaultPage;
use server::web::open::sign_in::SignInPage;
use server::web::problems::Problems;

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
    let activate = |asks_birth_date, fault, problems| ActivatePage {
        f: f(),
        action: "/activate",
        asks_birth_date,
        code: "ABCD-EFGH-JKLM".to_owned(),
        birth_date: "1961-04-02".to_owned(),
        name: "rosa".to_owned(),
        fault,
        problems,
    };
    let fault = FaultPage {
        f: f(),
        title: "fault-internal",
        advice: "fault-internal-advice",
        request: Some(RequestId(id(1))),
        way_out: "/",
        way_out_key: "go-start",
    };
    let door = |name: &str, is_patient| DemoDoor {
        name: name.to_owned(),
        label: label("Nurse, answers messages for Riverbend", "Enfermera, contesta los mensajes"),
        is_patient,
    };
    let doors = vec![door("Rosa Alvarez", true), door("Nadia Okafor", false), door("Dr. Ingrid Lund", false)];
    vec![
        ("sign-in".into(), sign_in(true, "", None).render().unwrap()),
        ("sign-in-wrong".into(), sign_in(true, "rosa", Some("sign-in-wrong")).render().unwrap()),
        ("sign-in-too-many".into(), sign_in(true, "rosa", Some("sign-in-too-many")).render().unwrap()),
        ("team-sign-in".into(), sign_in(false, "", None).render().unwrap()),
        ("activate".into(), activate(true, None, Problems::default()).render().unwrap()),
        (
            "activate-bad".into(),
            activate(true, Some("activate-wrong"), Problems::one("password", "problem-password-common"))
                .render()
                .unwrap(),
        ),
        ("admin-activate".into(), activate(false, None, Problems::default()).render().unwrap()),
        ("fault".into(), fault.render().unwrap()),
        ("demo".into(), DemoPage { f: f(), doors }.render().unwrap()),
    ]
}

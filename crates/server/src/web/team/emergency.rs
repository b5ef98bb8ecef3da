//! Opening the chart of somebody who is not one's patient, in an emergency: whom, and why.

use crate::web::answer::{self, Answer, Fault};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::problems::Problems;
use crate::web::visit::TeamVisit;
use askama::Template;
use axum::http::StatusCode;
use domain::draft::{FieldProblem, Reason};
use serde::Deserialize;
use service::error::ServiceError;

#[derive(Template)]
#[template(path = "team/emergency.html")]
pub struct EmergencyPage {
    pub f: Frame,
    pub words: String,
    pub reason: String,
    pub problems: Problems,
}

#[derive(Deserialize)]
pub struct EmergencyForm {
    #[serde(default)]
    words: String,
    #[serde(default)]
    reason: String,
}

/// `GET /team/emergency`
pub async fn ask(visit: TeamVisit) -> Answer {
    if !visit.session.actor.is_clinical() {
        return Err(Fault::Service(ServiceError::Denied));
    }
    let f = visit.frame(Place::Patients);
    answer::show(&EmergencyPage {
        f,
        words: String::new(),
        reason: String::new(),
        problems: Problems::default(),
    })
}

/// `POST /team/emergency`
pub async fn open(visit: TeamVisit, Form(form): Form<EmergencyForm>) -> Answer {
    let reason = match Reason::parse(&form.reason) {
        Ok(reason) => reason,
        Err(problem) => return again(&visit, form, &[problem]),
    };
    match visit.service().break_glass(&visit.ctx, &form.words, reason).await {
        Ok(patient) => answer::see(&format!("/team/patients/{patient}?done=glass")),
        Err(ServiceError::Invalid(problems)) => again(&visit, form, &problems),
        Err(other) => Err(Fault::Service(other)),
    }
}

fn again(visit: &TeamVisit, form: EmergencyForm, problems: &[FieldProblem]) -> Answer {
    let problems = Problems::of(problems);
    let f = visit.frame(Place::Patients);
    let page = EmergencyPage { f, words: form.words, reason: form.reason, problems };
    answer::show_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

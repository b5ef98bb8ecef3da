//! A patient as the team sees them: the banner, the chart, and the way to a new message. Who has no
//! care relationship may break the glass, with a reason.

use crate::web::answer::{self, Answer, Fault};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::problems::Problems;
use crate::web::visit::TeamVisit;
use askama::Template;
use axum::http::StatusCode;
use domain::draft::Reason;
use domain::id::PatientId;
use serde::Deserialize;
use service::error::ServiceError;
use service::view::chart::{ChartOverview, RangeRelation};
use service::view::person::Banner;

#[derive(Template)]
#[template(path = "team/patient.html")]
pub struct PatientPage {
    pub f: Frame,
    pub b: Banner,
    /// `None` where the reader's role has no chart.
    pub chart: Option<ChartOverview>,
}

#[derive(Template)]
#[template(path = "team/glass.html")]
pub struct GlassPage {
    pub f: Frame,
    pub patient: PatientId,
    pub can_break: bool,
    pub problems: Problems,
}

#[derive(Deserialize)]
pub struct GlassForm {
    reason: String,
}

/// `GET /team/patients/{patient}`
pub async fn show(visit: TeamVisit) -> Answer {
    let patient: PatientId = visit.id("patient")?;
    let f = visit.frame(Place::Patients);
    if !visit.session.actor.is_clinical() {
        let b = visit.service().banner(&visit.ctx, patient).await?;
        return answer::show(&PatientPage { f, b, chart: None });
    }
    match visit.service().team_chart(&visit.ctx, patient).await {
        Ok((b, chart)) => answer::show(&PatientPage { f, b, chart: Some(chart) }),
        Err(ServiceError::Denied) => {
            let page = GlassPage { f, patient, can_break: true, problems: Problems::default() };
            answer::show_as(StatusCode::FORBIDDEN, &page)
        }
        Err(other) => Err(Fault::Service(other)),
    }
}

/// `POST /team/patients/{patient}/break-glass`
pub async fn break_glass(visit: TeamVisit, Form(form): Form<GlassForm>) -> Answer {
    let patient: PatientId = visit.id("patient")?;
    match Reason::parse(&form.reason) {
        Ok(reason) => {
            visit.service().break_glass(&visit.ctx, patient, reason).await?;
            answer::see(&format!("/team/patients/{patient}?done=glass"))
        }
        Err(problem) => {
            let f = visit.frame(Place::Patients);
            let page = GlassPage { f, patient, can_break: true, problems: Problems::of(&[problem]) };
            answer::show_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

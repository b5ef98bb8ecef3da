//! A patient as the team sees them: the banner, the chart, and the way to a new message.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use askama::Template;
use domain::id::PatientId;
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

/// `GET /team/patients/{patient}`
pub async fn show(visit: TeamVisit) -> Answer {
    let patient: PatientId = visit.id("patient")?;
    let f = visit.frame(Place::Patients);
    if !visit.session.actor.is_clinical() {
        let b = visit.service().banner(&visit.ctx, patient).await?;
        return answer::show(&PatientPage { f, b, chart: None });
    }
    let (b, chart) = visit.service().team_chart(&visit.ctx, patient).await?;
    answer::show(&PatientPage { f, b, chart: Some(chart) })
}

//! One result of a patient, as the team reads it.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::patient::plot::Plot;
use crate::web::visit::TeamVisit;
use askama::Template;
use service::view::chart::{RangeRelation, ResultView};
use service::view::person::Banner;

#[derive(Template)]
#[template(path = "team/result.html")]
pub struct TeamResultPage {
    pub f: Frame,
    pub b: Banner,
    pub plots: Vec<Plot>,
    pub v: ResultView,
}

/// `GET /team/patients/{patient}/results/{id}`
pub async fn show(visit: TeamVisit) -> Answer {
    let (b, v) = visit.service().team_result(&visit.ctx, visit.id("patient")?, visit.id("id")?).await?;
    let plots = Plot::all(&v);
    answer::show(&TeamResultPage { f: visit.frame(Place::Patients), b, plots, v })
}

//! Test results: the list, and one result with its values over time.

use super::plot::Plot;
use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::PatientVisit;
use askama::Template;
use service::page::Page;
use service::view::chart::{RangeRelation, ResultLine, ResultView, Review, SectionSource};

#[derive(Template)]
#[template(path = "patient/results.html")]
pub struct ResultsPage {
    pub f: Frame,
    pub results: Page<ResultLine>,
    pub source: SectionSource,
}

#[derive(Template)]
#[template(path = "patient/result.html")]
pub struct ResultPage {
    pub f: Frame,
    pub plot: Option<Plot>,
    pub v: ResultView,
}

/// `GET /p/{person}/results`
pub async fn list(visit: PatientVisit) -> Answer {
    let (person, results, source) = visit.service().results(&visit.ctx, visit.person, visit.after()).await?;
    answer::show(&ResultsPage { f: visit.about(&person, Place::Record), results, source })
}

/// `GET /p/{person}/results/{id}`
pub async fn show(visit: PatientVisit) -> Answer {
    let v = visit.service().result(&visit.ctx, visit.person, visit.id("id")?).await?;
    let plot = Plot::of(&v.line.name, v.trend.as_ref());
    answer::show(&ResultPage { f: visit.about(&v.person, Place::Record), plot, v })
}

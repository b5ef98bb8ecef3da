//! Health insurance.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::PatientVisit;
use askama::Template;
use service::view::chart::Section;
use service::view::record::CoverageLine;

#[derive(Template)]
#[template(path = "patient/coverage.html")]
pub struct CoveragePage {
    pub f: Frame,
    pub v: Section<CoverageLine>,
}

/// `GET /p/{person}/coverage`
pub async fn show(visit: PatientVisit) -> Answer {
    let (person, v) = visit.service().coverage(&visit.ctx, visit.person).await?;
    answer::show(&CoveragePage { f: visit.about(&person, Place::Record), v })
}

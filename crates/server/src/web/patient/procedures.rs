//! Procedures: each once, with its dates.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::PatientVisit;
use askama::Template;
use service::view::chart::Section;
use service::view::record::ProcedureLine;

/// Dates that are told before the rest is folded away.
pub const DATES: usize = 3;

#[derive(Template)]
#[template(path = "patient/procedures.html")]
pub struct ProceduresPage {
    pub f: Frame,
    pub v: Section<ProcedureLine>,
}

/// `GET /p/{person}/procedures`
pub async fn show(visit: PatientVisit) -> Answer {
    let (person, v) = visit.service().procedures(&visit.ctx, visit.person).await?;
    answer::show(&ProceduresPage { f: visit.about(&person, Place::Record), v })
}

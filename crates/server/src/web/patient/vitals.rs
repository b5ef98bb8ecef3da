//! Vital signs: the newest of each kind, with a small line of how it went.

use super::plot::{self, Svg};
use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::PatientVisit;
use askama::Template;
use service::view::chart::{RangeRelation, Section};
use service::view::record::VitalLine;

#[derive(Template)]
#[template(path = "patient/vitals.html")]
pub struct VitalsPage {
    pub f: Frame,
    pub v: Section<VitalLine>,
}

impl VitalsPage {
    fn spark(&self, line: &VitalLine) -> Option<Svg> {
        line.trend.as_ref().and_then(plot::spark)
    }
}

/// `GET /p/{person}/vitals`
pub async fn show(visit: PatientVisit) -> Answer {
    let (person, v) = visit.service().vitals(&visit.ctx, visit.person).await?;
    answer::show(&VitalsPage { f: visit.about(&person, Place::Record), v })
}

//! The record at a glance: each section with its source and age.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::PatientVisit;
use askama::Template;
use service::view::chart::{AllergyLine, ChartOverview, RangeRelation};

#[derive(Template)]
#[template(path = "patient/record.html")]
pub struct RecordPage {
    pub f: Frame,
    pub v: ChartOverview,
}

impl RecordPage {
    fn is_high(&self, line: &AllergyLine) -> bool {
        line.criticality.as_deref() == Some("high")
    }
}

/// `GET /p/{person}/record`
pub async fn show(visit: PatientVisit) -> Answer {
    let (person, v) = visit.service().overview(&visit.ctx, visit.person).await?;
    answer::show(&RecordPage { f: visit.about(&person, Place::Record), v })
}

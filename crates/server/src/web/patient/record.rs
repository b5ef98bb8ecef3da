//! The record at a glance: each section with its source and age.

use crate::web::frame::Frame;
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

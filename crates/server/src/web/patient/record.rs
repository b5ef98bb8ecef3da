//! The record at a glance: each section with its source and age.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::PatientVisit;
use askama::Template;
use service::view::chart::{AllergyLine, ChartOverview, RangeRelation};

/// The record's pages in three groups: key of its words, icon, and where it is shown.
pub type Group = (&'static str, &'static [(&'static str, &'static str, &'static str)]);

pub const RECORD: &[Group] = &[
    (
        "found",
        &[
            ("results", "results", "/results"),
            ("visits", "visit", "/visits"),
            ("notes", "note", "/notes"),
            ("vitals", "vitals", "/vitals"),
        ],
    ),
    (
        "health",
        &[
            ("medicines", "medicine", "#medicines"),
            ("conditions", "condition", "#conditions"),
            ("allergies", "allergy", "#allergies"),
            ("immunizations", "vaccine", "#immunizations"),
        ],
    ),
    (
        "care",
        &[
            ("procedures", "procedure", "/procedures"),
            ("plans", "plan", "/plans"),
            ("care-team", "team", "/care-team"),
            ("coverage", "coverage", "/coverage"),
        ],
    ),
];

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

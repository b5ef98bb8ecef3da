//! Visits: the list, and one visit with what was noted, measured and prescribed.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::PatientVisit;
use askama::Template;
use service::page::Page;
use service::view::chart::{RangeRelation, SectionSource};
use service::view::record::{Setting, VisitLine, VisitThing, VisitView};

#[derive(Template)]
#[template(path = "patient/visits.html")]
pub struct VisitsPage {
    pub f: Frame,
    pub visits: Page<VisitLine>,
    pub source: SectionSource,
}

#[derive(Template)]
#[template(path = "patient/visit.html")]
pub struct VisitPage {
    pub f: Frame,
    pub v: VisitView,
}

impl VisitPage {
    /// What was found, given and done, each kind with its heading and where it is shown in the record.
    fn things(&self) -> [(&'static str, &'static str, &'static str, &[VisitThing]); 4] {
        [
            ("visit-problems", "condition", "/record#conditions", &self.v.problems),
            ("visit-procedures", "procedure", "/procedures", &self.v.procedures),
            ("visit-medicines", "medicine", "/record#medicines", &self.v.medicines),
            ("visit-vaccines", "vaccine", "/record#immunizations", &self.v.vaccines),
        ]
    }
}

/// `GET /p/{person}/visits`
pub async fn list(visit: PatientVisit) -> Answer {
    let found = visit.service().visits(&visit.ctx, visit.person, visit.after()).await?;
    let (person, (visits, source)) = found;
    answer::show(&VisitsPage { f: visit.about(&person, Place::Record), visits, source })
}

/// `GET /p/{person}/visits/{id}`
pub async fn show(visit: PatientVisit) -> Answer {
    let v = visit.service().visit(&visit.ctx, visit.person, visit.id("id")?).await?;
    answer::show(&VisitPage { f: visit.about(&v.person, Place::Record), v })
}

//! Care plans and goals.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::PatientVisit;
use askama::Template;
use service::view::record::Plans;

#[derive(Template)]
#[template(path = "patient/plans.html")]
pub struct PlansPage {
    pub f: Frame,
    pub v: Plans,
}

impl PlansPage {
    fn past(&self) -> usize {
        self.v.plans.lines.iter().filter(|line| !line.is_active).count()
    }
}

/// `GET /p/{person}/plans`
pub async fn show(visit: PatientVisit) -> Answer {
    let (person, v) = visit.service().plans(&visit.ctx, visit.person).await?;
    answer::show(&PlansPage { f: visit.about(&person, Place::Record), v })
}

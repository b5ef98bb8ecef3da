//! The patient's first page.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::PatientVisit;
use askama::Template;
use service::view::chart::{Home, RangeRelation};

#[derive(Template)]
#[template(path = "patient/home.html")]
pub struct HomePage {
    pub f: Frame,
    pub v: Home,
}

/// `GET /p/{person}/`
pub async fn show(visit: PatientVisit) -> Answer {
    let v = visit.service().home(&visit.ctx, visit.person).await?;
    answer::show(&HomePage { f: visit.about(&v.person, Place::Home), v })
}

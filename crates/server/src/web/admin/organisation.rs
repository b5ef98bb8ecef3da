//! The organisation and its sites as they are configured.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use askama::Template;
use service::view::office;

#[derive(Template)]
#[template(path = "admin/organisation.html")]
pub struct OrganisationPage {
    pub f: Frame,
    pub settings: office::OrganisationPage,
}

/// `GET /admin/organisation`
pub async fn show(visit: TeamVisit) -> Answer {
    let settings = visit.service().organisation_settings(&visit.ctx).await?;
    answer::show(&OrganisationPage { f: visit.frame(Place::Organisation), settings })
}

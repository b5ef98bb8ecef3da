//! Who takes care of the patient, and how to write to them.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::PatientVisit;
use askama::Template;
use service::view::record::CareTeams;

#[derive(Template)]
#[template(path = "patient/care_team.html")]
pub struct CareTeamPage {
    pub f: Frame,
    pub v: CareTeams,
}

impl CareTeamPage {
    fn past(&self) -> usize {
        self.v.record.lines.iter().filter(|line| !line.is_active).count()
    }
}

/// `GET /p/{person}/care-team`
pub async fn show(visit: PatientVisit) -> Answer {
    let (person, v) = visit.service().care_team(&visit.ctx, visit.person).await?;
    answer::show(&CareTeamPage { f: visit.about(&person, Place::Record), v })
}

//! The staff, by name.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use askama::Template;
use service::page::Page;
use service::view::office::StaffLine;

#[derive(Template)]
#[template(path = "admin/staff.html")]
pub struct StaffListPage {
    pub f: Frame,
    pub staff: Page<StaffLine>,
    /// This is not the first page of the list.
    pub is_further: bool,
}

/// `GET /admin/staff?after=CURSOR`
pub async fn list(visit: TeamVisit) -> Answer {
    let staff = visit.service().staff(&visit.ctx, visit.after()).await?;
    let is_further = visit.after().is_some();
    answer::show(&StaffListPage { f: visit.frame(Place::Staff), staff, is_further })
}

//! The patient's list of messages.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::PatientVisit;
use askama::Template;
use service::page::Page;
use service::view::thread::ThreadLine;

#[derive(Template)]
#[template(path = "patient/messages.html")]
pub struct MessagesPage {
    pub f: Frame,
    pub threads: Page<ThreadLine>,
}

/// `GET /p/{person}/messages`
pub async fn show(visit: PatientVisit) -> Answer {
    let (person, threads) = visit.service().threads(&visit.ctx, visit.person, visit.after()).await?;
    answer::show(&MessagesPage { f: visit.about(&person, Place::Messages), threads })
}

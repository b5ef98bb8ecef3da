//! A conversation as plain text for another record: who it is about, what was asked and answered, when
//! and by whom. Internal notes and assignments stay here.

use super::place::ListPlace;
use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use askama::Template;
use domain::message::{MessageKind, MessageState};
use jiff::Timestamp;
use service::view::thread::{Entry, EventText, TeamThread};

#[derive(Template)]
#[template(path = "team/copy.html")]
pub struct CopyPage {
    pub f: Frame,
    pub v: TeamThread,
    pub place: ListPlace,
}

impl CopyPage {
    /// Day and clock with plain spaces: some records take no others.
    fn when(&self, at: &Timestamp) -> String {
        self.f.exact(at).words().replace('\u{a0}', " ")
    }

    /// What both sides can read.
    fn shared(&self) -> impl Iterator<Item = &Entry> {
        self.v.entries.iter().filter(|entry| match &entry.event {
            Some(event) => matches!(event, EventText::Closed { .. } | EventText::ContinuedFrom { .. }),
            None => entry.kind == MessageKind::Message && entry.text.is_some(),
        })
    }
}

/// `GET /team/threads/{thread}/copy`
pub async fn show(visit: TeamVisit) -> Answer {
    let v = visit.service().thread_to_copy(&visit.ctx, visit.id("thread")?).await?;
    answer::show(&CopyPage { f: visit.frame(Place::Inbox), v, place: ListPlace::asked(&visit) })
}

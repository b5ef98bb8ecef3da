//! What has changed in an open conversation, for its page to take over: state and entries, and nothing
//! of the list or the chart beside it, which were shown already.

use super::place::ListPlace;
use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use askama::Template;
use domain::message::{MessageKind, MessageState, Side};
use service::view::thread::{EventText, TeamThread};

#[derive(Template)]
#[template(path = "team/entries.html")]
pub struct EntriesPart {
    pub f: Frame,
    pub v: TeamThread,
    pub place: ListPlace,
}

/// `GET /team/threads/{thread}/entries`
pub async fn show(visit: TeamVisit) -> Answer {
    let v = visit.service().team_thread(&visit.ctx, visit.id("thread")?).await?;
    answer::show(&EntriesPart { f: visit.frame(Place::Inbox), v, place: ListPlace::asked(&visit) })
}

//! The team's lists: one view of one pool, with exact counts.

use super::office::OfficePage;
use super::place::ListPlace;
use crate::web::admin::home::office_of;
use crate::web::answer::{self, Answer, Fault};
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use askama::Template;
use domain::id::ThreadId;
use domain::inbox::View;
use domain::thread::ThreadState;
use service::view::inbox::InboxPage;

#[derive(Template)]
#[template(path = "team/inbox.html")]
pub struct InboxListPage {
    pub f: Frame,
    pub inbox: InboxPage,
    pub place: ListPlace,
    /// The conversation that is open beside the list.
    pub open: Option<ThreadId>,
}

impl InboxListPage {
    fn is_open(&self, thread: &ThreadId) -> bool {
        self.open == Some(*thread)
    }
}

/// `GET /team`
pub async fn first(visit: TeamVisit) -> Answer {
    if visit.ctx.actor.pools.is_empty() {
        return match office_of(&visit.ctx.actor) {
            Some(office) => answer::see(office),
            None => answer::show(&OfficePage { f: visit.frame(Place::Inbox) }),
        };
    }
    list(&visit, View::ToDo).await
}

/// `GET /team/inbox/{view}?pool=ID&after=CURSOR`
pub async fn show(visit: TeamVisit) -> Answer {
    let view = View::from_word(visit.word("view")).ok_or(Fault::NOT_FOUND)?;
    list(&visit, view).await
}

async fn list(visit: &TeamVisit, view: View) -> Answer {
    let inbox = visit.service().inbox(&visit.ctx, visit.asked("pool"), view, visit.after()).await?;
    let place = ListPlace::of(&inbox, visit.after());
    answer::show(&InboxListPage { f: visit.frame(Place::Inbox), inbox, place, open: None })
}

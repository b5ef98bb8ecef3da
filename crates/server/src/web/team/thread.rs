//! A conversation as the team reads and answers it: the list on one side, the chart on the other.

use crate::web::answer::{self, Answer, Fault};
use crate::web::frame::{Frame, Place};
use crate::web::problems::Problems;
use crate::web::visit::TeamVisit;
use askama::Template;
use axum::http::StatusCode;
use domain::id::{AccountId, ClientKey, ThreadId};
use domain::inbox::View;
use domain::message::{MessageKind, MessageState, Side};
use domain::thread::ThreadState;
use service::error::ServiceError;
use service::view::chart::{ChartOverview, RangeRelation};
use service::view::inbox::InboxPage;
use service::view::thread::{EventText, TeamThread};

#[derive(Template)]
#[template(path = "team/thread.html")]
pub struct TeamThreadPage {
    pub f: Frame,
    pub inbox: InboxPage,
    pub open: Option<ThreadId>,
    pub v: TeamThread,
    pub chart: Option<ChartOverview>,
    pub me: AccountId,
    /// The internal note has a form, and so a key, of its own.
    pub note_key: ClientKey,
    pub problems: Problems,
    /// The text of a note that could not be saved.
    pub note: String,
    /// Somebody wrote or closed meanwhile.
    pub conflict: bool,
}

impl TeamThreadPage {
    fn typed(&self) -> &str {
        self.v.draft.as_ref().map_or("", |draft| &draft.body)
    }

    fn is_open(&self, thread: &ThreadId) -> bool {
        self.open == Some(*thread)
    }

    /// Keeps the list's view and pool through every form.
    fn q(&self) -> String {
        format!("?view={}&pool={}", self.inbox.view.word(), self.inbox.pool)
    }

    fn owns(&self, account: &AccountId) -> bool {
        self.v.owner.as_ref().is_some_and(|(owner, _)| owner == account)
    }

    fn is_me(&self, account: &AccountId) -> bool {
        self.me == *account
    }

    fn can_take(&self) -> bool {
        !self.owns(&self.me) && self.v.members.iter().any(|(member, _)| *member == self.me)
    }
}

/// Text that could not be sent, and why: shown again with the conversation as it is now.
pub enum Kept {
    Reply { text: String, key: ClientKey },
    Note { text: String, key: ClientKey },
    Nothing,
}

/// `GET /team/threads/{thread}?view=WORD&pool=ID`
pub async fn show(visit: TeamVisit) -> Answer {
    let page = load(&visit, visit.id("thread")?).await?;
    answer::show(&page)
}

async fn load(visit: &TeamVisit, thread: ThreadId) -> Result<TeamThreadPage, Fault> {
    let service = visit.service();
    let v = service.team_thread(&visit.ctx, thread).await?;
    let view = visit.asked::<String>("view").and_then(|word| View::from_word(&word)).unwrap_or_default();
    let inbox = service.inbox(&visit.ctx, Some(v.pool_id), view, None).await?;
    let chart = chart(visit, &v).await?;
    Ok(TeamThreadPage {
        f: visit.frame(Place::Inbox),
        inbox,
        open: Some(thread),
        v,
        chart,
        me: visit.session.account,
        note_key: visit.new_key(),
        problems: Problems::default(),
        note: String::new(),
        conflict: false,
    })
}

async fn chart(visit: &TeamVisit, v: &TeamThread) -> Result<Option<ChartOverview>, Fault> {
    if !v.may_read_chart {
        return Ok(None);
    }
    let (_, chart) = visit.service().team_chart(&visit.ctx, v.patient).await?;
    Ok(Some(chart))
}

/// The conversation after something could not be done, with the text that was typed.
pub async fn again(visit: &TeamVisit, kept: Kept, error: ServiceError) -> Answer {
    let (status, problems) = match error {
        ServiceError::Invalid(problems) => (StatusCode::UNPROCESSABLE_ENTITY, Problems::of(&problems)),
        ServiceError::Conflict(_) => (StatusCode::CONFLICT, Problems::default()),
        other => return Err(Fault::Service(other)),
    };
    let mut page = load(visit, visit.id("thread")?).await?;
    page.conflict = status == StatusCode::CONFLICT;
    page.problems = problems;
    match kept {
        Kept::Reply { text, key } => {
            page.f.client_key = key;
            page.v.draft = Some(domain::draft::DraftText { body: text, ..Default::default() });
        }
        Kept::Note { text, key } => {
            page.problems = page.problems.renamed("body", "note");
            page.note_key = key;
            page.note = text;
        }
        Kept::Nothing => {}
    }
    answer::show_as(status, &page)
}

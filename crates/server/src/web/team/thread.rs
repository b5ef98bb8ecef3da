//! A conversation as the team reads and answers it: the list on one side, the chart on the other.

use super::place::{self, ListPlace};
use crate::web::answer::{self, Answer, Fault};
use crate::web::frame::{Frame, Place};
use crate::web::problems::Problems;
use crate::web::visit::TeamVisit;
use askama::Template;
use axum::http::StatusCode;
use domain::draft::DraftText;
use domain::id::{AccountId, ClientKey, QuickReplyId, ThreadId};
use domain::message::{MessageKind, MessageState, Side};
use domain::pool::QuickReply;
use domain::thread::ThreadState;
use service::drafts::DraftSlot;
use service::error::ServiceError;
use service::view::chart::{ChartOverview, RangeRelation};
use service::view::inbox::InboxPage;
use service::view::thread::{EventText, TeamThread};

#[derive(Template)]
#[template(path = "team/thread.html")]
pub struct TeamThreadPage {
    pub f: Frame,
    pub inbox: InboxPage,
    pub place: ListPlace,
    pub open: Option<ThreadId>,
    pub v: TeamThread,
    pub chart: Option<ChartOverview>,
    pub me: AccountId,
    /// The internal note has a form, and so a key, of its own.
    pub note_key: ClientKey,
    pub problems: Problems,
    /// The text of a note that is not saved yet.
    pub note: String,
    /// The note's box is open in place of the reply's.
    pub is_noting: bool,
    /// Somebody wrote or closed meanwhile.
    pub conflict: bool,
    /// Colleagues who have this conversation open.
    pub present: Vec<AccountId>,
}

impl TeamThreadPage {
    fn typed(&self) -> &str {
        self.v.draft.as_ref().map_or("", |draft| &draft.body)
    }

    /// What was typed before the conversation was closed.
    fn unsent(&self) -> Vec<&str> {
        [self.typed(), &self.note].into_iter().filter(|text| !text.is_empty()).collect()
    }

    fn is_open(&self, thread: &ThreadId) -> bool {
        self.open == Some(*thread)
    }

    fn is_noting(&self) -> bool {
        self.is_noting
    }

    /// What opens after this conversation was answered or closed.
    fn next(&self) -> Option<ThreadId> {
        place::next(&self.inbox, self.v.thread, self.v.next_thread)
    }

    /// A quick reply in the conversation's language.
    fn quick_text<'a>(&self, reply: &'a QuickReply) -> &'a str {
        reply.text.in_language(self.v.language)
    }

    /// "Jonas Weber, Ana Ruiz"; empty where nobody else is here.
    fn present_names(&self) -> String {
        let is_here = |account: &AccountId| self.present.contains(account);
        let here = self.v.members.iter().filter(|(account, _)| is_here(account));
        here.map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", ")
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

/// The conversation with a quick reply behind what was typed: nothing is sent.
pub async fn with_quick_reply(
    visit: &TeamVisit,
    typed: String,
    quick: QuickReplyId,
    key: ClientKey,
) -> Answer {
    let mut page = load(visit, visit.id("thread")?).await?;
    let language = page.v.language;
    let text = page.v.quick_replies.iter().find(|reply| reply.id == quick);
    let text = text.map_or("", |reply| reply.text.in_language(language));
    let body = [typed.trim_end(), text].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>();
    page.v.draft = Some(DraftText { body: body.join("\n\n"), ..DraftText::default() });
    page.is_noting = false;
    page.f.client_key = key;
    answer::show(&page)
}

/// `GET /team/threads/{thread}?view=WORD&pool=ID`
pub async fn show(visit: TeamVisit) -> Answer {
    let page = load(&visit, visit.id("thread")?).await?;
    answer::show(&page)
}

async fn load(visit: &TeamVisit, thread: ThreadId) -> Result<TeamThreadPage, Fault> {
    let service = visit.service();
    let v = service.team_thread(&visit.ctx, thread).await?;
    let asked = ListPlace::asked(visit);
    let inbox = service.inbox(&visit.ctx, Some(v.pool_id), asked.view, asked.after).await?;
    let chart = chart(visit, &v).await?;
    let note = service.note_draft(&visit.ctx, v.patient, thread).await?.unwrap_or_default();
    Ok(TeamThreadPage {
        f: visit.frame(Place::Inbox),
        place: ListPlace::of(&inbox, asked.after),
        inbox,
        open: Some(thread),
        v,
        chart,
        me: visit.session.account,
        note_key: visit.new_key(),
        problems: Problems::default(),
        is_noting: !note.is_empty(),
        note,
        conflict: false,
        present: service.presence.others(thread, visit.session.account),
    })
}

async fn chart(visit: &TeamVisit, v: &TeamThread) -> Result<Option<ChartOverview>, Fault> {
    if !v.may_read_chart {
        return Ok(None);
    }
    let (_, chart) = visit.service().team_chart(&visit.ctx, v.patient).await?;
    Ok(Some(chart))
}

/// Text that cannot be sent as things are is a draft.
async fn keep(visit: &TeamVisit, v: &TeamThread, (slot, text): (DraftSlot, &str)) -> Result<(), Fault> {
    let text = DraftText { body: text.to_owned(), ..DraftText::default() };
    visit.service().save_draft(&visit.ctx, v.patient, slot, text).await?;
    Ok(())
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
            page.is_noting = false;
            match page.conflict {
                // Where the conversation is closed, the text waits until it is open again.
                true => keep(visit, &page.v, (DraftSlot::Thread(page.v.thread), &text)).await?,
                false => page.f.client_key = key,
            }
            page.v.draft = Some(DraftText { body: text, ..DraftText::default() });
        }
        Kept::Note { text, key } => {
            page.problems = page.problems.renamed("body", "note");
            match page.conflict {
                true => keep(visit, &page.v, (DraftSlot::Note(page.v.thread), &text)).await?,
                false => page.note_key = key,
            }
            page.note = text;
            page.is_noting = true;
        }
        Kept::Nothing => {}
    }
    answer::show_as(status, &page)
}

//! One conversation as the patient reads it, with the reply below.

use super::warning::{self, Sending, Way};
use crate::web::answer::{self, Answer, Fault};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::new_thread::Choice;
use crate::web::problems::Problems;
use crate::web::visit::PatientVisit;
use askama::Template;
use axum::http::StatusCode;
use domain::draft::{Body, DraftText, Reply};
use domain::id::{ClientKey, MessageId, ThreadId};
use domain::message::{MessageState, Side};
use domain::thread::ThreadProblem;
use serde::Deserialize;
use service::drafts::DraftSlot;
use service::error::ServiceError;
use service::view::thread::{EventText, ReplyWay, ThreadView};
use service::view::warning::Warning;

#[derive(Template)]
#[template(path = "patient/thread.html")]
pub struct ThreadPage {
    pub f: Frame,
    pub v: ThreadView,
    pub problems: Problems,
    /// Somebody wrote while the reader was typing.
    pub moved_on: bool,
    /// What to do for the warning words that stand in the text already.
    pub warning: Option<Warning>,
}

impl ThreadPage {
    fn typed(&self) -> &str {
        self.v.draft.as_ref().map_or("", |draft| &draft.body)
    }
}

#[derive(Deserialize)]
pub struct ReplyForm {
    pub body: String,
    pub last_seen: i64,
    pub client_key: ClientKey,
    #[serde(flatten)]
    pub choice: Choice,
}

#[derive(Deserialize)]
pub struct TakeBackForm {
    message: MessageId,
}

/// The count beside "Messages" is of what is unread after this page: its own thread no longer counts.
fn frame(visit: &PatientVisit, v: &ThreadView) -> Frame {
    let was_unread = v.entries.iter().any(|entry| entry.is_new && entry.author.side == Side::Team);
    let mut person = v.person.clone();
    person.unread = (person.unread - i64::from(was_unread)).max(0);
    visit.about(&person, Place::Messages)
}

fn page(visit: &PatientVisit, v: ThreadView) -> ThreadPage {
    let slot = DraftSlot::Thread(v.thread);
    let typed = v.draft.as_ref();
    ThreadPage {
        f: frame(visit, &v),
        warning: typed.and_then(|text| visit.service().warning_of(&v.person, slot, text)),
        v,
        problems: Problems::default(),
        moved_on: false,
    }
}

/// `GET /p/{person}/messages/{thread}`
pub async fn show(visit: PatientVisit) -> Answer {
    let v = visit.service().thread(&visit.ctx, visit.person, visit.id("thread")?).await?;
    answer::show(&page(&visit, v))
}

/// `POST /p/{person}/messages/{thread}`
pub async fn reply(visit: PatientVisit, Form(form): Form<ReplyForm>) -> Answer {
    let thread: ThreadId = visit.id("thread")?;
    let sent = match Body::parse(&form.body) {
        Err(problem) => Err(ServiceError::Invalid(vec![problem])),
        Ok(body) => {
            let reply = Reply { body, last_seen: form.last_seen, client_key: form.client_key };
            match warning::way(&visit, sending(thread, &form)).await {
                Err(error) => Err(error),
                Ok(Way::Hold(page)) => return warning::show(&page),
                Ok(Way::SendAdvised) => {
                    visit.service().reply_advised(&visit.ctx, visit.person, thread, reply).await
                }
                Ok(Way::Send) => visit.service().reply(&visit.ctx, visit.person, thread, reply).await,
            }
        }
    };
    match sent {
        Ok(_) => visit.see(&format!("/messages/{thread}?done=sent")),
        Err(error) => keep_text(&visit, thread, form, error).await,
    }
}

/// The form on its way, with all its fields, should it be held up.
fn sending(thread: ThreadId, form: &ReplyForm) -> Sending<'_> {
    Sending {
        slot: DraftSlot::Thread(thread),
        text: DraftText { body: form.body.clone(), ..DraftText::default() },
        choice: &form.choice,
        action: format!("/messages/{thread}"),
        back: format!("/messages/{thread}"),
        fields: vec![
            ("body", form.body.clone()),
            ("last_seen", form.last_seen.to_string()),
            ("client_key", form.client_key.to_string()),
        ],
    }
}

/// Shows the conversation as it is now, with the text that was typed.
async fn keep_text(visit: &PatientVisit, thread: ThreadId, form: ReplyForm, error: ServiceError) -> Answer {
    let typed = DraftText { body: form.body, ..DraftText::default() };
    let mut retry_after = None;
    let (status, problems) = match error {
        ServiceError::Invalid(problems) => (StatusCode::UNPROCESSABLE_ENTITY, Problems::of(&problems)),
        ServiceError::Conflict(_) => {
            // Where the conversation is closed, the text goes on in another one.
            warning::keep_for_later(visit, DraftSlot::Thread(thread), typed.clone()).await?;
            (StatusCode::CONFLICT, Problems::default())
        }
        ServiceError::TooMany { retry_after_secs } => {
            retry_after = Some(retry_after_secs);
            warning::keep_for_later(visit, DraftSlot::Thread(thread), typed.clone()).await?;
            warning::wait()
        }
        other => return Err(Fault::Service(other)),
    };
    let mut v = visit.service().thread(&visit.ctx, visit.person, thread).await?;
    v.draft = Some(typed);
    let mut page = page(visit, v);
    page.problems = problems;
    page.moved_on = status == StatusCode::CONFLICT;
    if !page.moved_on {
        page.f.client_key = form.client_key;
    }
    let shown = answer::show_as(status, &page)?;
    Ok(match retry_after {
        Some(seconds) => answer::after(seconds, shown),
        None => shown,
    })
}

/// `POST /p/{person}/messages/{thread}/withdraw`
pub async fn withdraw(visit: PatientVisit, Form(form): Form<TakeBackForm>) -> Answer {
    let thread: ThreadId = visit.id("thread")?;
    visit.service().withdraw(&visit.ctx, Some(visit.person), thread, form.message).await?;
    visit.see(&format!("/messages/{thread}?done=withdrawn"))
}

#[derive(Deserialize)]
pub struct ThanksForm {
    last_seen: i64,
}

/// `POST /p/{person}/messages/{thread}/thanks`: "that answers it". What came in between is shown first.
pub async fn thank(visit: PatientVisit, Form(form): Form<ThanksForm>) -> Answer {
    let thread: ThreadId = visit.id("thread")?;
    match visit.service().thank(&visit.ctx, visit.person, thread, form.last_seen).await {
        Ok(()) => visit.see(&format!("/messages/{thread}?done=thanked")),
        Err(ServiceError::Conflict(_)) => visit.see(&format!("/messages/{thread}")),
        Err(other) => Err(Fault::Service(other)),
    }
}

//! What the team does in a conversation: answer, note, assign, close, reopen, take back. Each is one
//! form and one action; after it the conversation, or the next one of the view, opens.

use super::place::ListPlace;
use super::thread::{Kept, again, with_quick_reply};
use crate::web::answer::{self, Answer};
use crate::web::form::Form;
use crate::web::new_thread::Chosen;
use crate::web::visit::TeamVisit;
use domain::draft::{Body, Reason, Reply};
use domain::id::{AccountId, ClientKey, CloseReasonId, MessageId, QuickReplyId, ThreadId};
use serde::Deserialize;
use service::error::ServiceError;

#[derive(Deserialize)]
pub struct ReplyForm {
    body: String,
    last_seen: i64,
    client_key: ClientKey,
    /// `close` for "Reply and close".
    #[serde(default)]
    then: String,
    #[serde(default)]
    close_reason: Chosen<CloseReasonId>,
    #[serde(default)]
    next: Chosen<ThreadId>,
    /// A quick reply to be put into the box; nothing is sent then.
    #[serde(default)]
    quick: Chosen<QuickReplyId>,
}

#[derive(Deserialize)]
pub struct CloseForm {
    close_reason: CloseReasonId,
    last_seen: i64,
    #[serde(default)]
    next: Chosen<ThreadId>,
}

#[derive(Deserialize)]
pub struct ReasonForm {
    reason: String,
    message: Option<MessageId>,
}

#[derive(Deserialize)]
pub struct TakeBackForm {
    message: MessageId,
}

#[derive(Deserialize)]
pub struct AssignForm {
    #[serde(default)]
    to: Chosen<AccountId>,
    /// "Take it": the reader's own account.
    #[serde(default)]
    take: Chosen<AccountId>,
    #[serde(default)]
    seen_owner: Chosen<AccountId>,
}

/// Where to go after an action: this conversation, or the next one of its list.
fn go(visit: &TeamVisit, thread: ThreadId, done: &str) -> Answer {
    answer::see(&format!("{}&done={done}", ListPlace::asked(visit).thread(&thread)))
}

fn go_on(visit: &TeamVisit, next: Option<ThreadId>, done: &str) -> Answer {
    match next {
        Some(next) => go(visit, next, done),
        None => answer::see(&format!("{}&done={done}", ListPlace::asked(visit).list())),
    }
}

fn checked(body: &str, last_seen: i64, client_key: ClientKey) -> Result<Reply, ServiceError> {
    match Body::parse(body) {
        Ok(body) => Ok(Reply { body, last_seen, client_key }),
        Err(problem) => Err(ServiceError::Invalid(vec![problem])),
    }
}

/// `POST /team/threads/{thread}/reply`
pub async fn reply(visit: TeamVisit, Form(form): Form<ReplyForm>) -> Answer {
    let thread: ThreadId = visit.id("thread")?;
    if let Some(quick) = form.quick.0 {
        return with_quick_reply(&visit, form.body, quick, form.client_key).await;
    }
    let closes = form.then == "close";
    let close = if closes { form.close_reason.0 } else { None };
    let sent = match checked(&form.body, form.last_seen, form.client_key) {
        Ok(reply) => visit.service().answer(&visit.ctx, thread, reply, close).await,
        Err(error) => Err(error),
    };
    match sent {
        Ok(_) => go_on(&visit, form.next.0, if closes { "replied-closed" } else { "replied" }),
        Err(error) => again(&visit, Kept::Reply { text: form.body, key: form.client_key }, error).await,
    }
}

/// `POST /team/threads/{thread}/note`
pub async fn note(visit: TeamVisit, Form(form): Form<ReplyForm>) -> Answer {
    let thread: ThreadId = visit.id("thread")?;
    let saved = match checked(&form.body, form.last_seen, form.client_key) {
        Ok(note) => visit.service().note(&visit.ctx, thread, note).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(_) => go(&visit, thread, "noted"),
        Err(error) => again(&visit, Kept::Note { text: form.body, key: form.client_key }, error).await,
    }
}

/// `POST /team/threads/{thread}/close`
pub async fn close(visit: TeamVisit, Form(form): Form<CloseForm>) -> Answer {
    let thread: ThreadId = visit.id("thread")?;
    match visit.service().close(&visit.ctx, thread, form.close_reason, form.last_seen).await {
        Ok(()) => go_on(&visit, form.next.0, "closed"),
        Err(error) => again(&visit, Kept::Nothing, error).await,
    }
}

/// `POST /team/threads/{thread}/reopen`
pub async fn reopen(visit: TeamVisit, Form(form): Form<ReasonForm>) -> Answer {
    let thread: ThreadId = visit.id("thread")?;
    let reopened = match Reason::parse(&form.reason) {
        Ok(reason) => visit.service().reopen(&visit.ctx, thread, reason).await,
        Err(problem) => Err(ServiceError::Invalid(vec![problem])),
    };
    match reopened {
        Ok(()) => go(&visit, thread, "reopened"),
        Err(error) => again(&visit, Kept::Nothing, error).await,
    }
}

/// `POST /team/threads/{thread}/assign`
pub async fn assign(visit: TeamVisit, Form(form): Form<AssignForm>) -> Answer {
    let thread: ThreadId = visit.id("thread")?;
    let to = form.take.0.or(form.to.0);
    match visit.service().assign(&visit.ctx, thread, to, form.seen_owner.0).await {
        Ok(()) => go(&visit, thread, "assigned"),
        Err(error) => again(&visit, Kept::Nothing, error).await,
    }
}

/// `POST /team/threads/{thread}/withdraw`
pub async fn withdraw(visit: TeamVisit, Form(form): Form<TakeBackForm>) -> Answer {
    let thread: ThreadId = visit.id("thread")?;
    match visit.service().withdraw(&visit.ctx, None, thread, form.message).await {
        Ok(()) => go(&visit, thread, "withdrawn"),
        Err(error) => again(&visit, Kept::Nothing, error).await,
    }
}

/// `POST /team/threads/{thread}/retract`
pub async fn retract(visit: TeamVisit, Form(form): Form<ReasonForm>) -> Answer {
    let thread: ThreadId = visit.id("thread")?;
    let retracted = match (Reason::parse(&form.reason), form.message) {
        (Ok(reason), Some(message)) => visit.service().retract(&visit.ctx, thread, message, reason).await,
        (Err(problem), _) => Err(ServiceError::Invalid(vec![problem])),
        (_, None) => Err(ServiceError::NotFound),
    };
    match retracted {
        Ok(()) => go(&visit, thread, "retracted"),
        Err(error) => again(&visit, Kept::Nothing, error).await,
    }
}

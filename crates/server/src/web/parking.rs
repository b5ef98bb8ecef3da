//! A message whose session ran out while it was written is not lost: its text is parked for the same
//! account for an hour and stands in the text box after signing in again. It is never sent by itself.

use super::answer::Fault;
use super::cookie;
use super::form::is_from_us;
use super::new_thread::{Chosen, NewThreadForm};
use super::request::RequestInfo;
use super::router::LARGEST_FORM;
use super::site::Site;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::actor::Door;
use domain::id::{PatientId, ThreadId};
use serde::Deserialize;
use service::drafts::DraftSlot;
use service::parking::{Expired, ParkedAt};

/// The fields that a text form has at either door.
#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    csrf: String,
    #[serde(flatten)]
    text: NewThreadForm,
}

/// Where a form with a text box is posted to.
enum Place {
    NewMessage(PatientId),
    Reply(PatientId, ThreadId),
    TeamMessage(PatientId),
    TeamReply(ThreadId),
    TeamNote(ThreadId),
}

impl Place {
    fn door(&self) -> Door {
        match self {
            Place::NewMessage(_) | Place::Reply(..) => Door::Patient,
            Place::TeamMessage(_) | Place::TeamReply(_) | Place::TeamNote(_) => Door::Team,
        }
    }
}

fn place(path: &str) -> Option<Place> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match parts.as_slice() {
        ["p", person, "messages", "new"] => Some(Place::NewMessage(person.parse().ok()?)),
        ["p", person, "messages", thread] => Some(Place::Reply(person.parse().ok()?, thread.parse().ok()?)),
        ["team", "patients", patient, "messages", "new"] => Some(Place::TeamMessage(patient.parse().ok()?)),
        ["team", "threads", thread, "reply"] => Some(Place::TeamReply(thread.parse().ok()?)),
        ["team", "threads", thread, "note"] => Some(Place::TeamNote(thread.parse().ok()?)),
        _ => None,
    }
}

/// Before the handlers: a text that arrives with a session that has ended is kept, not answered.
pub async fn keep(State(site): State<Site>, request: Request, next: Next) -> Response {
    let at = (request.method() == Method::POST).then(|| place(request.uri().path())).flatten();
    let Some(at) = at else { return next.run(request).await };
    let door = at.door();
    let token = cookie::read(request.headers(), cookie::name_of(door)).unwrap_or("").to_owned();
    match site.service.peek_session(door, &token).await {
        Ok(None) if !token.is_empty() && is_from_us(request.headers()) => {
            match park(&site, (door, &token), at, request).await {
                Ok(next) => Fault::SignIn { door, next: next.unwrap_or_default() }.into_response(),
                Err(fault) => fault.into_response(),
            }
        }
        _ => next.run(request).await,
    }
}

/// Parks the text; answers with the address where it will stand again. Text that is too long to be kept is
/// refused in place of being lost: the browser still has it, one step back.
async fn park(
    site: &Site,
    (door, token): (Door, &str),
    at: Place,
    request: Request<Body>,
) -> Result<Option<String>, Fault> {
    let Some(info) = request.extensions().get::<RequestInfo>().cloned() else { return Ok(None) };
    let Ok(body) = axum::body::to_bytes(request.into_body(), LARGEST_FORM).await else {
        return Err(Fault::TooLarge);
    };
    let Ok(typed) = serde_urlencoded::from_bytes::<Typed>(&body) else { return Ok(None) };
    let text = typed.text.typed();
    if !text.too_long().is_empty() {
        return Err(Fault::TooLarge);
    }
    let (about, Chosen(continues)) = (typed.text.about.0, &typed.text.continues);
    let (place, back) = match at {
        Place::Reply(person, thread) => (ParkedAt::Person(person, DraftSlot::Thread(thread)), info.path),
        Place::TeamMessage(patient) => (ParkedAt::Person(patient, DraftSlot::New), info.path),
        Place::TeamReply(thread) => (ParkedAt::Thread(thread), format!("/team/threads/{thread}")),
        Place::TeamNote(thread) => (ParkedAt::Note(thread), format!("/team/threads/{thread}")),
        Place::NewMessage(person) => match (about, continues) {
            (Some(item), _) => {
                (ParkedAt::Person(person, DraftSlot::Item(item)), format!("{}?about={item}", info.path))
            }
            (None, Some(thread)) => (
                ParkedAt::Person(person, DraftSlot::Thread(*thread)),
                format!("{}?continues={thread}", info.path),
            ),
            (None, None) => (ParkedAt::Person(person, DraftSlot::New), info.path),
        },
    };
    let expired = Expired { door, token, csrf: &typed.csrf };
    if let Err(error) = site.service.park_expired(expired, place, (info.id, text)).await {
        tracing::warn!(request = %info.id, %error, "text of an ended session was not kept");
    }
    Ok(Some(back))
}

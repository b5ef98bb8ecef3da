//! The one place that turns a fault into a page. Whoever may not know that a thing exists gets the
//! same page as for a true miss; an internal fault shows a request id and nothing else.

use super::frame::{Frame, Place};
use super::open::fault::FaultPage;
use super::open_visit::TEAM_DOOR;
use super::request::RequestInfo;
use super::site::Site;
use crate::words::Voice;
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::actor::Door;
use domain::id::ClientKey;
use service::error::ServiceError;

/// What a handler returns.
pub type Answer = Result<Response, Fault>;

/// Why there is no page to show.
#[derive(Clone, Debug)]
pub enum Fault {
    Service(ServiceError),
    /// Nobody is signed in at this door; `next` is where to go on.
    SignIn {
        door: Door,
        next: String,
    },
    /// The form's token or origin is not ours.
    BadForm,
    TooLarge,
    Internal(String),
}

impl<E: Into<ServiceError>> From<E> for Fault {
    fn from(error: E) -> Fault {
        Fault::Service(error.into())
    }
}

impl Fault {
    pub const NOT_FOUND: Fault = Fault::Service(ServiceError::NotFound);
}

impl IntoResponse for Fault {
    /// Carried to the outermost layer, which knows the reader's language.
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes a page; a template that fails is an internal fault.
pub fn show(page: &impl Template) -> Answer {
    page.render().map(|html| Html(html).into_response()).map_err(|error| Fault::Internal(error.to_string()))
}

/// The same with another status, such as 422 for a form to correct.
pub fn show_as(status: StatusCode, page: &impl Template) -> Answer {
    show(page).map(|response| (status, response).into_response())
}

/// 303: the browser goes on with a GET, so that "reload" sends nothing twice.
pub fn see(address: &str) -> Answer {
    Ok(Redirect::to(address).into_response())
}

/// Addresses that everybody knows: here a refusal may say that it is one.
fn is_public_knowledge(path: &str) -> bool {
    const TEAM: [&str; 5] = ["/team", "/team/board", "/team/emergency", "/team/patients", "/team/search"];
    const OFFICE: [&str; 2] = ["/admin/teams", "/admin/organisation"];
    const STUDY: [&str; 6] =
        ["/study", "/study/funnel", "/study/answers", "/study/work", "/study/runs", "/study/runs/new"];
    [&TEAM[..], &OFFICE, &STUDY].concat().contains(&path)
        || path.starts_with("/team/inbox")
        // Of one account too: a refusal is the same whether it exists or not.
        || path.starts_with("/admin/staff")
        || path.starts_with("/admin/audit")
}

/// The page for a fault.
pub fn page(site: &Site, info: &RequestInfo, path: &str, fault: Fault) -> Response {
    let (status, key) = match &fault {
        Fault::SignIn { door, next } => return to_sign_in(*door, next),
        Fault::Service(ServiceError::NotFound) => (StatusCode::NOT_FOUND, "fault-not-found"),
        Fault::Service(ServiceError::Denied) if is_public_knowledge(path) => {
            (StatusCode::FORBIDDEN, "fault-denied")
        }
        Fault::Service(ServiceError::Denied) => (StatusCode::NOT_FOUND, "fault-not-found"),
        Fault::Service(ServiceError::Conflict(_)) => (StatusCode::CONFLICT, "fault-conflict"),
        Fault::Service(ServiceError::Invalid(_)) => (StatusCode::UNPROCESSABLE_ENTITY, "fault-conflict"),
        Fault::Service(ServiceError::TooMany { .. }) => (StatusCode::TOO_MANY_REQUESTS, "fault-too-many"),
        Fault::BadForm => (StatusCode::FORBIDDEN, "fault-form"),
        Fault::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "fault-too-large"),
        Fault::Service(ServiceError::Internal(words)) | Fault::Internal(words) => {
            tracing::error!(request = %info.id, fault = %words, "a request failed");
            (StatusCode::INTERNAL_SERVER_ERROR, "fault-internal")
        }
    };
    let response = (status, rendered(site, info, path, (status, key))).into_response();
    match fault {
        Fault::Service(ServiceError::TooMany { retry_after_secs }) => after(retry_after_secs, response),
        _ => response,
    }
}

/// The same answer, saying after how many seconds to come again.
pub fn after(seconds: i64, mut response: Response) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
    response
}

fn rendered(
    site: &Site,
    info: &RequestInfo,
    path: &str,
    (status, key): (StatusCode, &'static str),
) -> Html<String> {
    let voice = Voice::new(info.language(), site.settings.zone.clone(), site.service.now());
    let is_internal = status == StatusCode::INTERNAL_SERVER_ERROR;
    let page = FaultPage {
        f: Frame {
            voice,
            clinic: site.settings.clinic.clone(),
            person: None,
            place: Place::Elsewhere,
            csrf: String::new(),
            nonce: info.nonce.clone(),
            done: None,
            reader: String::new(),
            roles: Vec::new(),
            leads: false,
            client_key: ClientKey(info.id.0),
        },
        title: key,
        advice: advice(key),
        request: is_internal.then_some(info.id),
        way_out: if TEAM_DOOR.iter().any(|part| path.starts_with(part)) { "/team" } else { "/" },
        way_out_key: "go-start",
    };
    Html(page.render().unwrap_or_default())
}

fn advice(key: &str) -> &'static str {
    match key {
        "fault-not-found" => "fault-not-found-advice",
        "fault-denied" => "fault-denied-advice",
        "fault-conflict" => "fault-conflict-advice",
        "fault-too-many" => "fault-too-many-advice",
        "fault-form" => "fault-form-advice",
        "fault-too-large" => "fault-too-large-advice",
        _ => "fault-internal-advice",
    }
}

fn to_sign_in(door: Door, next: &str) -> Response {
    let page = if door == Door::Team { "/team/sign-in" } else { "/sign-in" };
    let next = if is_ours(next) { format!("?next={next}") } else { String::new() };
    Redirect::to(&format!("{page}{next}")).into_response()
}

/// An address of our own: where to go on after signing in. A query may only hold ids.
pub fn is_ours(next: &str) -> bool {
    ["/p/", "/team", "/study"].iter().any(|ours| next.starts_with(ours))
        && next.chars().all(|c| c.is_ascii_alphanumeric() || "/-_?=".contains(c))
}

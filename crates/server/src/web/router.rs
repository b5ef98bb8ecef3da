//! Every address of the pages, and what wraps them.

use super::site::{Site, WebSettings};
use super::{assets, open, patient, request, team, updates};
use super::answer::Fault;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use service::service::Service;
use std::any::Any;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

/// A form holds at most a message of 20,000 characters, percent-encoded, and its small fields.
const LARGEST_FORM: usize = 512 * 1024;

/// The pages, ready to be served with `into_make_service_with_connect_info::<SocketAddr>()`.
pub fn router(service: Service, settings: WebSettings) -> Router {
    let site = Site::new(service, settings);
    let is_page = SizeAbove::new(512).and(NotForContentType::new("text/event-stream"));
    Router::new()
        .merge(open_pages())
        .merge(patient_pages())
        .merge(team_pages())
        .fallback(async || Fault::NOT_FOUND)
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(site.clone(), request::wrap))
        .route("/assets/{digest}/{name}", get(assets::file))
        .layer(CompressionLayer::new().gzip(true).compress_when(is_page))
        .with_state(site)
}

fn panicked(_: Box<dyn Any + Send>) -> Response {
    Fault::Internal("a handler panicked".to_owned()).into_response()
}

fn open_pages() -> Router<Site> {
    Router::new()
        .route("/", get(open::sign_in::first))
        .route("/sign-in", get(open::sign_in::patient).post(open::sign_in::patient_enters))
        .route("/activate", get(open::activate::patient).post(open::activate::patient_activates))
        .route("/team/sign-in", get(open::sign_in::team).post(open::sign_in::team_enters))
        .route("/admin/activate", get(open::activate::staff).post(open::activate::staff_activates))
        .route("/demo", get(open::demo::show).post(open::demo::enter))
}

fn patient_pages() -> Router<Site> {
    let pages = Router::new()
        .route("/", get(patient::home::show))
        .route("/messages", get(patient::messages::show))
        .route("/messages/search", get(patient::search::again).post(patient::search::find))
        .route("/messages/new", get(patient::compose::show).post(patient::compose::send))
        .route("/messages/{thread}", get(patient::thread::show).post(patient::thread::reply))
        .route("/messages/{thread}/withdraw", post(patient::thread::withdraw))
        .route("/drafts", post(patient::drafts::save))
        .route("/drafts/discard", post(patient::drafts::discard))
        .route("/record", get(patient::record::show))
        .route("/results", get(patient::results::list))
        .route("/results/{id}", get(patient::results::show))
        .route("/looked", get(patient::looked::show))
        .route("/more", get(patient::more::show))
        .route("/more/language", post(patient::more::choose_language))
        .route("/sign-out", post(open::sign_in::patient_leaves))
        .route("/updates", get(updates::of_patient));
    Router::new().nest("/p/{person}", pages)
}

fn team_pages() -> Router<Site> {
    Router::new()
        .route("/team", get(team::inbox::first))
        .route("/team/inbox/{view}", get(team::inbox::show))
        .route("/team/threads/{thread}", get(team::thread::show))
        .route("/team/threads/{thread}/reply", post(team::acts::reply))
        .route("/team/threads/{thread}/note", post(team::acts::note))
        .route("/team/threads/{thread}/close", post(team::acts::close))
        .route("/team/threads/{thread}/reopen", post(team::acts::reopen))
        .route("/team/threads/{thread}/assign", post(team::acts::assign))
        .route("/team/threads/{thread}/withdraw", post(team::acts::withdraw))
        .route("/team/threads/{thread}/retract", post(team::acts::retract))
        .route("/team/drafts", post(team::drafts::save))
        .route("/team/patients", get(team::patients::ask).post(team::patients::find))
        .route("/team/patients/{patient}", get(team::patient::show))
        .route("/team/patients/{patient}/break-glass", post(team::patient::break_glass))
        .route("/team/patients/{patient}/results/{id}", get(team::result::show))
        .route(
            "/team/patients/{patient}/messages/new",
            get(team::compose::show).post(team::compose::send),
        )
        .route("/team/search", get(team::search::ask).post(team::search::find))
        .route("/team/sign-out", post(open::sign_in::team_leaves))
        .route("/team/updates", get(updates::of_team))
}

//! Every address of the pages, and what wraps them. The table is what the access tests walk: a route
//! without a row there fails them.

use super::answer::Fault;
use super::site::{Site, WebSettings};
use super::{admin, assets, open, parking, patient, request, study, team, updates};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use service::service::Service;
use std::any::Any;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

/// Bytes of a form: a message of 20,000 characters, percent-encoded, and its small fields.
pub const LARGEST_FORM: usize = 512 * 1024;

macro_rules! routes {
    ($($method:ident $path:literal => $($handler:ident)::+;)*) => {
        /// Method and path of every page.
        pub const ROUTES: &[(&str, &str)] = &[$((stringify!($method), $path)),*];

        fn table() -> Router<Site> {
            Router::new()$(.route($path, $method($($handler)::+)))*
        }
    };
}

routes! {
    get "/" => open::sign_in::first;
    get "/sign-in" => open::sign_in::patient;
    post "/sign-in" => open::sign_in::patient_enters;
    get "/activate" => open::activate::patient;
    post "/activate" => open::activate::patient_activates;
    get "/admin/activate" => open::activate::staff;
    post "/admin/activate" => open::activate::staff_activates;
    get "/demo" => open::demo::show;
    post "/demo" => open::demo::enter;
    get "/assets/{digest}/{name}" => assets::file;

    get "/people" => patient::people::choose;

    get "/p/{person}/" => patient::home::show;
    get "/p/{person}/messages" => patient::messages::show;
    get "/p/{person}/messages/search" => patient::search::again;
    post "/p/{person}/messages/search" => patient::search::find;
    get "/p/{person}/messages/new" => patient::compose::show;
    post "/p/{person}/messages/new" => patient::compose::send;
    get "/p/{person}/messages/{thread}" => patient::thread::show;
    post "/p/{person}/messages/{thread}" => patient::thread::reply;
    post "/p/{person}/messages/{thread}/withdraw" => patient::thread::withdraw;
    post "/p/{person}/messages/{thread}/thanks" => patient::thread::thank;
    post "/p/{person}/drafts" => patient::drafts::save;
    post "/p/{person}/drafts/discard" => patient::drafts::discard;
    get "/p/{person}/record" => patient::record::show;
    get "/p/{person}/results" => patient::results::list;
    get "/p/{person}/results/{id}" => patient::results::show;
    get "/p/{person}/visits" => patient::visits::list;
    get "/p/{person}/visits/{id}" => patient::visits::show;
    get "/p/{person}/notes" => patient::notes::list;
    get "/p/{person}/notes/{id}" => patient::notes::show;
    get "/p/{person}/vitals" => patient::vitals::show;
    get "/p/{person}/procedures" => patient::procedures::show;
    get "/p/{person}/plans" => patient::plans::show;
    get "/p/{person}/care-team" => patient::care_team::show;
    get "/p/{person}/coverage" => patient::coverage::show;
    get "/p/{person}/looked" => patient::looked::show;
    get "/p/{person}/people" => patient::people::list;
    post "/p/{person}/people/end" => patient::people::end;
    get "/p/{person}/more" => patient::more::show;
    post "/p/{person}/more/language" => patient::more::choose_language;
    get "/p/{person}/account" => patient::account::show;
    post "/p/{person}/account/sessions" => patient::account::end_sessions;
    post "/p/{person}/account/password" => patient::account::change_password;
    post "/p/{person}/sign-out" => open::sign_in::patient_leaves;
    get "/p/{person}/updates" => updates::of_patient;

    get "/team" => team::inbox::first;
    get "/team/sign-in" => open::sign_in::team;
    post "/team/sign-in" => open::sign_in::team_enters;
    post "/team/sign-out" => open::sign_in::team_leaves;
    get "/team/inbox/{view}" => team::inbox::show;
    get "/team/threads/{thread}" => team::thread::show;
    get "/team/threads/{thread}/entries" => team::entries::show;
    get "/team/threads/{thread}/copy" => team::copy::show;
    get "/team/threads/{thread}/updates" => updates::of_thread;
    post "/team/threads/{thread}/reply" => team::acts::reply;
    post "/team/threads/{thread}/note" => team::acts::note;
    post "/team/threads/{thread}/close" => team::acts::close;
    post "/team/threads/{thread}/reopen" => team::acts::reopen;
    post "/team/threads/{thread}/assign" => team::acts::assign;
    post "/team/threads/{thread}/withdraw" => team::acts::withdraw;
    post "/team/threads/{thread}/retract" => team::acts::retract;
    post "/team/drafts" => team::drafts::save;
    get "/team/patients" => team::patients::ask;
    post "/team/patients" => team::patients::find;
    get "/team/patients/{patient}" => team::patient::show;
    get "/team/emergency" => team::emergency::ask;
    post "/team/emergency" => team::emergency::open;
    get "/team/patients/{patient}/results/{id}" => team::result::show;
    get "/team/patients/{patient}/messages/new" => team::compose::show;
    post "/team/patients/{patient}/messages/new" => team::compose::send;
    get "/team/board" => team::board::show;
    get "/team/search" => team::search::ask;
    post "/team/search" => team::search::find;
    get "/team/me" => team::me::show;
    post "/team/me/language" => team::me::choose_language;
    get "/team/me/account" => team::account::show;
    post "/team/me/account/sessions" => team::account::end_sessions;
    post "/team/me/account/password" => team::account::change_password;
    get "/team/updates" => updates::of_team;

    get "/admin" => admin::home::first;
    get "/admin/teams" => admin::teams::show;
    get "/admin/staff" => admin::staff::list;
    get "/admin/staff/{account}" => admin::member::show;
    post "/admin/staff/{account}/leave" => admin::member::leave;
    post "/admin/staff/{account}/sessions" => admin::member::end_sessions;
    get "/admin/organisation" => admin::organisation::show;
    get "/admin/audit" => admin::audit::show;
    post "/admin/audit" => admin::audit::search;
    get "/admin/audit/emergencies" => admin::audit::emergencies;
    get "/admin/audit/chains" => admin::chains::show;

    get "/study" => study::adoption::show;
    get "/study/funnel" => study::funnel::show;
    get "/study/answers" => study::answers::show;
    get "/study/work" => study::work::show;
    get "/study/runs" => study::runs::list;
    post "/study/runs" => study::runs::start;
    get "/study/runs/new" => study::runs::ask;
    get "/study/runs/{run}" => study::run::show;
    get "/study/runs/{run}/report" => study::run::report;
    get "/study/runs/{run}/files/{name}" => study::run::file;
    get "/study/runs/{run}/compare/{other}" => study::run_compare::show;
    post "/study/runs/{run}/again" => study::run::again;
    post "/study/runs/{run}/destroy-key" => study::run::destroy_key;
}

/// The pages, ready to be served with `into_make_service_with_connect_info::<SocketAddr>()`.
pub fn router(service: Service, settings: WebSettings) -> Router {
    let site = Site::new(service, settings);
    let is_page = SizeAbove::new(512).and(NotForContentType::new("text/event-stream"));
    table()
        .fallback(async || Fault::NOT_FOUND)
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(from_fn_with_state(site.clone(), parking::keep))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(site.clone(), request::wrap))
        .layer(CompressionLayer::new().gzip(true).compress_when(is_page))
        .with_state(site)
}

fn panicked(_: Box<dyn Any + Send>) -> Response {
    Fault::Internal("a handler panicked".to_owned()).into_response()
}

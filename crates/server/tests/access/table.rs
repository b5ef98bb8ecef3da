//! Every route with everybody's expected answer, and the audit row that the act leaves.

use super::world::{BORN, Browser, PASSWORD, Who, World};
use axum::http::StatusCode;
use service::view::thread::{Sent, ThreadView};

/// The form of a row, filled in for one try.
pub type Fill = fn(&World, &Browser, &Sent, &ThreadView) -> Vec<(&'static str, String)>;

/// One route.
pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    /// Who may; the first one proves it before anybody is refused.
    pub allowed: &'static [Who],
    pub answer: StatusCode,
    /// Who is at the right door but told "you cannot do this" (403); everybody else gets 404.
    pub denied: &'static [Who],
    /// Of those who may, who is sent on to a page of their own (303).
    pub sent_on: &'static [Who],
    /// The audit's word for the act; `None` where nothing of anybody is touched.
    pub action: Option<&'static str>,
    pub form: Option<Fill>,
    /// Open to everybody, signed in or not.
    pub is_open: bool,
    /// An event stream: a browser without a session gets a miss, not a page to sign in.
    pub is_stream: bool,
}

const OK: StatusCode = StatusCode::OK;
const SEE: StatusCode = StatusCode::SEE_OTHER;
const ROSA: &[Who] = &[Who::Rosa];
/// What concerns the reader's own account, whatever person the address names.
const PATIENTS: &[Who] = &[Who::Rosa, Who::Carl, Who::Ellen];
/// The patient and whoever acts for the patient.
const FAMILY: &[Who] = &[Who::Rosa, Who::Ellen];
const TEAM: &[Who] = &[Who::Nurse, Who::Physician, Who::FrontDesk];
const CLINICAL: &[Who] = &[Who::Nurse, Who::Physician];
const ANY_CLINICIAN: &[Who] = &[Who::Nurse, Who::Physician, Who::OtherNurse];
const ANSWERING: &[Who] = &[Who::Nurse, Who::Physician, Who::FrontDesk, Who::OtherNurse];
const STAFF: &[Who] = &[
    Who::Nurse,
    Who::OtherNurse,
    Who::Physician,
    Who::FrontDesk,
    Who::Administrator,
    Who::PrivacyOfficer,
    Who::Analyst,
];
const NO_CLINICIAN: &[Who] = &[Who::FrontDesk, Who::Administrator, Who::PrivacyOfficer, Who::Analyst];
const NOT_ANALYSTS: &[Who] =
    &[Who::Nurse, Who::OtherNurse, Who::Physician, Who::FrontDesk, Who::Administrator, Who::PrivacyOfficer];
const NO_LEAD: &[Who] =
    &[Who::Nurse, Who::OtherNurse, Who::FrontDesk, Who::Administrator, Who::PrivacyOfficer, Who::Analyst];
const ADMIN: &[Who] = &[Who::Administrator];
const PRIVACY: &[Who] = &[Who::PrivacyOfficer];
const NO_ADMIN: &[Who] =
    &[Who::Nurse, Who::OtherNurse, Who::Physician, Who::FrontDesk, Who::PrivacyOfficer, Who::Analyst];
const NO_PRIVACY: &[Who] =
    &[Who::Nurse, Who::OtherNurse, Who::Physician, Who::FrontDesk, Who::Administrator, Who::Analyst];
const OFFICE: &[Who] = &[Who::Administrator, Who::PrivacyOfficer, Who::Analyst];

const fn get(path: &'static str, allowed: &'static [Who], action: &'static str) -> Row {
    Row {
        method: "GET",
        path,
        allowed,
        answer: OK,
        denied: &[],
        sent_on: &[],
        action: Some(action),
        form: None,
        is_open: false,
        is_stream: false,
    }
}

const fn post(path: &'static str, allowed: &'static [Who], action: &'static str, form: Fill) -> Row {
    Row {
        method: "POST",
        path,
        allowed,
        answer: SEE,
        denied: &[],
        sent_on: &[],
        action: Some(action),
        form: Some(form),
        is_open: false,
        is_stream: false,
    }
}

const fn open(method: &'static str, path: &'static str, answer: StatusCode) -> Row {
    Row {
        method,
        path,
        allowed: &[Who::Nobody],
        answer,
        denied: &[],
        sent_on: &[],
        action: None,
        form: None,
        is_open: true,
        is_stream: false,
    }
}

impl Row {
    const fn answering(self, answer: StatusCode) -> Row {
        Row { answer, ..self }
    }

    const fn denying(self, denied: &'static [Who]) -> Row {
        Row { denied, ..self }
    }

    const fn sending_on(self, sent_on: &'static [Who]) -> Row {
        Row { sent_on, ..self }
    }

    /// What somebody who may is answered.
    pub fn answer_to(&self, who: Who) -> StatusCode {
        if self.sent_on.contains(&who) { SEE } else { self.answer }
    }

    const fn streaming(self) -> Row {
        Row { action: None, is_stream: true, ..self }
    }

    /// A stream about one conversation, which only some may follow.
    const fn audited_stream(self) -> Row {
        Row { is_stream: true, ..self }
    }

    const fn unaudited(self) -> Row {
        Row { action: None, ..self }
    }
}

fn key(world: &World) -> String {
    world.service.ids.mint(world.service.now()).to_string()
}

fn nothing(_: &World, _: &Browser, _: &Sent, _: &ThreadView) -> Vec<(&'static str, String)> {
    Vec::new()
}

fn words(_: &World, _: &Browser, _: &Sent, _: &ThreadView) -> Vec<(&'static str, String)> {
    vec![("words", "potassium".into())]
}

fn reply(world: &World, _: &Browser, _: &Sent, view: &ThreadView) -> Vec<(&'static str, String)> {
    let last_seen = ("last_seen", view.last_seq.to_string());
    vec![("body", "A word".into()), last_seen, ("client_key", key(world))]
}

fn seen(_: &World, _: &Browser, _: &Sent, view: &ThreadView) -> Vec<(&'static str, String)> {
    vec![("last_seen", view.last_seq.to_string())]
}

fn begin(world: &World, _: &Browser, _: &Sent, _: &ThreadView) -> Vec<(&'static str, String)> {
    vec![
        ("pool", world.nurses.to_string()),
        ("topic", world.topic.to_string()),
        ("subject", "A question".into()),
        ("body", "Some words".into()),
        ("client_key", key(world)),
    ]
}

fn draft(world: &World, _: &Browser, sent: &Sent, _: &ThreadView) -> Vec<(&'static str, String)> {
    let thread = sent.thread.to_string();
    vec![
        ("thread", thread),
        ("patient", world.rosa.to_string()),
        ("body", "Not yet".into()),
        ("client_key", key(world)),
    ]
}

fn own_message(_: &World, _: &Browser, _: &Sent, view: &ThreadView) -> Vec<(&'static str, String)> {
    vec![("message", view.entries[0].id.to_string())]
}

fn team_message(_: &World, _: &Browser, _: &Sent, view: &ThreadView) -> Vec<(&'static str, String)> {
    let message = view.entries.last().map(|entry| entry.id.to_string()).unwrap_or_default();
    vec![("message", message), ("reason", "For another patient".into())]
}

fn close(world: &World, _: &Browser, _: &Sent, view: &ThreadView) -> Vec<(&'static str, String)> {
    vec![("close_reason", world.close_reason.to_string()), ("last_seen", view.last_seq.to_string())]
}

fn reason(_: &World, _: &Browser, _: &Sent, _: &ThreadView) -> Vec<(&'static str, String)> {
    vec![("reason", "She asked again".into())]
}

fn emergency(_: &World, _: &Browser, _: &Sent, _: &ThreadView) -> Vec<(&'static str, String)> {
    vec![("words", format!("Rosa {BORN}")), ("reason", "She fainted".into())]
}

fn protocol(_: &World, _: &Browser, _: &Sent, _: &ThreadView) -> Vec<(&'static str, String)> {
    vec![("text", service::studies::runs::SHIPPED[0].text.into())]
}

fn take(_: &World, browser: &Browser, _: &Sent, _: &ThreadView) -> Vec<(&'static str, String)> {
    vec![("take", browser.account.to_string())]
}

fn spare_proxy(world: &World, _: &Browser, _: &Sent, _: &ThreadView) -> Vec<(&'static str, String)> {
    vec![("account", world.spare_proxy.to_string())]
}

fn leave(world: &World, _: &Browser, _: &Sent, _: &ThreadView) -> Vec<(&'static str, String)> {
    vec![("pool", world.nurses.to_string())]
}

/// One that nobody has: the analyst's stay open.
fn no_session(world: &World, _: &Browser, _: &Sent, _: &ThreadView) -> Vec<(&'static str, String)> {
    vec![("session", key(world))]
}

fn others(_: &World, _: &Browser, _: &Sent, _: &ThreadView) -> Vec<(&'static str, String)> {
    vec![("session", "others".into())]
}

/// A new password that is the old one, so that everybody can go on signing in.
fn password(_: &World, _: &Browser, _: &Sent, _: &ThreadView) -> Vec<(&'static str, String)> {
    vec![("old_password", PASSWORD.into()), ("password", PASSWORD.into())]
}

fn language(_: &World, _: &Browser, _: &Sent, _: &ThreadView) -> Vec<(&'static str, String)> {
    vec![("language", "en".into())]
}

/// What a thread must have gone through before a row's act makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    Asked,
    /// The trying member of staff has answered, and Rosa has read it.
    AnsweredByMe,
    /// A nurse has answered.
    Answered,
    Closed,
}

impl Row {
    pub fn before(&self) -> Before {
        match self.path {
            path if path.ends_with("/reopen") => Before::Closed,
            "/team/threads/{thread}/retract" | "/team/threads/{thread}/withdraw" => Before::AnsweredByMe,
            path if path.ends_with("/thanks") => Before::Answered,
            _ => Before::Asked,
        }
    }

    pub fn ends_session(&self) -> bool {
        self.path.ends_with("/sign-out")
    }

    pub fn is_team(&self) -> bool {
        ["/team", "/admin", "/study"].iter().any(|part| self.path.starts_with(part))
    }
}

pub const TABLE: &[Row] = &[
    open("GET", "/", SEE),
    open("GET", "/sign-in", OK),
    open("POST", "/sign-in", StatusCode::FORBIDDEN),
    open("GET", "/activate", OK),
    open("POST", "/activate", StatusCode::FORBIDDEN),
    open("GET", "/team/sign-in", OK),
    open("POST", "/team/sign-in", StatusCode::FORBIDDEN),
    open("GET", "/admin/activate", StatusCode::NOT_FOUND),
    open("POST", "/admin/activate", StatusCode::FORBIDDEN),
    open("GET", "/demo", StatusCode::NOT_FOUND),
    open("POST", "/demo", StatusCode::FORBIDDEN),
    open("GET", "/assets/{digest}/{name}", StatusCode::NOT_FOUND),
    get("/p/{person}/", FAMILY, "read_home"),
    get("/p/{person}/messages", FAMILY, "list_threads"),
    get("/p/{person}/messages/search", PATIENTS, "search_messages").answering(SEE).unaudited(),
    post("/p/{person}/messages/search", FAMILY, "search_messages", words).answering(OK),
    get("/p/{person}/messages/new", FAMILY, "read_demographics"),
    post("/p/{person}/messages/new", FAMILY, "send_message", begin),
    get("/p/{person}/messages/{thread}", FAMILY, "read_thread"),
    post("/p/{person}/messages/{thread}", FAMILY, "send_message", reply),
    post("/p/{person}/messages/{thread}/withdraw", FAMILY, "withdraw_message", own_message),
    post("/p/{person}/messages/{thread}/thanks", FAMILY, "settle_thread", seen),
    post("/p/{person}/drafts", FAMILY, "save_draft", draft).answering(OK),
    post("/p/{person}/drafts/discard", FAMILY, "discard_draft", draft),
    get("/p/{person}/record", FAMILY, "read_chart"),
    get("/p/{person}/results", FAMILY, "read_results"),
    get("/p/{person}/results/{id}", FAMILY, "read_result"),
    get("/p/{person}/visits", FAMILY, "read_chart"),
    get("/p/{person}/visits/{id}", FAMILY, "read_entry"),
    get("/p/{person}/notes", FAMILY, "read_chart"),
    get("/p/{person}/notes/{id}", FAMILY, "read_entry"),
    get("/p/{person}/vitals", FAMILY, "read_chart"),
    get("/p/{person}/procedures", FAMILY, "read_chart"),
    get("/p/{person}/plans", FAMILY, "read_chart"),
    get("/p/{person}/care-team", FAMILY, "read_chart"),
    get("/p/{person}/coverage", FAMILY, "read_chart"),
    get("/p/{person}/looked", ROSA, "read_access_log"),
    get("/people", PATIENTS, "read_demographics").answering(SEE).unaudited(),
    get("/p/{person}/people", ROSA, "read_proxies"),
    post("/p/{person}/people/end", ROSA, "end_proxy", spare_proxy),
    get("/p/{person}/more", FAMILY, "read_home"),
    post("/p/{person}/more/language", PATIENTS, "change_settings", language),
    get("/p/{person}/account", FAMILY, "read_sessions|read_home"),
    post("/p/{person}/account/sessions", PATIENTS, "sign_out", others),
    post("/p/{person}/account/password", PATIENTS, "change_password", password),
    post("/p/{person}/sign-out", PATIENTS, "sign_out", nothing),
    get("/p/{person}/updates", FAMILY, "follow_updates").streaming(),
    get("/team", STAFF, "read_inbox").unaudited().sending_on(OFFICE),
    get("/team/inbox/{view}", ANSWERING, "read_inbox").denying(OFFICE),
    get("/team/threads/{thread}", TEAM, "read_thread"),
    get("/team/threads/{thread}/entries", TEAM, "read_thread"),
    get("/team/threads/{thread}/copy", TEAM, "copy_thread"),
    get("/team/threads/{thread}/updates", TEAM, "follow_updates").audited_stream(),
    post("/team/threads/{thread}/reply", TEAM, "send_message", reply),
    post("/team/threads/{thread}/note", TEAM, "add_note", reply),
    post("/team/threads/{thread}/close", TEAM, "close_thread", close),
    post("/team/threads/{thread}/reopen", TEAM, "reopen_thread", reason),
    post("/team/threads/{thread}/assign", TEAM, "assign_thread", take),
    post("/team/threads/{thread}/withdraw", TEAM, "withdraw_message", team_message),
    post("/team/threads/{thread}/retract", TEAM, "retract_message", team_message),
    post("/team/drafts", TEAM, "save_draft", draft).answering(OK),
    get("/team/patients", STAFF, "find_patient").unaudited(),
    post("/team/patients", ANSWERING, "find_patient", words).answering(OK).denying(OFFICE),
    get("/team/patients/{patient}", TEAM, "read_chart|read_demographics"),
    get("/team/patients/{patient}/results/{id}", CLINICAL, "read_result"),
    get("/team/patients/{patient}/messages/new", TEAM, "read_demographics"),
    post("/team/patients/{patient}/messages/new", TEAM, "send_message", begin),
    // Last of the patient's rows: from here on the other nurse has a tie to Rosa.
    get("/team/emergency", ANY_CLINICIAN, "break_glass").unaudited().denying(NO_CLINICIAN),
    post("/team/emergency", ANY_CLINICIAN, "break_glass", emergency).denying(NO_CLINICIAN),
    get("/team/board", &[Who::Physician], "read_team_board").denying(NO_LEAD),
    get("/team/search", STAFF, "search_messages").unaudited(),
    post("/team/search", ANSWERING, "search_messages", words).answering(OK).denying(OFFICE),
    post("/team/sign-out", STAFF, "sign_out", nothing),
    get("/team/me", STAFF, "read_home").unaudited(),
    post("/team/me/language", STAFF, "change_settings", language),
    get("/team/me/account", STAFF, "read_sessions"),
    post("/team/me/account/sessions", STAFF, "sign_out", others),
    post("/team/me/account/password", STAFF, "change_password", password),
    get("/team/updates", STAFF, "follow_updates").streaming(),
    get("/admin", STAFF, "read_settings").answering(SEE).unaudited(),
    get("/admin/teams", ADMIN, "read_settings").denying(NO_ADMIN),
    get("/admin/staff", ADMIN, "read_settings").denying(NO_ADMIN),
    get("/admin/staff/{account}", ADMIN, "read_settings").denying(NO_ADMIN),
    post("/admin/staff/{account}/leave", ADMIN, "remove_member", leave).denying(NO_ADMIN),
    post("/admin/staff/{account}/sessions", ADMIN, "end_sessions", no_session).denying(NO_ADMIN),
    get("/admin/organisation", ADMIN, "read_settings").denying(NO_ADMIN),
    get("/admin/audit", PRIVACY, "read_audit").denying(NO_PRIVACY),
    post("/admin/audit", PRIVACY, "read_audit", nothing).denying(NO_PRIVACY),
    get("/admin/audit/emergencies", PRIVACY, "read_audit").denying(NO_PRIVACY),
    get("/admin/audit/chains", PRIVACY, "read_audit").denying(NO_PRIVACY),
    get("/study", &[Who::Analyst], "read_study").denying(NOT_ANALYSTS),
    get("/study/funnel", &[Who::Analyst], "read_study").denying(NOT_ANALYSTS),
    get("/study/answers", &[Who::Analyst], "read_study").denying(NOT_ANALYSTS),
    get("/study/work", &[Who::Analyst], "read_study").denying(NOT_ANALYSTS),
    get("/study/runs", &[Who::Analyst], "read_study").denying(NOT_ANALYSTS),
    get("/study/runs/new", &[Who::Analyst], "read_study").denying(NOT_ANALYSTS),
    post("/study/runs", &[Who::Analyst], "start_study", protocol).denying(NOT_ANALYSTS),
    get("/study/runs/{run}", &[Who::Analyst], "read_study"),
    get("/study/runs/{run}/report", &[Who::Analyst], "read_study"),
    get("/study/runs/{run}/files/{name}", &[Who::Analyst], "read_study"),
    get("/study/runs/{run}/compare/{other}", &[Who::Analyst], "read_study"),
    post("/study/runs/{run}/again", &[Who::Analyst], "start_study", nothing),
    post("/study/runs/{run}/destroy-key", &[Who::Analyst], "destroy_study_key", nothing),
];

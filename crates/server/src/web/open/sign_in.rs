//! Sign-in and sign-out, at the patient's and at the team's door.

use crate::web::answer::{self, Answer, Fault};
use crate::web::cookie;
use crate::web::form::Form;
use crate::web::frame::Frame;
use crate::web::open_visit::OpenVisit;
use crate::web::visit::{PatientVisit, TeamVisit, Visit};
use askama::Template;
use axum::http::{StatusCode, header};
use domain::actor::Door;
use serde::Deserialize;
use service::error::ServiceError;

#[derive(Template)]
#[template(path = "open/sign_in.html")]
pub struct SignInPage {
    pub f: Frame,
    pub is_patient: bool,
    pub heading: &'static str,
    pub lead: &'static str,
    pub action: &'static str,
    /// Where to go on after signing in; an address of ours.
    pub next: String,
    pub name: String,
    pub fault: Option<&'static str>,
    pub wait_minutes: i64,
}

#[derive(Deserialize)]
pub struct SignInForm {
    name: String,
    password: String,
    #[serde(default)]
    next: String,
}

fn page(f: Frame, door: Door, next: String) -> SignInPage {
    let is_patient = door == Door::Patient;
    SignInPage {
        f,
        is_patient,
        heading: if is_patient { "sign-in-title" } else { "team-sign-in-title" },
        lead: if is_patient { "sign-in-lead" } else { "team-sign-in-lead" },
        action: if is_patient { "/sign-in" } else { "/team/sign-in" },
        next,
        name: String::new(),
        fault: None,
        wait_minutes: 0,
    }
}

/// `GET /sign-in`
pub async fn patient(visit: OpenVisit) -> Answer {
    ask(&visit, Door::Patient)
}

/// `GET /team/sign-in`
pub async fn team(visit: OpenVisit) -> Answer {
    ask(&visit, Door::Team)
}

fn ask(visit: &OpenVisit, door: Door) -> Answer {
    let next = visit.asked("next").unwrap_or("").to_owned();
    visit.show(&page(visit.frame(), door, next))
}

/// `POST /sign-in`
pub async fn patient_enters(visit: OpenVisit, Form(form): Form<SignInForm>) -> Answer {
    enter(&visit, Door::Patient, form).await
}

/// `POST /team/sign-in`
pub async fn team_enters(visit: OpenVisit, Form(form): Form<SignInForm>) -> Answer {
    enter(&visit, Door::Team, form).await
}

async fn enter(visit: &OpenVisit, door: Door, form: SignInForm) -> Answer {
    let address = visit.address.to_string();
    let (fault, status, secs) =
        match visit.site.service.sign_in(door, &form.name, &form.password, &address).await {
            Ok(signed_in) => return visit.enter(&signed_in, &form.next),
            Err(ServiceError::TooMany { retry_after_secs }) => {
                ("sign-in-too-many", StatusCode::TOO_MANY_REQUESTS, retry_after_secs)
            }
            Err(ServiceError::Denied) => ("sign-in-wrong", StatusCode::UNPROCESSABLE_ENTITY, 0),
            Err(other) => return Err(other.into()),
        };
    let mut page = page(visit.frame(), door, form.next);
    page.name = form.name;
    page.fault = Some(fault);
    page.wait_minutes = (secs + 59) / 60;
    let mut response = visit.show_as(status, &page)?;
    if secs > 0 {
        response.headers_mut().insert(header::RETRY_AFTER, secs.into());
    }
    Ok(response)
}

/// `GET /`: on to the person's own pages, or to sign-in.
pub async fn first(visit: OpenVisit) -> Answer {
    if let [Some(token), _] = &visit.tokens
        && let Some(session) = visit.site.service.session(Door::Patient, token).await?
    {
        return answer::see(&session.own_chart.map_or("/people".to_owned(), |own| format!("/p/{own}/")));
    }
    let is_team = matches!(&visit.tokens, [None, Some(_)]);
    answer::see(if is_team { "/team" } else { "/sign-in" })
}

#[derive(Deserialize)]
pub struct Nothing {}

/// `POST /p/{person}/sign-out`
pub async fn patient_leaves(visit: PatientVisit, _form: Form<Nothing>) -> Answer {
    leave(&visit, Door::Patient).await
}

/// `POST /team/sign-out`
pub async fn team_leaves(visit: TeamVisit, _form: Form<Nothing>) -> Answer {
    leave(&visit, Door::Team).await
}

async fn leave(visit: &Visit, door: Door) -> Result<axum::response::Response, Fault> {
    visit.service().sign_out(&visit.ctx, visit.session.id).await?;
    let page = if door == Door::Team { "/team/sign-in" } else { "/sign-in" };
    let language = visit.session.language.tag();
    let mut response = answer::see(&format!("{page}?done=signed-out&lang={language}"))?;
    if let Some(gone) = cookie::set(&visit.site, cookie::name_of(door), "") {
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    Ok(response)
}

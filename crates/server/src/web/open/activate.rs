//! Setting up an account: a patient with a code and the birth date, staff with a link.

use crate::web::answer::{Answer, Fault};
use crate::web::form::Form;
use crate::web::frame::Frame;
use crate::web::open_visit::OpenVisit;
use crate::web::problems::Problems;
use askama::Template;
use axum::http::StatusCode;
use serde::Deserialize;
use service::accounts::LinkFor;
use service::error::ServiceError;
use service::sign_ins::SignedIn;

/// Whom the page asks, and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Code, birth date, sign-in name, password.
    Patient,
    /// Name, sign-in name, password.
    Administrator,
    /// Password only.
    Staff { name: String, sign_in_name: String },
}

impl Asks {
    pub fn is_patient(&self) -> bool {
        *self == Asks::Patient
    }

    pub fn is_administrator(&self) -> bool {
        *self == Asks::Administrator
    }
}

#[derive(Template)]
#[template(path = "open/activate.html")]
pub struct ActivatePage {
    pub f: Frame,
    pub asks: Asks,
    pub typed: ActivateForm,
    pub fault: Option<&'static str>,
    pub problems: Problems,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct ActivateForm {
    #[serde(default)]
    pub code: String,
    #[serde(default)]
    pub birth_date: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub sign_in_name: String,
    #[serde(default)]
    pub password: String,
}

impl ActivatePage {
    fn action(&self) -> &'static str {
        if self.asks.is_patient() { "/activate" } else { "/admin/activate" }
    }

    fn lead(&self) -> &'static str {
        match self.asks {
            Asks::Patient => "activate-lead",
            Asks::Administrator => "activate-admin-lead",
            Asks::Staff { .. } => "activate-staff-lead",
        }
    }
}

/// `GET /activate`
pub async fn patient(visit: OpenVisit) -> Answer {
    ask(&visit, Asks::Patient, ActivateForm::default())
}

fn ask(visit: &OpenVisit, asks: Asks, typed: ActivateForm) -> Answer {
    visit.show(&ActivatePage { f: visit.frame(), asks, typed, fault: None, problems: Problems::default() })
}

/// `POST /activate`
pub async fn patient_activates(visit: OpenVisit, Form(form): Form<ActivateForm>) -> Answer {
    let service = &visit.site.service;
    let done = service
        .activate(&form.code, &form.birth_date, &form.sign_in_name, &form.password, visit.language)
        .await;
    finish(&visit, Asks::Patient, form, done)
}

/// `GET /admin/activate?link=...`: the link of the first administrator or of a member of staff.
pub async fn staff(visit: OpenVisit) -> Answer {
    let token = visit.asked("link").unwrap_or("").to_owned();
    let asks = asks_of(&visit, &token).await?;
    ask(&visit, asks, ActivateForm { code: token, ..ActivateForm::default() })
}

async fn asks_of(visit: &OpenVisit, token: &str) -> Result<Asks, Fault> {
    match visit.site.service.link_for(token).await? {
        Some(LinkFor::FirstAdministrator) => Ok(Asks::Administrator),
        Some(LinkFor::Staff { name, sign_in_name }) => Ok(Asks::Staff { name, sign_in_name }),
        None => Err(Fault::NOT_FOUND),
    }
}

/// `POST /admin/activate`
pub async fn staff_activates(visit: OpenVisit, Form(form): Form<ActivateForm>) -> Answer {
    let asks = asks_of(&visit, &form.code).await?;
    let service = &visit.site.service;
    let done = match &asks {
        Asks::Staff { .. } => service.activate_staff(&form.code, &form.password, visit.language).await,
        _ => {
            service
                .activate_administrator(
                    &form.code,
                    &form.name,
                    &form.sign_in_name,
                    &form.password,
                    visit.language,
                )
                .await
        }
    };
    finish(&visit, asks, form, done)
}

fn finish(
    visit: &OpenVisit,
    asks: Asks,
    mut typed: ActivateForm,
    done: Result<SignedIn, ServiceError>,
) -> Answer {
    let (fault, problems) = match done {
        Ok(signed_in) => return visit.enter(&signed_in, ""),
        Err(ServiceError::Invalid(problems)) => (None, Problems::of(&problems)),
        Err(ServiceError::Denied) => (Some("activate-wrong"), Problems::default()),
        Err(ServiceError::TooMany { .. }) => (Some("activate-too-many"), Problems::default()),
        Err(other) => return Err(other.into()),
    };
    typed.password.clear();
    let page = ActivatePage { f: visit.frame(), asks, typed, fault, problems };
    visit.show_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

//! The reader's own account: where it is signed in, and a new password.

use crate::web::account::{self, Own, PasswordForm, SessionsForm};
use crate::web::answer::{self, Answer};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::problems::Problems;
use crate::web::visit::PatientVisit;
use askama::Template;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "patient/account.html")]
pub struct AccountPage {
    pub f: Frame,
    pub own: Own,
}

/// `GET /p/{person}/account`
pub async fn show(visit: PatientVisit) -> Answer {
    page(&visit, StatusCode::OK, Problems::default()).await
}

async fn page(visit: &PatientVisit, status: StatusCode, problems: Problems) -> Answer {
    let person = visit.service().person(&visit.ctx, visit.person).await?;
    let own = Own::read(visit, format!("/p/{}/account", visit.person), problems).await?;
    answer::show_as(status, &AccountPage { f: visit.about(&person, Place::More), own })
}

/// `POST /p/{person}/account/sessions`
pub async fn end_sessions(visit: PatientVisit, Form(form): Form<SessionsForm>) -> Answer {
    account::end_sessions(&visit, &form).await?;
    visit.see("/account?done=signed-out-there")
}

/// `POST /p/{person}/account/password`
pub async fn change_password(visit: PatientVisit, Form(form): Form<PasswordForm>) -> Answer {
    let problems = account::change_password(&visit, &form).await?;
    if problems.is_empty() {
        return visit.see("/account?done=password");
    }
    page(&visit, StatusCode::UNPROCESSABLE_ENTITY, problems).await
}

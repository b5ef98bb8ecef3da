//! The reader's own account: where it is signed in, and a new password.

use crate::web::account::{self, Own, PasswordForm, SessionsForm};
use crate::web::answer::{self, Answer};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::problems::Problems;
use crate::web::visit::TeamVisit;
use askama::Template;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "team/account.html")]
pub struct AccountPage {
    pub f: Frame,
    pub own: Own,
}

/// Where the page is.
const PATH: &str = "/team/me/account";

/// `GET /team/me/account`
pub async fn show(visit: TeamVisit) -> Answer {
    page(&visit, StatusCode::OK, Problems::default()).await
}

async fn page(visit: &TeamVisit, status: StatusCode, problems: Problems) -> Answer {
    let own = Own::read(visit, PATH.to_owned(), problems).await?;
    answer::show_as(status, &AccountPage { f: visit.frame(Place::Elsewhere), own })
}

/// `POST /team/me/account/sessions`
pub async fn end_sessions(visit: TeamVisit, Form(form): Form<SessionsForm>) -> Answer {
    account::end_sessions(&visit, &form).await?;
    answer::see(&format!("{PATH}?done=signed-out-there"))
}

/// `POST /team/me/account/password`
pub async fn change_password(visit: TeamVisit, Form(form): Form<PasswordForm>) -> Answer {
    let problems = account::change_password(&visit, &form).await?;
    if problems.is_empty() {
        return answer::see(&format!("{PATH}?done=password"));
    }
    page(&visit, StatusCode::UNPROCESSABLE_ENTITY, problems).await
}

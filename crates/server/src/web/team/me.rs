//! The member of staff: name, roles, the language of the pages, and the way out.

use crate::web::answer::{self, Answer};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::patient::more::LanguageForm;
use crate::web::visit::TeamVisit;
use askama::Template;
use domain::actor::Role;

#[derive(Template)]
#[template(path = "team/me.html")]
pub struct MePage {
    pub f: Frame,
    pub roles: Vec<Role>,
}

/// `GET /team/me`
pub async fn show(visit: TeamVisit) -> Answer {
    let roles = visit.session.actor.staff.iter().map(|held| held.role).collect();
    answer::show(&MePage { f: visit.frame(Place::Elsewhere), roles })
}

/// `POST /team/me/language`
pub async fn choose_language(visit: TeamVisit, Form(form): Form<LanguageForm>) -> Answer {
    visit.service().set_language(&visit.ctx, form.language).await?;
    answer::see("/team/me?done=language")
}

//! Language, account and sign-out.

use crate::web::answer::{self, Answer};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::visit::PatientVisit;
use askama::Template;
use domain::language::Language;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "patient/more.html")]
pub struct MorePage {
    pub f: Frame,
    /// There are other people whose pages the reader may see.
    pub has_others: bool,
}

#[derive(Deserialize)]
pub struct LanguageForm {
    pub language: Language,
}

/// `GET /p/{person}/more`
pub async fn show(visit: PatientVisit) -> Answer {
    let person = visit.service().person(&visit.ctx, visit.person).await?;
    let has_others = visit.service().people_ids(&visit.ctx).await?.len() > 1;
    answer::show(&MorePage { f: visit.about(&person, Place::More), has_others })
}

/// `POST /p/{person}/more/language`
pub async fn choose_language(visit: PatientVisit, Form(form): Form<LanguageForm>) -> Answer {
    visit.service().set_language(&visit.ctx, form.language).await?;
    visit.see("/more?done=language")
}

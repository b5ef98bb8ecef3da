//! Search in the patient's own messages. The words travel in the body, never in an address.

use crate::web::answer::{self, Answer};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::visit::PatientVisit;
use askama::Template;
use serde::Deserialize;
use service::view::inbox::SearchPage;

#[derive(Template)]
#[template(path = "patient/search.html")]
pub struct OwnSearchPage {
    pub f: Frame,
    pub words: String,
    pub found: SearchPage,
}

#[derive(Deserialize)]
pub struct SearchForm {
    pub words: String,
    pub after: Option<String>,
}

/// `POST /p/{person}/messages/search`
pub async fn find(visit: PatientVisit, Form(form): Form<SearchForm>) -> Answer {
    if form.words.trim().is_empty() {
        return visit.see("/messages");
    }
    let after = form.after.and_then(|after| after.parse().ok());
    let (person, found) =
        visit.service().search_own(&visit.ctx, visit.person, form.words.clone(), after).await?;
    answer::show(&OwnSearchPage { f: visit.about(&person, Place::Messages), words: form.words, found })
}

/// `GET /p/{person}/messages/search`: a reload has no words any more.
pub async fn again(visit: PatientVisit) -> Answer {
    visit.see("/messages")
}

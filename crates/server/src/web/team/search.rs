//! Search in the messages of the reader's pools. The words travel in the body, never in an address.

use crate::web::answer::{self, Answer};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::patient::search::SearchForm;
use crate::web::visit::TeamVisit;
use askama::Template;
use service::view::inbox::SearchPage;

#[derive(Template)]
#[template(path = "team/search.html")]
pub struct TeamSearchPage {
    pub f: Frame,
    pub words: String,
    pub found: Option<SearchPage>,
}

/// `GET /team/search`
pub async fn ask(visit: TeamVisit) -> Answer {
    answer::show(&TeamSearchPage { f: visit.frame(Place::Search), words: String::new(), found: None })
}

/// `POST /team/search`
pub async fn find(visit: TeamVisit, Form(form): Form<SearchForm>) -> Answer {
    if form.words.trim().is_empty() {
        return answer::see("/team/search");
    }
    let after = form.after.and_then(|after| after.parse().ok());
    let found = visit.service().search_team(&visit.ctx, form.words.clone(), None, after).await?;
    let f = visit.frame(Place::Search);
    answer::show(&TeamSearchPage { f, words: form.words, found: Some(found) })
}

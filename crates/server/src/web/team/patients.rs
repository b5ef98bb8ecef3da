//! Patient search: by name, birth date, record number or telephone, posted so that no name stands in
//! an address.

use crate::web::answer::{self, Answer};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::patient::search::SearchForm;
use crate::web::visit::TeamVisit;
use askama::Template;
use service::view::person::Found;

#[derive(Template)]
#[template(path = "team/patients.html")]
pub struct PatientsPage {
    pub f: Frame,
    pub words: String,
    pub found: Option<Vec<Found>>,
    /// There are more than are shown.
    pub more: bool,
    /// May open the chart of somebody else's patient in an emergency.
    pub is_clinical: bool,
}

/// `GET /team/patients`
pub async fn ask(visit: TeamVisit) -> Answer {
    let f = visit.frame(Place::Patients);
    let is_clinical = visit.session.actor.is_clinical();
    answer::show(&PatientsPage { f, words: String::new(), found: None, more: false, is_clinical })
}

/// `POST /team/patients`
pub async fn find(visit: TeamVisit, Form(form): Form<SearchForm>) -> Answer {
    if form.words.trim().is_empty() {
        return answer::see("/team/patients");
    }
    let (found, more) = visit.service().find_patients(&visit.ctx, &form.words).await?;
    let f = visit.frame(Place::Patients);
    let is_clinical = visit.session.actor.is_clinical();
    answer::show(&PatientsPage { f, words: form.words, found: Some(found), more, is_clinical })
}

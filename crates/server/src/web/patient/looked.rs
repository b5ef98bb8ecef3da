//! "Who has looked": every access to the record and the messages, in plain words.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::PatientVisit;
use askama::Template;
use service::page::Page;
use service::view::looked::Looked;

#[derive(Template)]
#[template(path = "patient/looked.html")]
pub struct LookedPage {
    pub f: Frame,
    pub looked: Page<Looked>,
}

impl LookedPage {
    /// The lines in their order; what the reader did without a break between stands together, so that it does not
    /// hide what others did.
    fn runs(&self) -> Vec<&[Looked]> {
        self.looked.items.chunk_by(|line, next| line.is_me && next.is_me).collect()
    }
}

/// `GET /p/{person}/looked`
pub async fn show(visit: PatientVisit) -> Answer {
    let (person, looked) = visit.service().looked(&visit.ctx, visit.person, visit.after()).await?;
    answer::show(&LookedPage { f: visit.about(&person, Place::More), looked })
}

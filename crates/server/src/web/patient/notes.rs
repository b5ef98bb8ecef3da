//! Notes, letters and reports: the list, and one of them with its text.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::PatientVisit;
use askama::Template;
use service::page::Page;
use service::view::chart::SectionSource;
use service::view::record::{Block, NoteLine, NoteText, NoteView};

#[derive(Template)]
#[template(path = "patient/notes.html")]
pub struct NotesPage {
    pub f: Frame,
    pub notes: Page<NoteLine>,
    pub source: SectionSource,
}

#[derive(Template)]
#[template(path = "patient/note.html")]
pub struct NotePage {
    pub f: Frame,
    pub v: NoteView,
}

/// `GET /p/{person}/notes`
pub async fn list(visit: PatientVisit) -> Answer {
    let found = visit.service().chart_notes(&visit.ctx, visit.person, visit.after()).await?;
    let (person, (notes, source)) = found;
    answer::show(&NotesPage { f: visit.about(&person, Place::Record), notes, source })
}

/// `GET /p/{person}/notes/{id}`
pub async fn show(visit: PatientVisit) -> Answer {
    let v = visit.service().chart_note(&visit.ctx, visit.person, visit.id("id")?).await?;
    if v.text == NoteText::Panel {
        return answer::see(&format!("/p/{}/results/{}", visit.person, v.line.resource));
    }
    answer::show(&NotePage { f: visit.about(&v.person, Place::Record), v })
}

//! Drafts: saved by the page's script a few seconds after the last keystroke, deleted by a button. What is
//! saved is read for warning words, so that their writer is told what to do while still writing.

use super::warning::WarningPart;
use crate::web::answer::{self, Answer};
use crate::web::form::Form;
use crate::web::frame::Place;
use crate::web::new_thread::{Chosen, NewThreadForm};
use crate::web::visit::PatientVisit;
use crate::words::Voice;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::draft::FieldProblem;
use domain::id::ThreadId;
use serde::Deserialize;
use service::drafts::DraftSlot;
use service::error::ServiceError;

/// The fields of either text form; the thread is named by a reply.
#[derive(Deserialize)]
pub struct DraftForm {
    #[serde(default)]
    thread: Chosen<ThreadId>,
    #[serde(flatten)]
    text: NewThreadForm,
}

impl DraftForm {
    fn slot(&self) -> DraftSlot {
        self.thread.0.map_or_else(|| self.text.slot(), DraftSlot::Thread)
    }
}

/// `POST /p/{person}/drafts`: answers with the words to show, "Draft saved 10:41 AM", and with what to do
/// where there are warning words.
pub async fn save(visit: PatientVisit, Form(form): Form<DraftForm>) -> Answer {
    let text = form.text.typed();
    let saved = visit.service().save_draft(&visit.ctx, visit.person, form.slot(), text).await;
    let voice = visit.voice();
    let warning = match saved {
        Err(ServiceError::Invalid(problems)) => return Ok(not_saved(&voice, &problems)),
        other => other?,
    };
    if let Some(w) = warning {
        let f = visit.about(&w.person, Place::Messages);
        let saved = f.at(&visit.ctx.now);
        return answer::show(&WarningPart { f, w, saved });
    }
    Ok(voice.t("draft-saved").words("at", &voice.at(&visit.ctx.now)).to_string().into_response())
}

/// What is longer than a message may be is not kept; it stays in the text box, and its writer is told.
pub fn not_saved(voice: &Voice, problems: &[FieldProblem]) -> Response {
    let words: Vec<String> = problems.iter().map(|problem| voice.t(problem.key()).to_string()).collect();
    let words = format!("{} {}", voice.t("draft-not-saved"), words.join(" "));
    (StatusCode::UNPROCESSABLE_ENTITY, words).into_response()
}

/// `POST /p/{person}/drafts/discard`
pub async fn discard(visit: PatientVisit, Form(form): Form<DraftForm>) -> Answer {
    visit.service().discard_draft(&visit.ctx, visit.person, form.slot()).await?;
    let rest = match form.slot() {
        DraftSlot::Thread(thread) => format!("/messages/{thread}?done=discarded"),
        _ => "/messages?done=discarded".to_owned(),
    };
    answer::see(&format!("/p/{}{rest}", visit.person))
}

//! Drafts of the team's replies, internal notes and new messages, saved by the page's script.

use crate::web::answer::Answer;
use crate::web::form::Form;
use crate::web::new_thread::{Chosen, NewThreadForm};
use crate::web::patient::drafts::not_saved;
use crate::web::visit::TeamVisit;
use axum::response::IntoResponse;
use domain::id::{PatientId, ThreadId};
use serde::Deserialize;
use service::drafts::DraftSlot;
use service::error::ServiceError;

#[derive(Deserialize)]
pub struct TeamDraftForm {
    patient: PatientId,
    #[serde(default)]
    thread: Chosen<ThreadId>,
    /// `note` for the box of the internal note.
    #[serde(default, rename = "box")]
    text_box: String,
    #[serde(flatten)]
    text: NewThreadForm,
}

/// `POST /team/drafts`: answers with the words to show.
pub async fn save(visit: TeamVisit, Form(form): Form<TeamDraftForm>) -> Answer {
    let slot = match form.thread.0 {
        Some(thread) if form.text_box == "note" => DraftSlot::Note(thread),
        Some(thread) => DraftSlot::Thread(thread),
        None => DraftSlot::New,
    };
    let saved = visit.service().save_draft(&visit.ctx, form.patient, slot, form.text.typed()).await;
    let voice = visit.voice();
    if let Err(ServiceError::Invalid(problems)) = saved {
        return Ok(not_saved(&voice, &problems));
    }
    saved?;
    Ok(voice.t("draft-saved").words("at", &voice.at(&visit.ctx.now)).to_string().into_response())
}

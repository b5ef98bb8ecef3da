//! Warning words: what to do now, above the text box while somebody writes, and as a page between where
//! the words were not seen before sending. It never blocks: whoever wants to send, sends.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::new_thread::Choice;
use crate::web::problems::Problems;
use crate::web::visit::PatientVisit;
use crate::words::{Sentence, TimeTag};
use askama::Template;
use axum::http::StatusCode;
use domain::draft::DraftText;
use domain::language::Label;
use domain::red_flags::Advice;
use service::drafts::DraftSlot;
use service::error::ServiceError;
use service::view::warning::Warning;

/// Poison control, everywhere in the United States.
const POISON_CONTROL: &str = "1-800-222-1222";

/// The page between; also what follows the choice to call.
#[derive(Template)]
#[template(path = "patient/warning.html")]
pub struct WarningPage {
    pub f: Frame,
    pub w: Warning,
    /// What was typed and chosen, to be sent all the same; `None` once the writer has chosen to call.
    pub form: Option<Held>,
    /// Where the text can be gone on with.
    pub back: String,
}

/// A form that was held up.
pub struct Held {
    pub action: String,
    pub fields: Vec<(&'static str, String)>,
}

/// The answer to a draft's saving.
#[derive(Template)]
#[template(path = "patient/draft_saved.html")]
pub struct WarningPart {
    pub f: Frame,
    pub w: Warning,
    pub saved: TimeTag,
}

/// What becomes of a text that somebody sends.
pub enum Way {
    /// Nothing to warn of.
    Send,
    /// Sent all the same.
    SendAdvised,
    /// A page is shown in place of sending.
    Hold(Box<WarningPage>),
}

/// A text on its way: where it stands, and where its form goes.
pub struct Sending<'a> {
    pub slot: DraftSlot,
    pub text: DraftText,
    pub choice: &'a Choice,
    /// Below `/p/{person}`.
    pub action: String,
    pub back: String,
    pub fields: Vec<(&'static str, String)>,
}

/// Reads a text for warning words, and what its writer has chosen. The text is a draft by then.
pub async fn way(visit: &PatientVisit, sending: Sending<'_>) -> Result<Way, ServiceError> {
    let service = visit.service();
    let Sending { slot, text, choice, action, back, mut fields } = sending;
    let signs = service.signs_in(slot, &text);
    if signs.is_empty() {
        return Ok(Way::Send);
    }
    if choice.knows(&signs) && !choice.is_call() {
        return Ok(Way::SendAdvised);
    }
    let is_call = choice.is_call();
    let told = match is_call {
        true => service.choose_to_call(&visit.ctx, visit.person, slot, text).await?,
        false => service.warn(&visit.ctx, visit.person, slot, text).await?,
    };
    let Some(w) = told else { return Ok(Way::Send) };
    let f = visit.about(&w.person, Place::Messages);
    let base = f.base();
    fields.push(("advised", w.signs.join(" ")));
    let form = (!is_call).then(|| Held { action: format!("{base}{action}"), fields });
    Ok(Way::Hold(Box::new(WarningPage { f, w, form, back: format!("{base}{back}") })))
}

/// Keeps the text of somebody who has sent so much that the next message waits.
pub async fn keep_for_later(
    visit: &PatientVisit,
    slot: DraftSlot,
    text: DraftText,
) -> Result<(), ServiceError> {
    visit.service().save_draft(&visit.ctx, visit.person, slot, text).await.map(drop)
}

/// How the page says so; part/wait.html holds the words.
pub fn wait() -> (StatusCode, Problems) {
    (StatusCode::TOO_MANY_REQUESTS, Problems::one("sending", "wait-to-send"))
}

/// The page between.
pub fn show(page: &WarningPage) -> Answer {
    answer::show(page)
}

impl Frame {
    /// "Call 911 now".
    pub fn advice_title(&self, advice: &[Advice]) -> Sentence<'_> {
        self.word("warn-title", advice.first().map_or("clinic", |advice| advice.word()))
    }

    /// What to do, in a sentence or two.
    pub fn advice(&self, advice: &Advice) -> Sentence<'_> {
        self.word("warn-do", advice.word()).text("clinic", &self.clinic.name)
    }

    /// The words of the link that calls.
    pub fn advice_call(&self, advice: &Advice) -> Sentence<'_> {
        let phone = if *advice == Advice::CallClinic { &self.clinic.phone } else { POISON_CONTROL };
        self.word("warn-call", advice.word()).text("phone", phone)
    }

    /// The number behind that link.
    pub fn advice_phone(&self, advice: &Advice) -> String {
        match advice {
            Advice::Call911 => "911".to_owned(),
            Advice::Call988 => "988".to_owned(),
            Advice::CallPoisonControl => self.tel(POISON_CONTROL),
            Advice::CallClinic => self.tel(&self.clinic.phone),
        }
    }

    /// Whether the number takes text messages too.
    pub fn takes_texts(&self, advice: &Advice) -> bool {
        *advice == Advice::Call988
    }

    /// "chest pain, trouble breathing"
    pub fn signs(&self, labels: &[Label]) -> String {
        labels.iter().map(|label| self.label(label)).collect::<Vec<_>>().join(", ")
    }
}

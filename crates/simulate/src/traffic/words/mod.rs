//! What people write to each other, by language: each question with an answer that fits it.

mod english;
mod english_care;
mod outreach;
mod spanish;
mod spanish_care;

use super::phrase::Exchange;
use domain::language::Language;

/// Questions that patients begin with.
pub fn exchanges(language: Language) -> impl Iterator<Item = &'static Exchange> {
    let (office, care) = match language {
        Language::En => (&english::OFFICE[..], &english_care::CARE[..]),
        Language::Es => (&spanish::OFFICE[..], &spanish_care::CARE[..]),
    };
    office.iter().chain(care)
}

/// What the team begins with; `ask` is the team's, `answer` the patient's.
pub fn outreach(language: Language) -> impl Iterator<Item = &'static Exchange> {
    match language {
        Language::En => outreach::ENGLISH.iter(),
        Language::Es => outreach::SPANISH.iter(),
    }
}

//! Health problems: FHIR Condition.

use super::chart_date::{self, ChartDate};
use super::coded::{CodeKey, code_at, display_at, key, text, words_at};
use jiff::tz::TimeZone;
use serde_json::Value;

/// A problem, such as asthma.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub name: String,
    pub key: Option<CodeKey>,
    /// `active`, `recurrence`, `relapse`, `inactive`, `remission`, `resolved`; nothing where not told.
    pub status: Option<String>,
    pub is_active: bool,
    /// `confirmed`, `provisional`, `refuted`, ...
    pub verification: Option<String>,
    pub onset: Option<ChartDate>,
    /// An onset in words or as an age: "40 years".
    pub onset_text: Option<String>,
    pub abatement: Option<ChartDate>,
    pub recorded: Option<ChartDate>,
    /// Who asserted or recorded it.
    pub source: Option<String>,
}

/// Projects a Condition; nothing where it was entered in error or says no name.
pub fn project(condition: &Value, zone: &TimeZone) -> Option<Condition> {
    let verification = code_at(condition, "verificationStatus");
    if verification == Some("entered-in-error") {
        return None;
    }
    let status = code_at(condition, "clinicalStatus");
    let abatement = chart_date::start_of(condition, "abatement", zone);
    let has_ended = abatement.is_some() || verification == Some("refuted");
    Some(Condition {
        name: words_at(condition, "code")?,
        key: condition.get("code").and_then(key),
        status: status.map(str::to_owned),
        is_active: match status {
            Some(code) => matches!(code, "active" | "recurrence" | "relapse"),
            None => !has_ended,
        },
        verification: verification.map(str::to_owned),
        onset: chart_date::start_of(condition, "onset", zone),
        onset_text: onset_text(condition),
        abatement,
        recorded: chart_date::at(condition, "recordedDate", zone),
        source: display_at(condition, "asserter").or_else(|| display_at(condition, "recorder")),
    })
}

fn onset_text(condition: &Value) -> Option<String> {
    let age = || super::value::quantity_text(condition.get("onsetAge")?);
    text(condition, "onsetString").map(str::to_owned).or_else(age)
}

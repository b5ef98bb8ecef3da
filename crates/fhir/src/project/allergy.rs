//! Allergies and intolerances: FHIR AllergyIntolerance.

use super::chart_date::{self, ChartDate};
use super::coded::{CodeKey, Named, code_at, display_at, items, key, named, text, words_at};
use jiff::tz::TimeZone;
use serde_json::Value;

/// An allergy or intolerance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allergy {
    pub name: String,
    pub key: Option<CodeKey>,
    /// `active`, `inactive`, `resolved`; nothing where not told.
    pub status: Option<String>,
    pub is_active: bool,
    /// `unconfirmed`, `confirmed`, `refuted`.
    pub verification: Option<String>,
    /// `food`, `medication`, `environment`, `biologic`.
    pub categories: Vec<String>,
    /// `low`, `high`, `unable-to-assess`.
    pub criticality: Option<String>,
    /// What happens, as "Hives".
    pub reactions: Vec<Named>,
    /// The worst severity among the reactions: `mild`, `moderate`, `severe`.
    pub severity: Option<String>,
    pub onset: Option<ChartDate>,
    pub recorded: Option<ChartDate>,
    pub source: Option<String>,
}

/// Projects an AllergyIntolerance; nothing where it was entered in error or says no name.
pub fn project(allergy: &Value, zone: &TimeZone) -> Option<Allergy> {
    let verification = code_at(allergy, "verificationStatus");
    if verification == Some("entered-in-error") {
        return None;
    }
    let status = code_at(allergy, "clinicalStatus");
    let manifestations = items(allergy, "reaction").flat_map(|reaction| items(reaction, "manifestation"));
    let mut reactions: Vec<_> = manifestations.filter_map(named).collect();
    reactions.dedup();
    Some(Allergy {
        name: words_at(allergy, "code").or_else(|| first_substance(allergy))?,
        key: allergy.get("code").and_then(key),
        status: status.map(str::to_owned),
        // An allergy of unknown status is warned of.
        is_active: !matches!(status, Some("inactive" | "resolved")) && verification != Some("refuted"),
        verification: verification.map(str::to_owned),
        categories: items(allergy, "category").filter_map(Value::as_str).map(str::to_owned).collect(),
        criticality: text(allergy, "criticality").map(str::to_owned),
        reactions,
        severity: severity(allergy),
        onset: chart_date::start_of(allergy, "onset", zone),
        recorded: chart_date::at(allergy, "recordedDate", zone),
        source: display_at(allergy, "asserter").or_else(|| display_at(allergy, "recorder")),
    })
}

fn first_substance(allergy: &Value) -> Option<String> {
    items(allergy, "reaction").find_map(|reaction| words_at(reaction, "substance"))
}

fn severity(allergy: &Value) -> Option<String> {
    let rank = |word: &str| ["mild", "moderate", "severe"].iter().position(|known| *known == word);
    let all = items(allergy, "reaction").filter_map(|reaction| text(reaction, "severity"));
    all.max_by_key(|word| rank(word)).map(str::to_owned)
}

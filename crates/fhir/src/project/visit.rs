//! Visits: FHIR Encounter.

use super::chart_date::{self, ChartDate};
use super::coded::{Named, display_at, items, named, text};
use jiff::tz::TimeZone;
use serde_json::Value;

/// A visit, a stay or a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// What kind of visit, as the record says it; nothing where it does not.
    pub name: Option<Named>,
    pub setting: Setting,
    /// `planned`, `arrived`, `in-progress`, `finished`, `cancelled`, ...
    pub status: String,
    pub start: Option<ChartDate>,
    pub end: Option<ChartDate>,
    /// Where it was.
    pub place: Option<String>,
    /// Who was seen.
    pub practitioners: Vec<String>,
    pub reasons: Vec<Named>,
}

/// Where care was given (HL7 v3 ActEncounterCode).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Office,
    Hospital,
    Emergency,
    Home,
    /// By telephone or video.
    Remote,
    Unknown,
}

impl Setting {
    pub fn word(self) -> &'static str {
        match self {
            Setting::Office => "office",
            Setting::Hospital => "hospital",
            Setting::Emergency => "emergency",
            Setting::Home => "home",
            Setting::Remote => "remote",
            Setting::Unknown => "unknown",
        }
    }
}

/// Projects an Encounter; nothing where it was entered in error.
pub fn project(encounter: &Value, zone: &TimeZone) -> Option<Visit> {
    let status = text(encounter, "status").unwrap_or("unknown");
    if status == "entered-in-error" {
        return None;
    }
    let period = encounter.get("period").unwrap_or(&Value::Null);
    let location = items(encounter, "location").find_map(|one| display_at(one, "location"));
    let reasons = items(encounter, "reasonCode").filter_map(named);
    let referred = items(encounter, "reasonReference").filter_map(Named::shown);
    let mut practitioners: Vec<String> =
        items(encounter, "participant").filter_map(|one| display_at(one, "individual")).collect();
    practitioners.dedup();
    Some(Visit {
        name: items(encounter, "type").find_map(named),
        setting: setting(encounter),
        status: status.to_owned(),
        start: chart_date::at(period, "start", zone),
        end: chart_date::at(period, "end", zone),
        place: display_at(encounter, "serviceProvider").or(location),
        practitioners,
        reasons: reasons.chain(referred).collect(),
    })
}

fn setting(encounter: &Value) -> Setting {
    match encounter.get("class").and_then(|class| text(class, "code")) {
        Some("AMB") => Setting::Office,
        Some("IMP" | "ACUTE" | "NONAC" | "OBSENC" | "SS") => Setting::Hospital,
        Some("EMER") => Setting::Emergency,
        Some("HH") => Setting::Home,
        Some("VR") => Setting::Remote,
        _ => Setting::Unknown,
    }
}

/// Whether a resource says that it belongs to the Encounter of this (foreign) id.
pub fn is_of(resource: &Value, encounter: &str) -> bool {
    let is_it = |reference: &Value| {
        let found = text(reference, "reference").and_then(|text| text.strip_prefix("Encounter/"));
        found.is_some_and(|id| id.split('/').next() == Some(encounter))
    };
    let context = resource.get("context").unwrap_or(&Value::Null);
    resource.get("encounter").is_some_and(is_it) || items(context, "encounter").any(is_it)
}

//! Which part of the chart a resource stands in.

use super::coded::{codings, items, text};
use serde_json::Value;

/// A part of the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    Conditions,
    Medicines,
    Allergies,
    Immunizations,
    Results,
    Vitals,
    Visits,
    Documents,
    Procedures,
    CarePlans,
    CareTeams,
    Coverage,
    Other,
}

impl Section {
    /// The section of a resource; of an Observation by its category.
    pub fn of(resource: &Value) -> Self {
        match text(resource, "resourceType").unwrap_or_default() {
            "Condition" => Section::Conditions,
            "MedicationRequest" | "MedicationStatement" => Section::Medicines,
            "AllergyIntolerance" => Section::Allergies,
            "Immunization" => Section::Immunizations,
            "Observation" => observation(resource),
            "Encounter" => Section::Visits,
            "DocumentReference" => Section::Documents,
            "Procedure" => Section::Procedures,
            "CarePlan" => Section::CarePlans,
            "CareTeam" => Section::CareTeams,
            "Coverage" => Section::Coverage,
            _ => Section::Other,
        }
    }

    /// The stable word for storage and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Section::Conditions => "conditions",
            Section::Medicines => "medicines",
            Section::Allergies => "allergies",
            Section::Immunizations => "immunizations",
            Section::Results => "results",
            Section::Vitals => "vitals",
            Section::Visits => "visits",
            Section::Documents => "documents",
            Section::Procedures => "procedures",
            Section::CarePlans => "careplans",
            Section::CareTeams => "careteams",
            Section::Coverage => "coverage",
            Section::Other => "other",
        }
    }
}

/// Vital signs apart; surveys and social history are no results; all other measurements are.
fn observation(resource: &Value) -> Section {
    let mut section = None;
    for code in items(resource, "category").flat_map(codings).filter_map(|coding| text(coding, "code")) {
        match code {
            "laboratory" | "imaging" | "procedure" | "exam" => return Section::Results,
            "vital-signs" => section = Some(Section::Vitals),
            "survey" | "social-history" | "therapy" | "activity" => {
                section = section.or(Some(Section::Other));
            }
            _ => {}
        }
    }
    section.unwrap_or(Section::Results)
}

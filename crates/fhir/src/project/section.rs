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
    /// Notes and letters: what has a text of its own.
    Documents,
    /// Panels: which results belong together.
    Reports,
    Procedures,
    CarePlans,
    Goals,
    CareTeams,
    Coverage,
    Bills,
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
            "DiagnosticReport" if resource.get("presentedForm").is_some() => Section::Documents,
            "DiagnosticReport" => Section::Reports,
            "Procedure" => Section::Procedures,
            "CarePlan" => Section::CarePlans,
            "Goal" => Section::Goals,
            "CareTeam" => Section::CareTeams,
            "Coverage" => Section::Coverage,
            "ExplanationOfBenefit" => Section::Bills,
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
            Section::Reports => "reports",
            Section::Procedures => "procedures",
            Section::CarePlans => "careplans",
            Section::Goals => "goals",
            Section::CareTeams => "careteams",
            Section::Coverage => "coverage",
            Section::Bills => "bills",
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

//! Who takes care of the patient: FHIR CareTeam.

use super::chart_date::{self, ChartDate};
use super::coded::{Named, items, named, text};
use jiff::tz::TimeZone;
use serde_json::Value;

/// A care team of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareTeam {
    /// "Primary care"; nothing where the record gives no name.
    pub name: Option<String>,
    pub is_active: bool,
    pub since: Option<ChartDate>,
    pub until: Option<ChartDate>,
    /// What it was formed for.
    pub reasons: Vec<Named>,
    /// Without the patient.
    pub members: Vec<Member>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub name: String,
    pub roles: Vec<Named>,
    /// The reference string.
    pub reference: Option<String>,
    /// A clinic or department and not a person.
    pub is_organisation: bool,
}

/// Projects a CareTeam; nothing where it was entered in error or is only proposed.
pub fn project(team: &Value, zone: &TimeZone) -> Option<CareTeam> {
    let status = text(team, "status").unwrap_or("active");
    if matches!(status, "entered-in-error" | "proposed") {
        return None;
    }
    let period = team.get("period").unwrap_or(&Value::Null);
    let until = chart_date::at(period, "end", zone);
    Some(CareTeam {
        name: text(team, "name").map(str::to_owned),
        is_active: matches!(status, "active" | "suspended"),
        since: chart_date::at(period, "start", zone),
        until,
        reasons: items(team, "reasonCode").filter_map(named).collect(),
        members: items(team, "participant").filter_map(member).collect(),
    })
}

impl CareTeam {
    /// Its name, else what it was formed for.
    pub fn called(self) -> Option<Named> {
        self.name.map(Named::only).or_else(|| self.reasons.into_iter().next())
    }
}

/// SNOMED CT words that tell no more than that somebody belongs to the team.
const EMPTY_ROLES: [&str; 2] = ["Healthcare professional", "Healthcare services"];

fn member(participant: &Value) -> Option<Member> {
    let member = participant.get("member")?;
    let reference = text(member, "reference").unwrap_or_default();
    if reference.starts_with("Patient/") {
        return None;
    }
    let roles = items(participant, "role").filter_map(named);
    Some(Member {
        name: text(member, "display")?.to_owned(),
        roles: roles.filter(|role| !EMPTY_ROLES.contains(&role.words.as_str())).collect(),
        reference: Some(reference.to_owned()).filter(|reference| !reference.is_empty()),
        is_organisation: reference.starts_with("Organization/"),
    })
}

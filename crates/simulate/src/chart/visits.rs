//! Encounter and CareTeam (US Core).

use super::Chart;
use super::codes::{Code, us_core};
use super::kinds::VACCINES;
use super::people::practitioner_reference;
use super::place::{ORGANISATION, reference};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

const VISIT: SignedDuration = SignedDuration::from_mins(25);

const CHECK_UP: Code = Code::snomed("162673000", "General examination of patient");
const FOLLOW_UP: Code = Code::snomed("390906007", "Follow-up encounter");
const PROBLEM: Code = Code::snomed("185347001", "Encounter for problem");

/// A visit to which notes, results and prescriptions of its day belong.
#[derive(Clone, Debug, PartialEq)]
pub struct Visited {
    pub id: String,
    /// As FHIR writes a day.
    pub day: String,
    pub ends: Timestamp,
    /// The key of the clinician.
    pub clinician: &'static str,
    pub reasons: Vec<Code>,
    /// What was agreed on, in the patient's language.
    pub agreed: Vec<&'static str>,
}

impl Visited {
    pub fn reference(&self) -> Value {
        json!({ "reference": format!("Encounter/{}", self.id) })
    }
}

impl Chart<'_> {
    /// A visit to the primary care provider, with what it was for (nothing: a check-up); the moment it began.
    pub(super) fn visit(&mut self, days_ago: i64, time: (i8, i8), reasons: &[Code]) -> Timestamp {
        self.visit_with(self.patient.provider, (days_ago, time), reasons)
    }

    /// A visit to this clinician.
    pub(super) fn visit_with(
        &mut self,
        clinician: &'static str,
        (days_ago, time): (i64, (i8, i8)),
        reasons: &[Code],
    ) -> Timestamp {
        let begins = self.days.about_days_ago(days_ago, time);
        let ends = begins.checked_add(VISIT).unwrap_or(begins);
        let id = self.id(&format!("visit/{}", self.days.text(begins)));
        let day = self.days.day_text(begins);
        let kind = match reasons {
            [] => CHECK_UP,
            [only] if *only == VACCINES => VACCINES,
            _ if reasons.iter().any(|code| self.knew(*code, &day)) => FOLLOW_UP,
            _ => PROBLEM,
        };
        let mut resource = json!({
            "resourceType": "Encounter",
            "id": id,
            "meta": us_core("encounter"),
            "status": "finished",
            "class": { "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB",
                "display": "ambulatory" },
            "type": [kind.concept()],
            "subject": self.subject(),
            "participant": [{ "individual": practitioner_reference(self.seed, clinician) }],
            "period": { "start": self.days.text(begins), "end": self.days.text(ends) },
            "serviceProvider": reference(self.seed, ORGANISATION),
        });
        if !reasons.is_empty() && reasons != [kind] {
            resource["reasonCode"] = reasons.iter().map(Code::concept).collect();
        }
        self.add(ends, resource);
        self.visits.push(Visited { id, day, ends, clinician, reasons: reasons.to_vec(), agreed: Vec::new() });
        begins
    }

    /// What was agreed on at the last visit that was written.
    pub(super) fn agreed(&mut self, lines: &[&'static str]) {
        if let Some(visit) = self.visits.last_mut() {
            visit.agreed.extend(lines);
        }
    }

    /// The care team: the provider and the nurse beside.
    pub(super) fn care_team(&mut self) {
        let since = self.days.about_days_ago(600, (8, 0));
        let nurse = match crate::cast::pool_of(self.patient.provider) {
            "harbor" => "ana",
            "northgate" => "whitfield",
            _ => "maya",
        };
        let participant = |key: &str, code: &str, role: &str| {
            json!({
                "role": [{ "coding": [{ "system": super::codes::SNOMED, "code": code, "display": role }],
                    "text": role }],
                "member": practitioner_reference(self.seed, key),
            })
        };
        let resource = json!({
            "resourceType": "CareTeam",
            "id": self.id("care-team"),
            "meta": us_core("careteam"),
            "status": "active",
            "name": "Primary care",
            "subject": self.subject(),
            "period": { "start": self.days.text(since) },
            "participant": [
                participant(self.patient.provider, "446050000", "Primary care provider"),
                participant(nurse, "224535009", "Registered nurse"),
            ],
            "managingOrganization": [reference(self.seed, ORGANISATION)],
        });
        self.add(since, resource);
    }
}

//! Condition and AllergyIntolerance (US Core), Immunization.

use super::Chart;
use super::codes::{Code, hl7, us_core};
use super::place::{ORGANISATION, reference};
use jiff::Timestamp;
use serde_json::{Value, json};

impl Chart<'_> {
    /// A reference to this chart's patient.
    pub(super) fn subject(&self) -> Value {
        json!({ "reference": format!("Patient/{}", self.seed.id(&self.patient.key)) })
    }

    /// A problem that goes on, found so many days ago.
    pub(super) fn problem(&mut self, code: Code, days_ago: i64) {
        let found = self.days.about_days_ago(days_ago, (10, 0));
        let resource = self.condition(code, found, "active");
        self.add(found, resource);
    }

    /// A problem that was over after so many days.
    pub(super) fn past_problem(&mut self, code: Code, days_ago: i64, lasted_days: i64) {
        let found = self.days.about_days_ago(days_ago, (10, 0));
        let over = self.days.about_days_ago(days_ago - lasted_days, (10, 0));
        let mut resource = self.condition(code, found, "resolved");
        resource["abatementDateTime"] = self.days.day_text(over).into();
        self.add(found, resource);
    }

    /// Whether a problem was known before this day.
    pub(super) fn knew(&self, code: Code, day: &str) -> bool {
        self.resources.iter().any(|arriving| {
            let resource = &arriving.resource;
            let is_it = resource["resourceType"] == "Condition" && resource["code"]["text"] == code.words;
            is_it && resource["recordedDate"].as_str().is_some_and(|found| found < day)
        })
    }

    /// What was done at a visit.
    pub(super) fn procedure(&mut self, code: Code, at: Timestamp) {
        let resource = json!({
            "resourceType": "Procedure",
            "id": self.id(&format!("procedure/{}/{}", code.words, self.days.text(at))),
            "meta": us_core("procedure"),
            "status": "completed",
            "code": code.concept(),
            "subject": self.subject(),
            "performedDateTime": self.days.text(at),
            "location": { "display": ORGANISATION.1 },
        });
        self.add(at, resource);
    }

    fn condition(&self, code: Code, found: Timestamp, status: &str) -> Value {
        json!({
            "resourceType": "Condition",
            "id": self.id(&format!("condition/{}", code.words)),
            "meta": us_core("condition"),
            "clinicalStatus": hl7("condition-clinical", status),
            "verificationStatus": hl7("condition-ver-status", "confirmed"),
            "category": [hl7("condition-category", "problem-list-item")],
            "code": code.concept(),
            "subject": self.subject(),
            "onsetDateTime": self.days.day_text(found),
            "recordedDate": self.days.day_text(found),
        })
    }

    /// An allergy with what happens, written down so many days ago; `is_high` is FHIR's criticality.
    pub(super) fn allergy(
        &mut self,
        (code, category): (Code, &str),
        (reaction, is_high): (Code, bool),
        days_ago: i64,
    ) {
        let at = self.days.about_days_ago(days_ago, (10, 0));
        let resource = json!({
            "resourceType": "AllergyIntolerance",
            "id": self.id(&format!("allergy/{}", code.words)),
            "meta": us_core("allergyintolerance"),
            "clinicalStatus": hl7("allergyintolerance-clinical", "active"),
            "verificationStatus": hl7("allergyintolerance-verification", "confirmed"),
            "type": "allergy",
            "category": [category],
            "criticality": if is_high { "high" } else { "low" },
            "code": code.concept(),
            "patient": self.subject(),
            "recordedDate": self.days.day_text(at),
            "reaction": [{ "manifestation": [reaction.concept()] }],
        });
        self.add(at, resource);
    }

    /// A vaccine, with a dose for each of these numbers of days ago.
    pub(super) fn vaccine(&mut self, code: Code, days_ago: &[i64]) {
        for days in days_ago {
            let at = self.days.about_days_ago(*days, (11, 0));
            let resource = json!({
                "resourceType": "Immunization",
                "id": self.id(&format!("vaccine/{}/{days}", code.words)),
                "meta": us_core("immunization"),
                "status": "completed",
                "vaccineCode": code.concept(),
                "patient": self.subject(),
                "occurrenceDateTime": self.days.day_text(at),
                "primarySource": true,
                "performer": [{ "actor": reference(self.seed, ORGANISATION) }],
            });
            self.add(at, resource);
        }
    }
}

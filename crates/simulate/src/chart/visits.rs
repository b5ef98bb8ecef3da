//! Encounter and CareTeam (US Core).

use super::Chart;
use super::codes::us_core;
use super::people::practitioner_reference;
use super::place::{ORGANISATION, reference};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

const VISIT: SignedDuration = SignedDuration::from_mins(25);

impl Chart<'_> {
    /// A visit to the primary care provider, with what it was for; the moment it began.
    pub(super) fn visit(&mut self, days_ago: i64, time: (i8, i8), reason: &str) -> Timestamp {
        self.visit_with(self.patient.provider, (days_ago, time), reason)
    }

    /// A visit to this clinician.
    pub(super) fn visit_with(
        &mut self,
        clinician: &str,
        (days_ago, time): (i64, (i8, i8)),
        reason: &str,
    ) -> Timestamp {
        let begins = self.days.about_days_ago(days_ago, time);
        let ends = begins.checked_add(VISIT).unwrap_or(begins);
        let resource = json!({
            "resourceType": "Encounter",
            "id": self.id(&format!("visit/{}", self.days.text(begins))),
            "meta": us_core("encounter"),
            "status": "finished",
            "class": { "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB",
                "display": "ambulatory" },
            "type": [{ "coding": [{ "system": super::codes::SNOMED, "code": "185349003",
                "display": "Encounter for check up" }], "text": "Office visit" }],
            "subject": self.subject(),
            "participant": [{ "individual": practitioner_reference(self.seed, clinician) }],
            "period": { "start": self.days.text(begins), "end": self.days.text(ends) },
            "reasonCode": [{ "text": reason }],
            "serviceProvider": reference(self.seed, ORGANISATION),
        });
        self.add(ends, resource);
        begins
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

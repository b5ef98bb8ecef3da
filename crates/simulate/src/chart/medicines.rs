//! MedicationRequest (US Core): repeated prescriptions of one drug are one medicine's history.

use super::Chart;
use super::codes::{Code, us_core};
use super::people::practitioner_reference;
use serde_json::json;

impl Chart<'_> {
    /// A medicine that is taken now: prescribed so many days ago, the last time still running.
    pub(super) fn medicine(&mut self, code: Code, how: &str, prescribed_days_ago: &[i64]) {
        self.prescriptions(code, how, prescribed_days_ago, "active");
    }

    /// A medicine that is not taken any more.
    pub(super) fn past_medicine(
        &mut self,
        code: Code,
        how: &str,
        prescribed_days_ago: &[i64],
        end: &'static str,
    ) {
        self.prescriptions(code, how, prescribed_days_ago, end);
    }

    fn prescriptions(&mut self, code: Code, how: &str, days_ago: &[i64], last: &'static str) {
        let newest = days_ago.iter().min();
        for days in days_ago {
            let at = self.days.about_days_ago(*days, (15, 30));
            let status = if Some(days) == newest { last } else { "completed" };
            let resource = json!({
                "resourceType": "MedicationRequest",
                "id": self.id(&format!("medicine/{}/{days}", code.words)),
                "meta": us_core("medicationrequest"),
                "status": status,
                "intent": "order",
                "medicationCodeableConcept": code.concept(),
                "subject": self.subject(),
                "authoredOn": self.days.text(at),
                "requester": practitioner_reference(self.seed, self.patient.provider),
                "dosageInstruction": [{ "text": how }],
                "dispenseRequest": { "numberOfRepeatsAllowed": 1, "expectedSupplyDuration": {
                    "value": 90, "unit": "days", "system": "http://unitsofmeasure.org", "code": "d",
                } },
            });
            self.add(at, resource);
        }
    }
}

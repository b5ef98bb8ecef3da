//! Coverage (US Core): who pays, by the Source of Payment Typology.

use super::Chart;
use super::codes::us_core;
use crate::cast::Insurance;
use serde_json::json;

impl Chart<'_> {
    /// One coverage, since two years.
    pub(super) fn coverage(&mut self) {
        let since = self.days.about_days_ago(730, (0, 0));
        let (code, words, payer) = match self.patient.insurance {
            Insurance::Commercial => ("5", "Private health insurance", "Great Valley Health Plan"),
            Insurance::Medicare => ("1", "Medicare", "Medicare"),
            Insurance::Medicaid => ("2", "Medicaid", "Medicaid"),
            Insurance::SelfPay => ("81", "Self-pay", "Self-pay"),
        };
        let mut resource = json!({
            "resourceType": "Coverage",
            "id": self.id("coverage"),
            "meta": us_core("coverage"),
            "status": "active",
            "type": { "coding": [{ "system": "https://nahdo.org/sopt", "code": code, "display": words }],
                "text": words },
            "beneficiary": self.subject(),
            "relationship": super::codes::hl7("subscriber-relationship", "self"),
            "period": { "start": self.days.day_text(since) },
            "payor": [{ "display": payer }],
        });
        if self.patient.insurance != Insurance::SelfPay {
            let number = 1_000_000 + self.seed.below(&format!("{}/member", self.patient.key), 9_000_000);
            resource["subscriberId"] = format!("{}-{number}", payer[..1].to_uppercase()).into();
        }
        self.add(since, resource);
    }
}

//! DiagnosticReport (US Core): the tests of one family that were taken together.

use super::Chart;
use super::codes::{Code, hl7, us_core};
use super::kinds::*;
use super::measures::Test;
use super::place::{LABORATORY, reference};
use serde_json::{Value, json};

/// A panel and the tests that it holds.
const PANELS: [(Code, &[Test]); 3] = [
    (
        Code::loinc("51990-0", "Basic metabolic panel"),
        &[POTASSIUM, SODIUM, CREATININE, KIDNEY_FILTER, GLUCOSE],
    ),
    (Code::loinc("57698-3", "Lipid panel"), &[LDL, HDL, CHOLESTEROL, TRIGLYCERIDES]),
    (Code::loinc("58410-2", "Complete blood count panel"), &[HEMOGLOBIN, WHITE_CELLS, PLATELETS]),
];

impl Chart<'_> {
    /// A report for each moment at which two tests or more of one panel were taken.
    pub(super) fn panels(&mut self) {
        let mut found = Vec::new();
        for (code, tests) in PANELS {
            let is_member = |one: &&super::Arriving| {
                one.resource["resourceType"] == "Observation"
                    && tests.iter().any(|test| one.resource["code"]["text"] == test.code.words)
            };
            let members: Vec<_> = self.resources.iter().filter(is_member).collect();
            let mut taken: Vec<&Value> =
                members.iter().map(|one| &one.resource["effectiveDateTime"]).collect();
            taken.sort_by_key(|at| at.as_str());
            taken.dedup();
            for at in taken {
                let together = members.iter().filter(|one| one.resource["effectiveDateTime"] == *at);
                let together: Vec<_> = together.copied().cloned().collect();
                if together.len() > 1 {
                    found.push((code, together));
                }
            }
        }
        for (code, together) in found {
            self.panel(code, &together);
        }
    }

    fn panel(&mut self, code: Code, members: &[super::Arriving]) {
        let Some(newest) = members.iter().max_by_key(|one| one.at) else { return };
        let of = |one: &super::Arriving| json!({ "reference": format!("Observation/{}", one.resource["id"].as_str().unwrap_or_default()) });
        let taken = &newest.resource["effectiveDateTime"];
        let resource = json!({
            "resourceType": "DiagnosticReport",
            "id": self.id(&format!("panel/{}/{}", code.words, taken.as_str().unwrap_or_default())),
            "meta": us_core("diagnosticreport-lab"),
            "status": "final",
            "category": [hl7("v2-0074", "LAB")],
            "code": code.concept(),
            "subject": self.subject(),
            "effectiveDateTime": taken,
            "issued": newest.resource["issued"],
            "performer": [reference(self.seed, LABORATORY)],
            "result": members.iter().map(of).collect::<Vec<_>>(),
        });
        self.add(newest.at, resource);
    }
}

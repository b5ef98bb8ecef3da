//! Observation: laboratory results with and without a usual range, and vital signs (US Core).

use super::Chart;
use super::codes::{Code, hl7, us_core};
use super::people::practitioner_reference;
use super::place::{LABORATORY, reference};
use crate::cast::ChartKind;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Number, Value, json};

/// A laboratory test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    pub code: Code,
    pub unit: &'static str,
    pub range: Option<(Option<f64>, Option<f64>)>,
}

impl Test {
    pub const fn ranged(code: Code, unit: &'static str, range: (Option<f64>, Option<f64>)) -> Test {
        Test { code, unit, range: Some(range) }
    }

    /// One for which the laboratory sends no usual range.
    pub const fn bare(code: Code, unit: &'static str) -> Test {
        Test { code, unit, range: None }
    }
}

/// How long the laboratory takes.
const TURNAROUND: SignedDuration = SignedDuration::from_hours(7);

impl Chart<'_> {
    /// A result for each (days ago, value); the value is written as the laboratory writes it.
    pub(super) fn results(&mut self, test: Test, values: &[(i64, &str)]) {
        for (days, value) in values {
            let taken = self.days.about_days_ago(*days, (9, 10));
            self.result(test, taken, value);
        }
    }

    /// One result; it comes into the record when the laboratory releases it.
    pub(super) fn result(&mut self, test: Test, taken: Timestamp, value: &str) {
        let issued = taken.checked_add(TURNAROUND).unwrap_or(taken).min(self.days.now);
        let name = format!("{}/{}", test.code.words, self.days.text(taken));
        let mut resource = json!({
            "resourceType": "Observation",
            "id": self.id(&format!("result/{name}")),
            "meta": us_core("observation-lab"),
            "status": "final",
            "category": [hl7("observation-category", "laboratory")],
            "code": test.code.concept(),
            "subject": self.subject(),
            "effectiveDateTime": self.days.text(taken),
            "issued": self.days.text(issued),
            "performer": [
                reference(self.seed, LABORATORY),
                practitioner_reference(self.seed, self.patient.provider),
            ],
            "valueQuantity": quantity(test.unit, decimal(value)),
        });
        if self.patient.chart != ChartKind::Light {
            let order = self.order(test, taken, &name);
            resource["basedOn"] = json!([{ "reference": format!("ServiceRequest/{order}") }]);
        }
        if let Some(range) = test.range {
            resource["referenceRange"] = json!([usual(test.unit, range)]);
            resource["interpretation"] = json!([hl7("v3-ObservationInterpretation", mark(value, range))]);
        }
        self.add(issued, resource);
    }

    /// The order that a result answers; its id.
    fn order(&mut self, test: Test, taken: Timestamp, name: &str) -> String {
        let id = self.id(&format!("order/{name}"));
        let resource = json!({
            "resourceType": "ServiceRequest",
            "id": id,
            "status": "completed",
            "intent": "order",
            "code": test.code.concept(),
            "subject": self.subject(),
            "authoredOn": self.days.text(taken),
            "requester": practitioner_reference(self.seed, self.patient.provider),
        });
        self.add(taken, resource);
        id
    }

    /// Blood pressure in mmHg and weight in kg, taken at a visit.
    pub(super) fn vitals(&mut self, at: Timestamp, (systolic, diastolic): (i64, i64), weight_kg: &str) {
        let pressure = |code: &str, words: &str, value: i64| {
            json!({
                "code": { "coding": [{ "system": super::codes::LOINC, "code": code, "display": words }] },
                "valueQuantity": quantity("mm[Hg]", json!(value)),
            })
        };
        let mut blood_pressure = self.vital(Code::loinc("85354-9", "Blood pressure"), at);
        blood_pressure["component"] = json!([
            pressure("8480-6", "Systolic blood pressure", systolic),
            pressure("8462-4", "Diastolic blood pressure", diastolic),
        ]);
        let mut weight = self.vital(Code::loinc("29463-7", "Body weight"), at);
        weight["valueQuantity"] = quantity("kg", decimal(weight_kg));
        self.add(at, blood_pressure);
        self.add(at, weight);
    }

    fn vital(&self, code: Code, at: Timestamp) -> Value {
        json!({
            "resourceType": "Observation",
            "id": self.id(&format!("vital/{}/{}", code.words, self.days.text(at))),
            "meta": us_core("vital-signs"),
            "status": "final",
            "category": [hl7("observation-category", "vital-signs")],
            "code": code.concept(),
            "subject": self.subject(),
            "effectiveDateTime": self.days.text(at),
        })
    }
}

fn quantity(unit: &str, value: Value) -> Value {
    json!({ "value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit })
}

/// The digits as written: 4.0 stays 4.0.
fn decimal(text: &str) -> Value {
    text.parse::<Number>().map_or(Value::Null, Value::Number)
}

fn usual(unit: &str, (low, high): (Option<f64>, Option<f64>)) -> Value {
    let mut range = serde_json::Map::new();
    for (end, value) in [("low", low), ("high", high)] {
        if let Some(value) = value {
            range.insert(end.into(), quantity(unit, json!(value)));
        }
    }
    Value::Object(range)
}

fn mark(value: &str, (low, high): (Option<f64>, Option<f64>)) -> &'static str {
    let value = value.parse::<f64>().unwrap_or(0.0);
    match (low, high) {
        (Some(low), _) if value < low => "L",
        (_, Some(high)) if value > high => "H",
        _ => "N",
    }
}

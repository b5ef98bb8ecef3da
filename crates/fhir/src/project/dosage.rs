//! How to take a medicine: FHIR Dosage, as delivered where it has words, put into words where it has not.

use super::coded::{items, text, words};
use super::value::{number_text, quantity_text};
use crate::plain;
use serde_json::Value;

/// One dosage instruction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dosage {
    /// The prescriber's words.
    pub text: Option<String>,
    /// What the patient was told besides.
    pub instructions: Vec<String>,
    /// "2 tablets", or a bare number.
    pub dose: Option<String>,
    pub is_as_needed: bool,
    /// `frequency` times in `period` `period_unit`s (UCUM: s, min, h, d, wk, mo, a).
    pub frequency: Option<String>,
    pub period: Option<String>,
    pub period_unit: Option<String>,
}

/// Projects a Dosage.
pub fn project(dosage: &Value) -> Dosage {
    let repeat = dosage.pointer("/timing/repeat");
    let number = |member: &str| repeat?.get(member)?.as_number().map(number_text);
    let dose = items(dosage, "doseAndRate").find_map(|one| quantity_text(one.get("doseQuantity")?));
    let as_needed = dosage.get("asNeededCodeableConcept").is_some();
    Dosage {
        text: text(dosage, "text").map(|text| plain::clean(text).into_owned()),
        instructions: items(dosage, "additionalInstruction").filter_map(words).collect(),
        dose,
        is_as_needed: as_needed || dosage.get("asNeededBoolean") == Some(&Value::Bool(true)),
        frequency: number("frequency"),
        period: number("period"),
        period_unit: repeat.and_then(|repeat| text(repeat, "periodUnit")).map(str::to_owned),
    }
}

impl Dosage {
    /// The instruction in English: the prescriber's words, else dose and rhythm; nothing where neither is told.
    pub fn in_english(&self) -> Option<String> {
        if self.text.is_some() {
            return self.text.clone();
        }
        let as_needed = self.is_as_needed.then(|| "as needed".to_owned());
        let dose = self.dose.as_ref().map(|dose| format!("{dose} each time"));
        let parts: Vec<_> = [dose, self.rhythm(), as_needed].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    fn rhythm(&self) -> Option<String> {
        let unit = match self.period_unit.as_deref()? {
            "s" => "second",
            "min" => "minute",
            "h" => "hour",
            "d" => "day",
            "wk" => "week",
            "mo" => "month",
            "a" => "year",
            _ => return None,
        };
        let period = self.period.as_deref()?;
        let frequency = self.frequency.as_deref().unwrap_or("1");
        Some(match (frequency, period) {
            ("1", "1") if unit == "day" => "once a day".to_owned(),
            ("1", "1") => format!("every {unit}"),
            ("1", _) => format!("every {period} {unit}s"),
            (_, "1") => format!("{frequency} times every {unit}"),
            _ => format!("{frequency} times every {period} {unit}s"),
        })
    }
}

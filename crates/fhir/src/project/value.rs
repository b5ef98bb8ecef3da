//! The value of an Observation or component: words to show, a number and unit to draw.

use super::coded::{CodeKey, YES_OR_NO, key, text, words};
use crate::plain;
use domain::language::Language;
use serde_json::{Number, Value};

/// A measured or told value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    /// "5.4 mmol/L", "Negative", "120-130 mmHg".
    pub text: String,
    /// The number, where the value is a quantity without a comparator, or a whole number.
    pub number: Option<f64>,
    /// `<`, `<=`, `>=`, `>` before the number of a quantity.
    pub comparator: Option<String>,
    /// As delivered, to compare by; `plain::unit` writes it for people.
    pub unit: Option<String>,
    /// The unit's UCUM code, where it was sent.
    pub ucum: Option<String>,
    /// What a coded value or a yes or no says.
    pub key: Option<CodeKey>,
}

impl Measured {
    /// The unit for computing: the UCUM code, else as delivered.
    pub fn unit(&self) -> Option<&str> {
        self.ucum.as_deref().filter(|_| self.unit.is_some()).or(self.unit.as_deref())
    }

    /// The value in the reader's language, where its code has plain words; else its text.
    pub fn in_language(&self, language: Language) -> String {
        let words = self.key.as_ref().and_then(|key| plain::words(key, language));
        words.map_or_else(|| self.text.clone(), |words| words.name.to_owned())
    }

    /// The value as something to reach: "below 7%".
    pub fn against(&self, language: Language) -> String {
        let Some(comparator) = self.comparator.as_deref() else { return self.in_language(language) };
        let amount = self.text.trim_start_matches(comparator);
        let (before, after) = match (language, comparator) {
            (Language::En, "<") => ("below ", ""),
            (Language::En, ">") => ("above ", ""),
            (Language::En, "<=") => ("", " or less"),
            (Language::En, _) => ("", " or more"),
            (Language::Es, "<") => ("menos de ", ""),
            (Language::Es, ">") => ("más de ", ""),
            (Language::Es, "<=") => ("", " o menos"),
            (Language::Es, _) => ("", " o más"),
        };
        format!("{before}{amount}{after}")
    }
}

/// Reads `value[x]`; nothing where there is none.
pub fn measured(holder: &Value) -> Option<Measured> {
    let plain = |text: String| Measured { text, ..Measured::default() };
    if let Some(quantity) = holder.get("valueQuantity") {
        return quantity_value(quantity);
    }
    if let Some(concept) = holder.get("valueCodeableConcept") {
        return Some(Measured { key: key(concept), ..plain(words(concept)?) });
    }
    if let Some(number) = holder.get("valueInteger").and_then(Value::as_number) {
        return Some(Measured { number: number.as_f64(), ..plain(number_text(number)) });
    }
    if let Some(is_true) = holder.get("valueBoolean").and_then(Value::as_bool) {
        let (code, word) = if is_true { ("Y", "Yes") } else { ("N", "No") };
        let key = CodeKey { system: Some(YES_OR_NO.to_owned()), code: code.to_owned() };
        return Some(Measured { key: Some(key), ..plain(word.to_owned()) });
    }
    for member in ["valueString", "valueDateTime", "valueTime"] {
        if let Some(given) = text(holder, member) {
            return Some(plain(given.trim().to_owned()));
        }
    }
    between(holder.get("valueRange"), "low", "high", "-")
        .or_else(|| between(holder.get("valueRatio"), "numerator", "denominator", ":"))
        .map(plain)
}

/// "5.4 mmol/L"; nothing where there is no number.
pub fn quantity_text(quantity: &Value) -> Option<String> {
    quantity_value(quantity).map(|value| value.text)
}

fn quantity_value(quantity: &Value) -> Option<Measured> {
    let number = quantity.get("value")?.as_number()?;
    let unit = text(quantity, "unit").or_else(|| text(quantity, "code"));
    // UCUM annotations such as {score} count something that the name tells already.
    let unit = unit.filter(|unit| !unit.is_empty() && *unit != "1" && !unit.starts_with('{'));
    let comparator = text(quantity, "comparator");
    let amount = format!("{}{}", comparator.unwrap_or_default(), number_text(number));
    let text = match unit {
        Some("%") => format!("{amount}%"),
        Some(unit) if unit.starts_with('/') => format!("{amount}{}", plain::unit(unit)),
        Some(unit) => format!("{amount} {}", plain::unit(unit)),
        None => amount,
    };
    Some(Measured {
        text,
        number: number.as_f64().filter(|_| comparator.is_none()),
        comparator: comparator.map(str::to_owned),
        unit: unit.map(str::to_owned),
        ucum: ucum_code(quantity).map(str::to_owned),
        key: None,
    })
}

fn ucum_code(quantity: &Value) -> Option<&str> {
    text(quantity, "code").filter(|_| text(quantity, "system") == Some("http://unitsofmeasure.org"))
}

fn between(value: Option<&Value>, first: &str, second: &str, sign: &str) -> Option<String> {
    let value = value?;
    let (low, high) = (quantity_text(value.get(first)?)?, quantity_text(value.get(second)?)?);
    Some(format!("{low}{sign}{high}"))
}

/// A number as delivered, without the `.0` that some writers add to whole ones.
pub(super) fn number_text(number: &Number) -> String {
    let text = number.as_str();
    text.strip_suffix(".0").unwrap_or(text).to_owned()
}

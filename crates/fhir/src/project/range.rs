//! Where a value lies: by the laboratory's own mark, else by the range that it sent, else unknown.

use super::coded::{codings, items, text};
use super::value::{Measured, quantity_text};
use crate::plain;
use domain::language::Language;
use serde_json::Value;

/// How far outside is still "a little", as a part of the range's width.
const LITTLE: f64 = 0.25;

/// A value against the range that came with it. No range is ever invented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeRelation {
    /// "No usual range came with this."
    NoRange,
    Within,
    Above,
    Below,
    /// Outside by a little: at most a quarter of the range's own width.
    LittleAbove,
    LittleBelow,
    /// Marked abnormal by the laboratory without a direction.
    Abnormal,
    /// A range was sent that this value cannot be compared with: words, another unit, several groups.
    NotCompared,
}

/// The usual range that the laboratory sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UsualRange {
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// As sent in words.
    pub text: Option<String>,
    /// As sent.
    pub unit: Option<String>,
    low_text: Option<String>,
    high_text: Option<String>,
}

impl UsualRange {
    /// The range as sent in words, or "3.5 to 5.1 mmol/L", "5% or less".
    pub fn in_language(&self, language: Language) -> Option<String> {
        let (to, or_more, or_less) = match language {
            Language::En => ("to", "or more", "or less"),
            Language::Es => ("a", "o más", "o menos"),
        };
        self.text.clone().or_else(|| match (&self.low_text, &self.high_text) {
            (Some(low), Some(high)) => Some(join((low, to, high), self.unit.as_deref())),
            (Some(low), None) => Some(format!("{low} {or_more}")),
            (None, Some(high)) => Some(format!("{high} {or_less}")),
            (None, None) => None,
        })
    }
}

/// The one range for everybody: the only one, or the only one without a group and of type normal.
pub fn usual_range(holder: &Value) -> Option<UsualRange> {
    let all: Vec<_> = items(holder, "referenceRange").collect();
    let is_usual = |range: &&&Value| {
        let kind =
            range.get("type").map_or(Some("normal"), |kind| codings(kind).find_map(|c| text(c, "code")));
        kind == Some("normal") && range.get("appliesTo").is_none() && range.get("age").is_none()
    };
    let usual: Vec<_> = all.iter().filter(is_usual).collect();
    let range = match (all.as_slice(), usual.as_slice()) {
        ([only], _) => only,
        (_, [only]) => only,
        _ => return None,
    };
    Some(read(range))
}

pub(super) fn read(range: &Value) -> UsualRange {
    let end = |name| range.get(name).filter(|end: &&Value| text(end, "comparator").is_none());
    let number = |name| end(name).and_then(|end| end.get("value")).and_then(Value::as_f64);
    let unit = end("low").or(end("high")).and_then(|end| text(end, "unit").or_else(|| text(end, "code")));
    let told = |name| end(name).and_then(quantity_text);
    UsualRange {
        low: number("low"),
        high: number("high"),
        text: text(range, "text").map(str::to_owned),
        unit: unit.map(str::to_owned),
        low_text: told("low"),
        high_text: told("high"),
    }
}

/// "3.5 to 5.1 mmol/L" rather than naming the unit twice.
fn join((low, to, high): (&str, &str, &str), unit: Option<&str>) -> String {
    let unit = unit.map(plain::unit);
    let low = unit.and_then(|unit| low.strip_suffix(&*unit)).unwrap_or(low);
    format!("{} {to} {high}", low.trim_end())
}

/// The relation of a value to its range; `holder` is the Observation or component.
pub fn relation(holder: &Value, value: Option<&Measured>, range: Option<&UsualRange>) -> RangeRelation {
    let marks = || items(holder, "interpretation").flat_map(codings);
    let compared = value.zip(range).and_then(|(value, range)| compare(value, range));
    if let Some(marked) = marks().find_map(mark) {
        // "A little" is ours to say only where the laboratory did not say "very".
        let is_plain = marks().all(|coding| matches!(text(coding, "code"), Some("H" | "L")));
        return match (marked, compared) {
            (RangeRelation::Above, Some(RangeRelation::LittleAbove)) if is_plain => {
                RangeRelation::LittleAbove
            }
            (RangeRelation::Below, Some(RangeRelation::LittleBelow)) if is_plain => {
                RangeRelation::LittleBelow
            }
            _ => marked,
        };
    }
    let has_range = items(holder, "referenceRange").next().is_some();
    match compared {
        Some(relation) => relation,
        None if has_range => RangeRelation::NotCompared,
        None => RangeRelation::NoRange,
    }
}

/// HL7 v3 ObservationInterpretation.
fn mark(coding: &Value) -> Option<RangeRelation> {
    Some(match text(coding, "code")? {
        "N" => RangeRelation::Within,
        "H" | "HH" | "HU" | "H>" | "HX" => RangeRelation::Above,
        "L" | "LL" | "LU" | "L<" | "LX" => RangeRelation::Below,
        "A" | "AA" => RangeRelation::Abnormal,
        _ => return None,
    })
}

fn compare(value: &Measured, range: &UsualRange) -> Option<RangeRelation> {
    let is_same_unit = range.unit.is_none() || range.unit == value.unit;
    let number = value.number.filter(|_| is_same_unit)?;
    let little = range.low.zip(range.high).map_or(0.0, |(low, high)| (high - low) * LITTLE);
    match (range.low, range.high) {
        (None, None) => None,
        (Some(low), _) if number < low && number >= low - little => Some(RangeRelation::LittleBelow),
        (Some(low), _) if number < low => Some(RangeRelation::Below),
        (_, Some(high)) if number > high && number <= high + little => Some(RangeRelation::LittleAbove),
        (_, Some(high)) if number > high => Some(RangeRelation::Above),
        _ => Some(RangeRelation::Within),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::value::measured;
    use serde_json::json;

    fn relation_of(extra: Value) -> RangeRelation {
        let mut observation = json!({"valueQuantity": {"value": 5.5, "unit": "mmol/L"}});
        let members = extra.as_object().unwrap().clone();
        observation.as_object_mut().unwrap().extend(members);
        let (value, range) = (measured(&observation), usual_range(&observation));
        relation(&observation, value.as_ref(), range.as_ref())
    }

    fn range(low: f64, high: f64, unit: &str) -> Value {
        json!({"low": {"value": low, "unit": unit}, "high": {"value": high, "unit": unit}})
    }

    #[test]
    fn a_value_is_compared_with_the_range_that_was_sent_and_no_other() {
        assert_eq!(relation_of(json!({})), RangeRelation::NoRange);
        let sent = |low, high, unit: &str| relation_of(json!({"referenceRange": [range(low, high, unit)]}));
        assert_eq!(sent(3.5, 5.1, "mmol/L"), RangeRelation::LittleAbove);
        assert_eq!(sent(3.5, 4.5, "mmol/L"), RangeRelation::Above);
        assert_eq!(sent(5.6, 7.0, "mmol/L"), RangeRelation::LittleBelow);
        assert_eq!(sent(3.5, 5.5, "mmol/L"), RangeRelation::Within);
        assert_eq!(sent(6.0, 7.0, "mmol/L"), RangeRelation::Below);
        assert_eq!(sent(3.5, 5.1, "mg/dL"), RangeRelation::NotCompared);
        assert_eq!(
            relation_of(json!({"referenceRange": [{"text": "negative"}]})),
            RangeRelation::NotCompared
        );
    }

    #[test]
    fn the_laboratorys_mark_goes_first() {
        let marked = |code: &str| {
            relation_of(
                json!({"interpretation": [{"coding": [{"code": code}]}], "referenceRange": [range(1.0, 9.0, "mmol/L")]}),
            )
        };
        assert_eq!(marked("HH"), RangeRelation::Above);
        assert_eq!(marked("H"), RangeRelation::Above);
        let beside = |code: &str| {
            relation_of(
                json!({"interpretation": [{"coding": [{"code": code}]}], "referenceRange": [range(3.5, 5.1, "mmol/L")]}),
            )
        };
        assert_eq!(beside("H"), RangeRelation::LittleAbove);
        assert_eq!(beside("HH"), RangeRelation::Above, "the laboratory says very high");
        assert_eq!(marked("A"), RangeRelation::Abnormal);
        assert_eq!(marked("POS"), RangeRelation::Within);
    }

    #[test]
    fn of_several_ranges_only_the_one_for_everybody_counts() {
        let mut women = range(1.0, 2.0, "mmol/L");
        women["appliesTo"] = json!([{"text": "women"}]);
        let everybody = range(5.0, 6.0, "mmol/L");
        assert_eq!(relation_of(json!({"referenceRange": [women, everybody]})), RangeRelation::Within);
        assert_eq!(
            relation_of(json!({"referenceRange": [everybody, everybody]})),
            RangeRelation::NotCompared
        );
    }

    #[test]
    fn a_range_is_told_with_its_unit_once() {
        let told = |range: Value, language| {
            usual_range(&json!({"referenceRange": [range]})).unwrap().in_language(language).unwrap()
        };
        assert_eq!(told(range(3.5, 5.1, "mmol/L"), Language::En), "3.5 to 5.1 mmol/L");
        let high = json!({"high": {"value": 5, "unit": "%"}});
        assert_eq!(told(high.clone(), Language::En), "5% or less");
        assert_eq!(told(high, Language::Es), "5% o menos");
        assert_eq!(told(json!({"text": "none"}), Language::Es), "none");
    }
}

//! Takes everything that could tell one synthetic person from another out of a FHIR resource:
//! only codes, code texts, addresses of definitions and the shape of the JSON stay.

use serde_json::{Map, Value};

use super::seeded::Seeded;

/// Members whose text belongs to a vocabulary and stays.
const VOCABULARY: [&str; 17] = [
    "resourceType",
    "system",
    "url",
    "code",
    "status",
    "use",
    "intent",
    "unit",
    "contentType",
    "outcome",
    "gender",
    "currency",
    "mode",
    "linkId",
    "profile",
    "valueCode",
    "comparator",
];

pub struct Scrubber(pub Seeded);

impl Scrubber {
    pub fn scrub(&mut self, value: &mut Value) {
        match value {
            Value::Object(members) => self.members(members),
            Value::Array(items) => items.iter_mut().for_each(|item| self.scrub(item)),
            Value::String(text) => *text = self.text(text),
            Value::Number(number) => self.number(number),
            Value::Bool(_) | Value::Null => {}
        }
    }

    fn members(&mut self, members: &mut Map<String, Value>) {
        let is_coding = members.contains_key("code") && members.contains_key("system");
        let is_concept = members.contains_key("coding");
        let is_clinical = members.get("reference").is_some_and(names_no_one);
        for (name, value) in members.iter_mut() {
            let stays = VOCABULARY.contains(&name.as_str())
                || ((is_coding || is_clinical) && name == "display")
                || (is_concept && name == "text");
            match value {
                Value::String(text) if stays && !looks_random(text) => {}
                Value::Array(items) if stays && items.iter().all(Value::is_string) => {}
                _ => self.scrub(value),
            }
        }
    }

    fn text(&mut self, text: &str) -> String {
        if let Some((kind, id)) = text.rsplit_once('/') {
            if is_uuid(id) && kind.chars().all(|letter| letter.is_ascii_alphabetic()) {
                return format!("{kind}/{}", self.shuffle(id));
            }
        }
        let bare = text.strip_prefix("urn:uuid:").unwrap_or(text);
        if is_uuid(bare) || is_date(text) {
            return self.shuffle(text);
        }
        // A local reference, and words that codes use (`final`, `official`), are no one's own.
        if text.starts_with('#') {
            return text.to_owned();
        }
        self.letters(text.len().min(12))
    }

    /// Other digits in the same places; the century, the zone and `urn:uuid:` stay.
    fn shuffle(&mut self, text: &str) -> String {
        let hex = is_uuid(text.strip_prefix("urn:uuid:").unwrap_or(text));
        let from = if text.starts_with("urn:uuid:") {
            9
        } else if hex {
            0
        } else {
            2
        };
        let to = if hex { text.len() } else { text.len().min(23) };
        let zone = if hex { to } else { text.find(['+', 'Z']).unwrap_or(to) };
        text.char_indices()
            .map(|(at, letter)| match letter {
                _ if at < from || at >= zone => letter,
                '0'..='9' | 'a'..='f' if hex => char::from(b"0123456789abcdef"[self.0.below(16)]),
                '0'..='9' => char::from(b"0123456789"[self.0.below(10)]),
                other => other,
            })
            .collect()
    }

    fn letters(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b"abcdefghijklmnopqrstuvwxyz"[self.0.below(26)])).collect()
    }

    fn number(&mut self, number: &mut serde_json::Number) {
        let text = number.to_string();
        if text.len() <= 3 {
            return;
        }
        let other: String = text
            .chars()
            .enumerate()
            .map(|(at, digit)| match digit {
                '0'..='9' if at > 0 => char::from(b"0123456789"[self.0.below(10)]),
                same => same,
            })
            .collect();
        if let Ok(parsed) = serde_json::from_str(&other) {
            *number = parsed;
        }
    }
}

/// References whose display is the text of a code, not a person's or a place's name.
fn names_no_one(reference: &Value) -> bool {
    const CLINICAL: [&str; 4] = ["Condition/", "Immunization/", "Medication/", "Observation/"];
    let reference = reference.as_str().unwrap_or("");
    CLINICAL.iter().any(|kind| reference.starts_with(kind))
}

/// Identifiers stand in vocabulary members too (`code` of a device, `url` of a person).
fn looks_random(text: &str) -> bool {
    is_uuid(text.rsplit(['/', ':']).next().unwrap_or(text))
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.char_indices().all(|(at, letter)| match at {
            8 | 13 | 18 | 23 => letter == '-',
            _ => letter.is_ascii_hexdigit(),
        })
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 10
        && bytes.len() <= 35
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && text[8..].chars().all(|c| c.is_ascii_digit() || "-+:.TZ".contains(c))
}

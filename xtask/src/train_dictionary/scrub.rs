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

/// Stands for what was taken out.
pub const HOLE: char = '\u{E000}';
/// Stands, as a whole JSON string, for a number that was taken out.
const NUMBER_HOLE: &str = "\u{E001}";

/// With a generator it fills in random values of the same shape; without one it leaves holes.
pub struct Scrubber(pub Option<Seeded>);

/// The text between the holes of a scrubbed resource.
pub fn pieces(resource: &Value) -> Vec<String> {
    let text = resource.to_string().replace(&format!("\"{NUMBER_HOLE}\""), &HOLE.to_string());
    text.split(HOLE).map(str::to_owned).collect()
}

impl Scrubber {
    pub fn scrub(&mut self, value: &mut Value) {
        match value {
            Value::Object(members) => self.members(members),
            Value::Array(items) => items.iter_mut().for_each(|item| self.scrub(item)),
            Value::String(text) => *text = self.text(text),
            Value::Number(_) => self.number(value),
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
        // A reference inside the resource (`#coverage`) names its part, not a person.
        if text.starts_with('#') {
            return text.to_owned();
        }
        let id = text.rsplit(['/', ':']).next().unwrap_or(text);
        if is_uuid(id) {
            let (before, id) = text.split_at(text.len() - id.len());
            return before.to_owned() + &self.other(id, HEX);
        }
        if is_date(text) {
            let (century, rest) = text.split_at(2);
            let (rest, zone) = rest.split_at(rest.find(['+', 'Z']).unwrap_or(rest.len()));
            return century.to_owned() + &self.other(rest, DIGITS) + zone;
        }
        self.other(&"x".repeat(text.len().min(12)), LETTERS)
    }

    fn number(&mut self, value: &mut Value) {
        let text = value.to_string();
        if text.len() <= 3 {
            return;
        }
        let (first, rest) = text.split_at(1);
        let other = match self.0 {
            Some(_) => serde_json::from_str(&(first.to_owned() + &self.other(rest, DIGITS))).ok(),
            None => Some(Value::from(NUMBER_HOLE)),
        };
        *value = other.unwrap_or(Value::from(0));
    }

    /// Other letters of the alphabet in the places of such letters, or a hole.
    fn other(&mut self, text: &str, alphabet: &[u8]) -> String {
        let Some(seeded) = &mut self.0 else { return HOLE.to_string() };
        text.chars()
            .map(|letter| match u8::try_from(letter) {
                Ok(byte) if alphabet.contains(&byte) => char::from(*seeded.pick(alphabet)),
                _ => letter,
            })
            .collect()
    }
}

const HEX: &[u8] = b"0123456789abcdef";
const DIGITS: &[u8] = b"0123456789";
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz";

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

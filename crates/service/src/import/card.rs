//! The card of a chart, taken from its Patient resource.

use fhir::project::patient::{self, Demographics};
use jiff::tz::TimeZone;
use serde_json::Value;
use store::patient::PatientCard;

/// Takes the card from a Patient.
pub fn of(resource: &Value, zone: &TimeZone) -> PatientCard {
    let Demographics { name, preferred, called, birth_date, sex, mrn, phones, language, is_deceased, .. } =
        patient::project(resource, zone);
    let mut phones = phones.into_iter().map(|contact| contact.value);
    PatientCard {
        other_names: other_names(resource, &name),
        name,
        called,
        preferred,
        birth_date,
        sex,
        mrn,
        phone: phones.next(),
        other_phones: phones.collect(),
        language: language.map(|spoken| spoken.code.unwrap_or(spoken.text)),
        deceased: is_deceased,
    }
}

/// Former names and names in other scripts, by which the patient may be asked for too.
fn other_names(resource: &Value, name: &str) -> Vec<String> {
    let mut others = Vec::new();
    for human_name in resource.get("name").and_then(Value::as_array).into_iter().flatten() {
        let mut parts: Vec<&str> = Vec::new();
        let given = human_name.get("given").and_then(Value::as_array).into_iter().flatten();
        parts.extend(given.filter_map(Value::as_str));
        parts.extend(human_name.get("family").and_then(Value::as_str));
        if parts.is_empty() {
            parts.extend(human_name.get("text").and_then(Value::as_str));
        }
        let whole = parts.join(" ");
        if !whole.is_empty() && whole != name && !others.contains(&whole) {
            others.push(whole);
        }
    }
    others
}

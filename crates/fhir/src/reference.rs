//! Reference strings (R4 references 2.3.0): taking one apart, and walking all of a resource.

use crate::primitive::{is_id, is_uuid};
use crate::tables::is_resource_type;
use serde_json::Value;

/// A reference string taken apart; slices of the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference<'a> {
    /// `Patient/12`, with the version of `Patient/12/_history/3`.
    Relative { resource_type: &'a str, id: &'a str, version: Option<&'a str> },
    /// `urn:uuid:…`: the UUID. Points at a `Bundle.entry.fullUrl`.
    Uuid(&'a str),
    /// `#id` of a contained resource; empty for the container itself.
    Contained(&'a str),
    /// `Practitioner?identifier=system|value`, in transactions.
    Conditional { resource_type: &'a str, query: &'a str },
    /// Any other absolute URL, with type and id where it ends like a FHIR address.
    Absolute { url: &'a str, target: Option<(&'a str, &'a str)> },
}

impl<'a> Reference<'a> {
    /// Takes a reference string apart; nothing when it is none.
    pub fn parse(text: &'a str) -> Option<Self> {
        if let Some(id) = text.strip_prefix('#') {
            return (id.is_empty() || is_id(id)).then_some(Reference::Contained(id));
        }
        if let Some(uuid) = text.strip_prefix("urn:uuid:") {
            return is_uuid(uuid).then_some(Reference::Uuid(uuid));
        }
        if text.is_empty() || text.bytes().any(|b| b <= b' ') {
            return None;
        }
        if let Some((resource_type, query)) = text.split_once('?')
            && is_resource_type(resource_type)
        {
            return (!query.is_empty()).then_some(Reference::Conditional { resource_type, query });
        }
        if let Some(relative) = relative(text) {
            return Some(relative);
        }
        is_absolute(text).then(|| Reference::Absolute { url: text, target: target(text) })
    }

    /// The type of what is referred to, where the string itself tells.
    pub fn resource_type(&self) -> Option<&'a str> {
        match *self {
            Reference::Relative { resource_type, .. } | Reference::Conditional { resource_type, .. } => {
                Some(resource_type)
            }
            Reference::Absolute { target, .. } => target.map(|(resource_type, _)| resource_type),
            Reference::Uuid(_) | Reference::Contained(_) => None,
        }
    }
}

/// The system and value of a conditional reference's query `identifier=system|value`, not percent-decoded.
pub fn identifier_query(query: &str) -> Option<(&str, &str)> {
    let first = query.split('&').next()?;
    first.strip_prefix("identifier=")?.split_once('|')
}

fn relative(text: &str) -> Option<Reference<'_>> {
    let (resource_type, rest) = text.split_once('/')?;
    let (id, version) = match rest.split_once("/_history/") {
        Some((id, version)) => (id, Some(version)),
        None => (rest, None),
    };
    let is_whole = is_id(id) && version.is_none_or(is_id) && is_resource_type(resource_type);
    is_whole.then_some(Reference::Relative { resource_type, id, version })
}

fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = |b: u8| b.is_ascii_alphanumeric() || b"+-.".contains(&b);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.bytes().all(is_scheme) && !rest.is_empty()
}

/// Type and id at the end of `https://example.org/fhir/Patient/12`.
fn target(url: &str) -> Option<(&str, &str)> {
    let address = url.split_once("/_history/").map_or(url, |(address, _)| address);
    let (rest, id) = address.rsplit_once('/')?;
    let (_, resource_type) = rest.rsplit_once('/')?;
    (is_id(id) && is_resource_type(resource_type)).then_some((resource_type, id))
}

/// Calls `seen` with every `Reference.reference` in a resource, contained and bundled ones too.
pub fn visit<'a>(value: &'a Value, seen: &mut dyn FnMut(&'a str)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| visit(item, seen)),
        Value::Object(map) => {
            for (name, member) in map {
                match member {
                    Value::String(text) if name == "reference" && is_reference(value) => seen(text),
                    Value::Array(_) | Value::Object(_) => visit(member, seen),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// Replaces every `Reference.reference` for which `rewrite` has an answer.
pub fn visit_mut(value: &mut Value, rewrite: &mut dyn FnMut(&str) -> Option<String>) {
    let is_reference = is_reference(value);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| visit_mut(item, rewrite)),
        Value::Object(map) => {
            for (name, member) in map {
                match member {
                    Value::String(text) if is_reference && name == "reference" => {
                        if let Some(new) = rewrite(text) {
                            *text = new;
                        }
                    }
                    Value::Array(_) | Value::Object(_) => visit_mut(member, rewrite),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// Some other types have a member `reference` that is a URI: `DetectedIssue`, `Immunization.education`,
/// `Expression`. Only a Reference has no other members than these.
fn is_reference(value: &Value) -> bool {
    let known = |name: &String| {
        matches!(name.as_str(), "reference" | "type" | "identifier" | "display" | "id" | "extension")
            || name.starts_with('_')
    };
    value.as_object().is_some_and(|map| map.keys().all(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_kind_of_reference_is_told_apart() {
        let relative = |version| Reference::Relative { resource_type: "Patient", id: "12", version };
        assert_eq!(Reference::parse("Patient/12"), Some(relative(None)));
        assert_eq!(Reference::parse("Patient/12/_history/3"), Some(relative(Some("3"))));
        assert_eq!(Reference::parse("#med"), Some(Reference::Contained("med")));
        assert_eq!(Reference::parse("#"), Some(Reference::Contained("")));
        let uuid = "c757873d-ec9a-4326-a141-556f43239520";
        assert_eq!(Reference::parse(&format!("urn:uuid:{uuid}")), Some(Reference::Uuid(uuid)));
        let Some(Reference::Conditional { resource_type, query }) =
            Reference::parse("Practitioner?identifier=http://npi|99")
        else {
            panic!("not conditional")
        };
        assert_eq!((resource_type, identifier_query(query)), ("Practitioner", Some(("http://npi", "99"))));
        let url = "https://example.org/fhir/Patient/12";
        assert_eq!(Reference::parse(url), Some(Reference::Absolute { url, target: Some(("Patient", "12")) }));
    }

    #[test]
    fn what_is_no_reference_is_refused() {
        for text in [
            "",
            "Patient",
            "Patient/",
            "Patent/1",
            "Patient/a b",
            "urn:uuid:1",
            "Patient?",
            "#a b",
            "Patient/1/2",
        ] {
            assert_eq!(Reference::parse(text), None, "{text}");
        }
    }

    #[test]
    fn rewriting_reaches_every_reference_and_nothing_else() {
        let mut bundle = json!({
            "resourceType": "Bundle",
            "entry": [{"resource": {
                "resourceType": "Observation",
                "subject": {"reference": "urn:uuid:1", "display": "A"},
                "contained": [{"resourceType": "DetectedIssue", "status": "final", "reference": "urn:uuid:1"}],
                "performer": [{"reference": "urn:uuid:2"}]
            }}]
        });
        let mut seen = Vec::new();
        visit(&bundle, &mut |text| seen.push(text.to_owned()));
        assert_eq!(seen, ["urn:uuid:1", "urn:uuid:2"]);
        visit_mut(&mut bundle, &mut |text| (text == "urn:uuid:1").then(|| "Patient/7".to_owned()));
        let observation = &bundle["entry"][0]["resource"];
        assert_eq!(observation["subject"]["reference"], "Patient/7");
        assert_eq!(observation["performer"][0]["reference"], "urn:uuid:2");
        assert_eq!(observation["contained"][0]["reference"], "urn:uuid:1");
    }
}

//! JSON in and out. The canonical bytes of a resource are those by which a repeat is recognised:
//! members sorted by name, without what a server stamps anew on each export (`meta.versionId`,
//! `meta.lastUpdated`).

use serde_json::{Map, Value};

/// Where a text stops being JSON, each from 1; never quotes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    pub line: usize,
    pub column: usize,
}

/// Reads one JSON value; numbers keep their digits and members their order.
pub fn parse(text: &[u8]) -> Result<Value, Broken> {
    serde_json::from_slice(text)
        .map_err(|error: serde_json::Error| Broken { line: error.line(), column: error.column() })
}

/// Whether a text is one whole JSON value.
pub fn is_whole(text: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(text).is_ok()
}

/// Writes a value without spaces.
pub fn write(value: &Value, out: &mut Vec<u8>) {
    // Writing a value into memory cannot fail.
    let _ = serde_json::to_writer(out, value);
}

/// Writes the canonical form of a resource: for comparing, not for reading.
pub fn canonical(resource: &Value, out: &mut Vec<u8>) {
    let Value::Object(members) = resource else { return value(resource, out) };
    object(members, out, |name, member, out| match (name, member) {
        ("meta", Value::Object(meta)) => {
            let kept = |name: &str| !matches!(name, "versionId" | "lastUpdated");
            let meta: Map<String, Value> = { meta.iter() }
                .filter(|(name, _)| kept(name))
                .map(|(name, member)| (name.clone(), member.clone()))
                .collect();
            value(&Value::Object(meta), out);
        }
        _ => value(member, out),
    });
}

fn value(any: &Value, out: &mut Vec<u8>) {
    match any {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => out.extend_from_slice(number.as_str().as_bytes()),
        Value::String(string) => text(string, out),
        Value::Array(items) => {
            out.push(b'[');
            for item in items {
                value(item, out);
                out.push(b',');
            }
            out.push(b']');
        }
        Value::Object(members) => object(members, out, |_, member, out| value(member, out)),
    }
}

fn object(members: &Map<String, Value>, out: &mut Vec<u8>, each: impl Fn(&str, &Value, &mut Vec<u8>)) {
    let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
    sorted.sort_unstable_by_key(|(name, _)| *name);
    out.push(b'{');
    for (name, member) in sorted {
        text(name, out);
        out.push(b':');
        each(name, member, out);
        out.push(b',');
    }
    out.push(b'}');
}

/// Length first, so that no two texts run into each other; nothing needs escaping.
fn text(text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(&(text.len() as u32).to_le_bytes());
    out.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn bytes(resource: &Value) -> Vec<u8> {
        let mut out = Vec::new();
        canonical(resource, &mut out);
        out
    }

    #[test]
    fn the_order_of_members_and_the_servers_stamps_do_not_matter() {
        let one = json!({"resourceType": "Patient", "id": "1", "meta": {"versionId": "1", "tag": []}});
        let other = json!({"id": "1", "meta": {"lastUpdated": "2026-01-01T00:00:00Z", "tag": []},
            "resourceType": "Patient"});
        assert_eq!(bytes(&one), bytes(&other));
    }

    #[test]
    fn any_other_difference_matters() {
        let one: Value = serde_json::from_str(r#"{"id": "1", "value": 1.0}"#).unwrap();
        let other: Value = serde_json::from_str(r#"{"id": "1", "value": 1.00}"#).unwrap();
        assert_ne!(bytes(&one), bytes(&other));
        assert_ne!(bytes(&json!({"a": "b"})), bytes(&json!({"a": ["b"]})));
        assert_ne!(bytes(&json!({"a": ["b", "c"]})), bytes(&json!({"a": ["c", "b"]})));
    }
}

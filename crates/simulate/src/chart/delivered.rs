//! A resource on its way into the record: one line of NDJSON. A clinic has so many that their values,
//! taken apart, would fill half a gigabyte.

use super::Arriving;
use jiff::Timestamp;
use serde_json::Value;

/// A resource with what a story looks for in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// When it came into the record.
    pub at: Timestamp,
    pub resource_type: String,
    pub id: String,
    /// The reference to the patient; empty where there is none.
    pub subject: String,
    /// The words of its code, or of its medicine; empty where it has none.
    pub words: String,
    /// From a laboratory.
    pub is_result: bool,
    /// The resource, without a line break.
    pub json: String,
}

impl From<Arriving> for Delivered {
    fn from(arriving: Arriving) -> Delivered {
        let resource = &arriving.resource;
        let text = |pointer: &str| {
            let found = resource.pointer(pointer).and_then(Value::as_str);
            found.unwrap_or_default().to_owned()
        };
        let words = text("/code/text");
        Delivered {
            at: arriving.at,
            resource_type: text("/resourceType"),
            id: text("/id"),
            subject: text("/subject/reference"),
            words: if words.is_empty() { text("/medicationCodeableConcept/text") } else { words },
            is_result: resource["resourceType"] == "Observation"
                && text("/category/0/coding/0/code") == "laboratory",
            json: resource.to_string(),
        }
    }
}

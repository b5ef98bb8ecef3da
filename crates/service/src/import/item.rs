//! One resource on its way in, with what it needs from others before it can be sealed.

use fhir::compartment;
use fhir::reference::{self, Reference};
use serde_json::Value;

/// A resource that has passed the check and has an id.
#[derive(Debug)]
pub struct Item {
    pub line: u64,
    /// Its place in the Bundle.
    pub entry: Option<usize>,
    pub resource_type: String,
    /// The id that its source gave it.
    pub id: String,
    pub resource: Value,
    /// Its conditional references, each once, still unanswered.
    pub conditionals: Vec<String>,
}

/// Whose record a resource belongs to, before ids are known.
#[derive(Debug, PartialEq, Eq)]
pub enum Belongs {
    /// The foreign id of a Patient.
    To(String),
    ToNobody,
    /// The reference to the patient says nothing here: a `urn:uuid:` of another bundle, an address elsewhere.
    Unknown,
    /// It is about a patient, and has no reference to one.
    Unnamed,
}

impl Item {
    /// Answers its conditional references; those without an answer are given back.
    pub fn answer(&mut self, find: impl Fn(&str) -> Option<String>) -> Vec<String> {
        if self.conditionals.is_empty() {
            return Vec::new();
        }
        reference::visit_mut(&mut self.resource, &mut |text| match Reference::parse(text) {
            Some(Reference::Conditional { .. }) => find(text),
            _ => None,
        });
        self.conditionals.drain(..).filter(|text| find(text).is_none()).collect()
    }

    /// Whose record it belongs to.
    pub fn belongs(&self) -> Belongs {
        let Some(text) = compartment::patient_of(&self.resource) else {
            return match compartment::is_about_unnamed(&self.resource) {
                true => Belongs::Unnamed,
                false => Belongs::ToNobody,
            };
        };
        match Reference::parse(&text) {
            Some(Reference::Relative { resource_type: "Patient", id, .. }) => Belongs::To(id.to_owned()),
            _ => Belongs::Unknown,
        }
    }

    /// A path within it, as a refusal names it.
    pub fn path(&self, own: &str) -> String {
        path(self.entry, own)
    }
}

/// `Patient.birthDate` of a Bundle's fourth entry is `Bundle.entry[3].resource.birthDate`.
pub fn path(entry: Option<usize>, own: &str) -> String {
    let Some(entry) = entry else { return own.to_owned() };
    let within = own.split_once('.').map_or(String::new(), |(_, rest)| format!(".{rest}"));
    format!("Bundle.entry[{entry}].resource{within}")
}

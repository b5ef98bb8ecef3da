//! Clinical notes inside the sample (base64 attachments): of each only those phrases stay that
//! stand in the notes of many patients, so that no name, place or rare history is left.

use std::collections::{HashMap, HashSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// A phrase of fewer patients is dropped.
const MANY_PATIENTS: usize = 10;

#[derive(Default)]
pub struct Notes {
    notes: Vec<String>,
    patients: HashMap<String, HashSet<String>>,
}

impl Notes {
    /// Takes the attachments of a resource, leaving them empty.
    pub fn take_from(&mut self, resource: &mut Value) {
        let patient = resource["subject"]["reference"].to_string();
        self.take(resource, &patient);
    }

    fn take(&mut self, value: &mut Value, patient: &str) {
        match value {
            Value::Object(members) => {
                for (name, value) in members.iter_mut() {
                    match value {
                        Value::String(text) if name == "data" => {
                            let note = STANDARD.decode(&*text).ok();
                            if let Some(note) = note.and_then(|note| String::from_utf8(note).ok()) {
                                self.add(note, patient);
                            }
                            text.clear();
                        }
                        _ => self.take(value, patient),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.take(item, patient)),
            _ => {}
        }
    }

    fn add(&mut self, note: String, patient: &str) {
        for phrase in phrases(&note) {
            let known = self.patients.entry(phrase.to_owned()).or_default();
            if known.len() < MANY_PATIENTS {
                known.insert(patient.to_owned());
            }
        }
        self.notes.push(note);
    }

    /// The notes, each as its common phrases.
    pub fn into_common(self) -> impl Iterator<Item = Vec<String>> {
        let common: HashSet<String> = self
            .patients
            .into_iter()
            .filter(|(_, patients)| patients.len() >= MANY_PATIENTS)
            .map(|(phrase, _)| phrase)
            .collect();
        self.notes.into_iter().map(move |note| {
            phrases(&note).filter(|phrase| common.contains(*phrase)).map(str::to_owned).collect()
        })
    }
}

fn phrases(note: &str) -> impl Iterator<Item = &str> {
    note.split_inclusive(['\n', ',', ';', '.'])
}

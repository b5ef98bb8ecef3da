//! A code with its system, and the FHIR CodeableConcept made of it.

use serde_json::{Value, json};

pub const SNOMED: &str = "http://snomed.info/sct";
pub const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
pub const LOINC: &str = "http://loinc.org";
pub const CVX: &str = "http://hl7.org/fhir/sid/cvx";

/// A code and its words; without a code only the words go into the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    pub system: &'static str,
    pub code: &'static str,
    pub words: &'static str,
}

impl Code {
    pub const fn snomed(code: &'static str, words: &'static str) -> Code {
        Code { system: SNOMED, code, words }
    }

    pub const fn rxnorm(code: &'static str, words: &'static str) -> Code {
        Code { system: RXNORM, code, words }
    }

    pub const fn loinc(code: &'static str, words: &'static str) -> Code {
        Code { system: LOINC, code, words }
    }

    pub const fn cvx(code: &'static str, words: &'static str) -> Code {
        Code { system: CVX, code, words }
    }

    pub const fn words_only(words: &'static str) -> Code {
        Code { system: "", code: "", words }
    }

    pub fn concept(&self) -> Value {
        if self.code.is_empty() {
            return json!({ "text": self.words });
        }
        json!({
            "coding": [{ "system": self.system, "code": self.code, "display": self.words }],
            "text": self.words,
        })
    }
}

/// A concept of one code of an HL7 code system.
pub fn hl7(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": format!("http://terminology.hl7.org/CodeSystem/{system}"), "code": code }] })
}

/// `meta` that names a US Core profile.
pub fn us_core(profile: &str) -> Value {
    json!({ "profile": [format!("http://hl7.org/fhir/us/core/StructureDefinition/us-core-{profile}")] })
}

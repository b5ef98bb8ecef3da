//! What a CodeableConcept says: words to show and a key to compare by.

use crate::plain;
use serde_json::Value;

/// A code with its system; two things with one key are the same thing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CodeKey {
    pub system: Option<String>,
    /// The code; without one, the folded words.
    pub code: String,
}

/// What the record calls a thing, and the key under which the words table may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub words: String,
    pub key: Option<CodeKey>,
}

/// HL7 table 0136: the answers `Y` and `N`.
pub(super) const YES_OR_NO: &str = "http://terminology.hl7.org/CodeSystem/v2-0136";

/// The systems whose codes tell best whether two things are the same.
const PREFERRED: [&str; 4] = [
    "http://loinc.org",
    "http://www.nlm.nih.gov/research/umls/rxnorm",
    "http://hl7.org/fhir/sid/cvx",
    "http://snomed.info/sct",
];

/// The words of a concept, plain: its text, else a coding's display, else a code.
pub fn words(concept: &Value) -> Option<String> {
    let given = text(concept, "text").or_else(|| codings(concept).find_map(|c| text(c, "display")));
    let given = given.or_else(|| codings(concept).find_map(|c| text(c, "code")));
    given.map(|display| plain::clean(display).into_owned())
}

/// The key of a concept: a coding of a well-known system first, any coding next, its words last.
pub fn key(concept: &Value) -> Option<CodeKey> {
    let of_system = |system: &&str| codings(concept).find(|c| text(c, "system") == Some(*system));
    let preferred = PREFERRED.iter().find_map(of_system).filter(|c| text(c, "code").is_some());
    let coding = preferred.or_else(|| codings(concept).find(|c| text(c, "code").is_some()));
    let from_coding = coding.and_then(|coding| {
        Some(CodeKey {
            system: text(coding, "system").map(str::to_owned),
            code: text(coding, "code")?.to_owned(),
        })
    });
    from_coding.or_else(|| Some(CodeKey { system: None, code: words(concept)?.to_lowercase() }))
}

/// The words of a concept with its key.
pub fn named(concept: &Value) -> Option<Named> {
    Some(Named { words: words(concept)?, key: key(concept) })
}

impl Named {
    /// Words that were written freely.
    pub(super) fn only(words: impl Into<String>) -> Named {
        Named { words: words.into(), key: None }
    }

    /// What a Reference shows of what it refers to.
    pub(super) fn shown(reference: &Value) -> Option<Named> {
        text(reference, "display").map(|display| Named::only(plain::clean(display)))
    }
}

impl CodeKey {
    /// For the small print: "LOINC 2823-3"; nothing where there is no code.
    pub fn label(&self) -> Option<String> {
        let system = self.system.as_deref()?;
        Some(format!("{} {}", self.system_name().unwrap_or(system), self.code))
    }

    /// What people call the code system; nothing for one that is not well known.
    pub fn system_name(&self) -> Option<&'static str> {
        Some(match self.system.as_deref()? {
            "http://loinc.org" => "LOINC",
            "http://www.nlm.nih.gov/research/umls/rxnorm" => "RxNorm",
            "http://hl7.org/fhir/sid/cvx" => "CVX",
            "http://snomed.info/sct" => "SNOMED CT",
            "http://hl7.org/fhir/sid/icd-10-cm" => "ICD-10-CM",
            "https://nahdo.org/sopt" => "SOPT",
            YES_OR_NO => "HL7 0136",
            _ => return None,
        })
    }
}

/// The first code of a concept at a member, such as `clinicalStatus`.
pub(super) fn code_at<'a>(resource: &'a Value, member: &str) -> Option<&'a str> {
    codings(resource.get(member)?).find_map(|coding| text(coding, "code"))
}

pub(super) fn words_at(resource: &Value, member: &str) -> Option<String> {
    resource.get(member).and_then(words)
}

pub(super) fn codings(concept: &Value) -> impl Iterator<Item = &Value> {
    items(concept, "coding")
}

pub(super) fn items<'a>(value: &'a Value, member: &str) -> impl Iterator<Item = &'a Value> {
    value.get(member).and_then(Value::as_array).into_iter().flatten()
}

pub(super) fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member).and_then(Value::as_str)
}

/// Who is named at a Reference's display.
pub(super) fn display_at(resource: &Value, member: &str) -> Option<String> {
    text(resource.get(member)?, "display").map(str::to_owned)
}

/// The reference string at a member.
pub(super) fn reference_at(resource: &Value, member: &str) -> Option<String> {
    text(resource.get(member)?, "reference").map(str::to_owned)
}

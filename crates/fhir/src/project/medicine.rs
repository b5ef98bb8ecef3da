//! Medicines: FHIR MedicationRequest. Repeated requests for one drug are one medicine with a history.

use super::chart_date::{self, ChartDate};
use super::coded::{CodeKey, display_at, items, key, reference_at, text, words};
use super::dosage::{self, Dosage};
use domain::language::Language;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use std::cmp::Reverse;

/// One medicine and every time it was prescribed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medicine {
    pub name: String,
    pub key: Option<CodeKey>,
    /// Whether any of its prescriptions is active.
    pub is_active: bool,
    /// Newest first; never empty.
    pub history: Vec<Prescription>,
}

/// One MedicationRequest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prescription {
    /// Which of the resources handed in.
    pub index: usize,
    /// `active`, `on-hold`, `cancelled`, `completed`, `stopped`, `unknown`.
    pub status: String,
    pub written: Option<ChartDate>,
    pub dosages: Vec<Dosage>,
    /// The prescriber's name.
    pub prescriber: Option<String>,
    pub prescriber_reference: Option<String>,
    /// What it is for, where the request says so in words.
    pub reasons: Vec<String>,
    /// Reported by the patient or another source rather than prescribed here.
    pub is_reported: bool,
}

impl Medicine {
    /// The newest active prescription, else the newest.
    pub fn current(&self) -> Option<&Prescription> {
        self.history.iter().find(|one| one.status == "active").or(self.history.first())
    }

    /// How to take it now, in the reader's language.
    pub fn dosage_text(&self, language: Language) -> Option<String> {
        let told = |dosage: &Dosage| dosage.in_language(language);
        let texts: Vec<_> = self.current()?.dosages.iter().filter_map(told).collect();
        (!texts.is_empty()).then(|| texts.join("; "))
    }

    pub fn first(&self) -> Option<&ChartDate> {
        self.history.iter().filter_map(|one| one.written.as_ref()).next_back()
    }

    pub fn last(&self) -> Option<&ChartDate> {
        self.history.iter().find_map(|one| one.written.as_ref())
    }
}

/// Groups MedicationRequests by drug: active ones first, then the newest. `lookup` finds the Medication of a
/// reference string. Drafts, proposals and what was entered in error are left out.
pub fn project<'a>(
    requests: &[&'a Value],
    lookup: &dyn Fn(&str) -> Option<&'a Value>,
    zone: &TimeZone,
) -> Vec<Medicine> {
    let mut medicines: Vec<Medicine> = Vec::new();
    for (index, request) in requests.iter().enumerate() {
        if matches!(text(request, "status"), Some("draft" | "entered-in-error"))
            || text(request, "intent") == Some("proposal")
        {
            continue;
        }
        let Some((name, key)) = drug(request, lookup) else { continue };
        let prescription = prescription(index, request, zone);
        match medicines.iter_mut().find(|medicine| medicine.key == key) {
            Some(medicine) => medicine.history.push(prescription),
            None => medicines.push(Medicine { name, key, is_active: false, history: vec![prescription] }),
        }
    }
    for medicine in &mut medicines {
        medicine.history.sort_by_key(|one| Reverse(one.starts_at()));
        medicine.is_active = medicine.history.iter().any(|one| one.status == "active");
    }
    let newest = |medicine: &Medicine| medicine.history.first().map(Prescription::starts_at);
    medicines.sort_by_key(|medicine| (!medicine.is_active, Reverse(newest(medicine))));
    medicines
}

impl Prescription {
    fn starts_at(&self) -> Option<Timestamp> {
        self.written.as_ref().map(|date| date.starts_at)
    }
}

/// Name and key of the drug: coded in the request, contained, referred to, or only displayed.
fn drug<'a>(
    request: &'a Value,
    lookup: &dyn Fn(&str) -> Option<&'a Value>,
) -> Option<(String, Option<CodeKey>)> {
    if let Some(concept) = request.get("medicationCodeableConcept") {
        return Some((words(concept)?, key(concept)));
    }
    let reference = request.get("medicationReference")?;
    let target = text(reference, "reference").and_then(|target| match target.strip_prefix('#') {
        Some(id) => items(request, "contained").find(|inner| text(inner, "id") == Some(id)),
        None => lookup(target),
    });
    if let Some(code) = target.and_then(|medication| medication.get("code")) {
        return Some((words(code)?, key(code)));
    }
    let shown = words_of_display(reference)?;
    let key = CodeKey { system: None, code: shown.to_lowercase() };
    Some((shown, Some(key)))
}

fn words_of_display(reference: &Value) -> Option<String> {
    text(reference, "display").map(|display| crate::plain::clean(display).into_owned())
}

fn prescription(index: usize, request: &Value, zone: &TimeZone) -> Prescription {
    Prescription {
        index,
        status: text(request, "status").unwrap_or("unknown").to_owned(),
        written: chart_date::at(request, "authoredOn", zone),
        dosages: items(request, "dosageInstruction").map(dosage::project).collect(),
        prescriber: display_at(request, "requester"),
        prescriber_reference: reference_at(request, "requester"),
        reasons: items(request, "reasonCode").filter_map(words).collect(),
        is_reported: request.get("reportedBoolean") == Some(&Value::Bool(true))
            || request.get("reportedReference").is_some(),
    }
}

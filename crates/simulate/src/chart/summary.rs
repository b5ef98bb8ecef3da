//! DocumentReference (US Core): what a patient takes home from a visit, in the patient's language. Its
//! facts are those of the chart, under the names that the chart's pages use.

use super::agreed::Both;
use super::codes::{Code, us_core};
use super::people::practitioner_reference;
use super::place::{ORGANISATION, reference};
use super::{Chart, Visited};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use fhir::plain;
use fhir::project::coded;
use fhir::project::result;
use jiff::SignedDuration;
use serde_json::{Value, json};

/// So long after the visit its summary is written.
const WRITTEN: SignedDuration = SignedDuration::from_mins(10);

const INSTRUCTIONS: Code = Code::loinc("69730-0", "Instructions");

const REASON: Both = ("Reason for the visit", "Motivo de la visita");
const CHECK_UP: Both = ("Check-up", "Chequeo general");
const MEASURED: Both = ("What was measured", "Lo que se midió");
const DONE: Both = ("What was done", "Lo que se hizo");
const VACCINES: Both = ("Vaccines given", "Vacunas aplicadas");
const MEDICINES: Both = ("Medicines prescribed", "Medicinas recetadas");
const TESTS: Both = ("Tests taken", "Exámenes tomados");
const TESTS_COME: Both = (
    "The results come into this record as soon as the lab sends them.",
    "Los resultados llegan a este expediente en cuanto el laboratorio los manda.",
);
const AGREED: Both = ("What we agreed on", "Lo que acordamos");
const QUESTIONS: Both = ("Questions", "Preguntas");

impl Chart<'_> {
    /// A summary for each visit.
    pub(super) fn summaries(&mut self) {
        for visit in self.visits.clone() {
            let text = self.summary(&visit);
            let written = visit.ends.checked_add(WRITTEN).unwrap_or(visit.ends);
            let resource = json!({
                "resourceType": "DocumentReference",
                "id": self.id(&format!("summary/{}", visit.id)),
                "meta": us_core("documentreference"),
                "status": "current",
                "type": INSTRUCTIONS.concept(),
                "category": [{ "coding": [{
                    "system": "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category",
                    "code": "clinical-note",
                }] }],
                "subject": self.subject(),
                "date": self.days.text(written),
                "author": [practitioner_reference(self.seed, visit.clinician)],
                "custodian": reference(self.seed, ORGANISATION),
                "content": [{ "attachment": {
                    "contentType": "text/plain; charset=utf-8",
                    "language": self.patient.language.tag(),
                    "data": BASE64_STANDARD.encode(text),
                } }],
                "context": { "encounter": [visit.reference()] },
            });
            self.add(written, resource);
        }
    }

    fn summary(&self, visit: &Visited) -> String {
        let mut text = String::new();
        let reasons: Vec<String> = visit.reasons.iter().map(|code| self.name(&code.concept())).collect();
        let reasons = if reasons.is_empty() { vec![self.own(CHECK_UP).to_owned()] } else { reasons };
        self.part(&mut text, REASON, &reasons);
        let of_visit = self.of_visit(visit);
        let is = |resource: &Value, kind: &str| resource["resourceType"] == kind;
        let of_kind = |kind: &str, member: &str| -> Vec<String> {
            let all = of_visit.iter().filter(|resource| is(resource, kind));
            all.map(|resource| self.name(&resource[member])).collect()
        };
        let (tests, vitals): (Vec<&Value>, Vec<&Value>) = of_visit
            .iter()
            .filter(|resource| is(resource, "Observation"))
            .partition(|resource| resource.get("issued").is_some());
        let measured: Vec<String> = vitals.into_iter().filter_map(|vital| self.measured(vital)).collect();
        self.part(&mut text, MEASURED, &measured);
        self.part(&mut text, DONE, &of_kind("Procedure", "code"));
        self.part(&mut text, VACCINES, &of_kind("Immunization", "vaccineCode"));
        let prescribed = of_visit.iter().filter(|resource| is(resource, "MedicationRequest"));
        let prescribed: Vec<String> = prescribed.map(|request| self.prescribed(request)).collect();
        self.part(&mut text, MEDICINES, &prescribed);
        let tests: Vec<String> = tests.into_iter().map(|test| self.name(&test["code"])).collect();
        self.part(&mut text, TESTS, &tests);
        if !tests.is_empty() {
            text.push_str(&format!("\n{}\n", self.own(TESTS_COME)));
        }
        let agreed: Vec<String> = visit.agreed.iter().map(|line| (*line).to_owned()).collect();
        self.part(&mut text, AGREED, &agreed);
        text.push_str(&format!("\n# {}\n{}\n", self.own(QUESTIONS), self.whom_to_ask(visit)));
        text
    }

    /// A heading with its list; nothing where there is nothing to list.
    fn part(&self, text: &mut String, heading: Both, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        text.push_str(&format!("\n# {}\n", self.own(heading)));
        for line in lines {
            text.push_str(&format!("- {line}\n"));
        }
    }

    /// What the chart's pages call it in the patient's language.
    fn name(&self, concept: &Value) -> String {
        let known = coded::key(concept).and_then(|key| plain::words(&key, self.patient.language));
        known.map_or_else(|| coded::words(concept).unwrap_or_default(), |words| words.name.to_owned())
    }

    fn measured(&self, vital: &Value) -> Option<String> {
        let found = result::project(vital, &self.days.zone)?;
        Some(format!("{}: {}", self.name(&vital["code"]), found.value_text(self.patient.language)))
    }

    fn prescribed(&self, request: &Value) -> String {
        let how = request.pointer("/dosageInstruction/0/text").and_then(Value::as_str).unwrap_or_default();
        format!("{}. {how}", self.name(&request["medicationCodeableConcept"]))
    }

    fn whom_to_ask(&self, visit: &Visited) -> String {
        let key = crate::cast::pool_of(visit.clinician);
        let pools = crate::cast::pools();
        let label = pools.iter().find(|pool| pool.key == key).map(|pool| pool.label.clone());
        let label = label.map(|label| self.own((label.en, label.es))).unwrap_or_default();
        let phone = crate::clinic::PHONE;
        self.own((
            format!("Write to {label} on these pages, or call {phone}."),
            format!("Escriba a {label} en estas páginas, o llame al {phone}."),
        ))
    }
}

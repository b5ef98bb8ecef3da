//! Random words, one for each field that describes a person, and a record that is full of them.

use ring::rand::{SecureRandom, SystemRandom};
use serde_json::{Value, json};

/// What was planted, with the field that it stands in.
#[derive(Default)]
pub struct Planted(Vec<(String, &'static str)>);

impl Planted {
    /// A new word of twelve letters.
    pub fn word(&mut self, field: &'static str) -> String {
        let word = random(12).into_iter().map(|byte| char::from(b'a' + byte % 26)).collect();
        self.keep(field, word)
    }

    /// A new number of ten digits.
    pub fn digits(&mut self, field: &'static str) -> String {
        let digits = random(10).into_iter().map(|byte| char::from(b'1' + byte % 9)).collect();
        self.keep(field, digits)
    }

    /// A day on which nothing else in a test happens.
    pub fn birth_date(&mut self) -> String {
        let [year, month, day] = random(3)[..] else { unreachable!() };
        self.keep("birth date", format!("19{}-{:02}-{:02}", 10 + year % 40, 1 + month % 12, 1 + day % 28))
    }

    /// Something that the program itself has made up.
    pub fn keep(&mut self, field: &'static str, text: String) -> String {
        self.0.push((text.clone(), field));
        text
    }

    pub fn words(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(word, _)| word)
    }

    pub fn field(&self, word: &str) -> &'static str {
        self.0.iter().find(|(planted, _)| planted == word).map_or("sample", |(_, field)| field)
    }
}

fn random(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    SystemRandom::new().fill(&mut bytes).unwrap();
    bytes
}

/// The patient of a planted record, as others refer to it.
pub const PATIENT: &str = "urn:uuid:7d1c0000-0000-4000-8000-000000000001";

/// A patient whose every field is a planted word.
pub fn patient(planted: &mut Planted, birth_date: &str, mrn: &str) -> Value {
    let phone = planted.digits("phone");
    planted.keep("phone as it is written", format!("({}) {}-{}", &phone[..3], &phone[3..6], &phone[6..]));
    let mailbox = planted.word("e-mail");
    // Some sites name their resources after the record number.
    let id = planted.word("id at the source");
    json!({
        "resourceType": "Patient",
        "id": id,
        "identifier": [{
            "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]},
            "system": "urn:example:records", "value": mrn,
        }, {"system": "http://hl7.org/fhir/sid/us-ssn", "value": planted.digits("social security number")}],
        "name": [
            {"use": "official", "family": planted.word("family name"), "given": [planted.word("given name")]},
            {"use": "maiden", "family": planted.word("maiden name"), "given": [planted.word("former name")]},
        ],
        "telecom": [
            {"system": "phone", "value": format!("({}) {}-{}", &phone[..3], &phone[3..6], &phone[6..])},
            {"system": "email", "value": format!("{mailbox}@example.org")},
        ],
        "gender": "female",
        "birthDate": birth_date,
        "address": [{"line": [planted.word("street")], "city": planted.word("city"), "postalCode": planted.digits("postal code")}],
        "communication": [{"language": {"text": planted.word("language")}}],
        "contact": [{"name": {"text": planted.word("contact")}}],
    })
}

/// Resources about the patient: a result, a diagnosis, a medicine, an allergy, a note.
pub fn record(planted: &mut Planted) -> Vec<Value> {
    let subject = json!({"reference": PATIENT});
    let concept = |text: String| json!({"text": text});
    let note = planted.word("document");
    vec![
        json!({"resourceType": "Observation", "id": "7d1c0000-0000-4000-8000-000000000002", "status": "final",
            "code": concept(planted.word("result's name")), "subject": subject,
            "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}],
            "effectiveDateTime": "2024-03-05T10:00:00Z", "valueString": planted.word("result"),
            "note": [{"text": planted.word("result's note")}]}),
        json!({"resourceType": "Condition", "id": "7d1c0000-0000-4000-8000-000000000003",
            "code": concept(planted.word("diagnosis")), "subject": subject, "recordedDate": "2023-01-01"}),
        json!({"resourceType": "MedicationRequest", "id": "7d1c0000-0000-4000-8000-000000000004", "status": "active",
            "intent": "order", "medicationCodeableConcept": concept(planted.word("medicine")), "subject": subject,
            "authoredOn": "2023-01-02", "dosageInstruction": [{"text": planted.word("dosage")}]}),
        json!({"resourceType": "AllergyIntolerance", "id": "7d1c0000-0000-4000-8000-000000000005",
            "code": concept(planted.word("allergy")), "patient": subject}),
        json!({"resourceType": "DocumentReference", "id": "7d1c0000-0000-4000-8000-000000000006", "status": "current",
            "subject": subject, "description": planted.word("document's title"),
            "content": [{"attachment": {"contentType": "text/plain", "data": super::base64_whole(note.as_bytes())}}]}),
    ]
}

/// As a file of one bundle, which an import reads.
pub fn bundle(resources: &[Value]) -> String {
    let entry = |resource: &Value| {
        let id = resource["id"].as_str().unwrap();
        let url =
            if resource["resourceType"] == "Patient" { PATIENT.to_owned() } else { format!("urn:uuid:{id}") };
        json!({"fullUrl": url, "resource": resource,
               "request": {"method": "POST", "url": resource["resourceType"]}})
    };
    let entries: Vec<Value> = resources.iter().map(entry).collect();
    json!({"resourceType": "Bundle", "type": "transaction", "entry": entries}).to_string()
}

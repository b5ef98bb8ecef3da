//! What resources say for each search parameter, and whose they are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod sample;

use fhir::compartment::patient_of;
use fhir::search::{IndexValue, extract};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

/// The values of one parameter as short texts.
fn values(resource: &Value, param: &str) -> Vec<String> {
    let all = extract(resource, &TimeZone::UTC);
    let own = all.iter().filter(|indexed| indexed.param == param);
    own.map(|indexed| match &indexed.value {
        IndexValue::Token { system, code } => format!("{}|{}", system.unwrap_or(""), code.unwrap_or("")),
        IndexValue::Reference { resource_type, id } => format!("{resource_type}/{id}"),
        IndexValue::ReferenceUrl(url) | IndexValue::Uri(url) => format!("<{url}>"),
        IndexValue::Str(text) => (*text).to_owned(),
        IndexValue::Date { lo_micros, hi_micros } => format!("{lo_micros}..{hi_micros}"),
        IndexValue::Quantity { value, code, .. } => format!("{value} {}", code.unwrap_or("")),
    })
    .collect()
}

fn patient() -> Value {
    json!({
        "resourceType": "Patient", "id": "rosa",
        "meta": {"lastUpdated": "1970-01-01T00:00:00Z", "profile": ["http://p"]},
        "identifier": [{"system": "http://mrn", "value": "7"}],
        "name": [{"family": "Ruiz", "given": ["Rosa", "María"], "prefix": ["Dr."]}],
        "telecom": [{"system": "phone", "value": "555"}, {"system": "email", "value": "r@example.org"}],
        "birthDate": "1970-01",
        "deceasedBoolean": false,
        "address": [{"line": ["1 Main"], "city": "Boston", "postalCode": "02101"}],
        "generalPractitioner": [{"reference": "Practitioner/9"}, {"reference": "#gone"}]
    })
}

#[test]
fn a_patient_is_found_by_name_number_day_and_doctor() {
    let patient = patient();
    assert_eq!(values(&patient, "_id"), ["|rosa"]);
    assert_eq!(values(&patient, "_profile"), ["<http://p>"]);
    assert_eq!(values(&patient, "_lastUpdated"), ["0..1000000"]);
    assert_eq!(values(&patient, "identifier"), ["http://mrn|7"]);
    assert_eq!(values(&patient, "name"), ["Ruiz", "Rosa", "María", "Dr."]);
    assert_eq!(values(&patient, "given"), ["Rosa", "María"]);
    assert_eq!(values(&patient, "email"), ["|r@example.org"]);
    assert_eq!(values(&patient, "telecom"), ["|555", "|r@example.org"]);
    assert_eq!(values(&patient, "birthdate"), ["0..2678400000000"]);
    assert_eq!(values(&patient, "deceased"), ["|false"]);
    assert_eq!(values(&patient, "address"), ["1 Main", "Boston", "02101"]);
    assert_eq!(values(&patient, "general-practitioner"), ["Practitioner/9"]);
    let dead = json!({"resourceType": "Patient", "deceasedDateTime": "1970"});
    assert_eq!(values(&dead, "deceased"), ["|true"]);
    assert_eq!(values(&dead, "death-date"), ["0..31536000000000"]);
}

#[test]
fn a_result_is_found_by_code_value_and_time() {
    let pressure = json!({
        "resourceType": "Observation",
        "subject": {"reference": "Patient/rosa"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "85354-9"}, {"code": "bp"}]},
        "effectivePeriod": {"start": "1970-01-01T00:00:01Z"},
        "component": [{"code": {"coding": [{"code": "s"}]}, "valueQuantity": {"value": 120.00, "code": "mm[Hg]"}}]
    });
    assert_eq!(values(&pressure, "code"), ["http://loinc.org|85354-9", "|bp"]);
    assert_eq!(values(&pressure, "combo-code"), ["http://loinc.org|85354-9", "|bp", "|s"]);
    assert_eq!(values(&pressure, "combo-value-quantity"), ["120.0 mm[Hg]"]);
    assert!(values(&pressure, "value-quantity").is_empty());
    assert_eq!(values(&pressure, "date"), [format!("1000000..{}", i64::MAX)]);
    assert_eq!(values(&pressure, "patient"), ["Patient/rosa"]);
    let written: Value = serde_json::from_str(
        r#"{"resourceType": "Observation", "valueQuantity": {"value": 7.40, "unit": "pH"}}"#,
    )
    .unwrap();
    assert_eq!(values(&written, "value-quantity"), ["7.40 "]);
}

#[test]
fn choices_and_filters_are_followed() {
    let condition = json!({"resourceType": "Condition", "onsetAge": {"value": 40, "code": "a"}, "abatementString": "gone"});
    assert_eq!(values(&condition, "onset-age"), ["40 a"]);
    assert_eq!(values(&condition, "abatement-string"), ["gone"]);
    assert!(values(&condition, "onset-date").is_empty());
    let of_group = json!({"resourceType": "Observation", "subject": {"reference": "Group/1"}});
    assert_eq!((values(&of_group, "subject").len(), values(&of_group, "patient").len()), (1, 0));
    let composed = json!({"resourceType": "Library", "relatedArtifact": [
        {"type": "composed-of", "resource": "http://a"}, {"type": "depends-on", "resource": "http://b"}]});
    assert_eq!(values(&composed, "composed-of"), ["<http://a>"]);
    let document = json!({"resourceType": "Bundle", "entry": [
        {"resource": {"resourceType": "Composition", "id": "c"}}, {"resource": {"resourceType": "Patient", "id": "p"}}]});
    assert_eq!(values(&document, "composition"), ["Composition/c"]);
    let schedule = json!({"resourceType": "ServiceRequest", "occurrenceTiming": {"event": ["1970-01-02", "1970-01-01"]}});
    assert_eq!(values(&schedule, "occurrence"), ["0..172800000000"]);
}

#[test]
fn a_day_is_read_in_the_clinics_zone() {
    let zone = TimeZone::fixed(jiff::tz::offset(-5));
    let condition = json!({"resourceType": "Condition", "recordedDate": "1970-01-01"});
    let all = extract(&condition, &zone);
    let hour = 3_600_000_000;
    assert_eq!(all[0].value, IndexValue::Date { lo_micros: 5 * hour, hi_micros: 29 * hour });
}

#[test]
fn a_resource_belongs_to_the_patient_it_is_about() {
    let of = |resource: Value| patient_of(&resource).map(|patient| patient.into_owned());
    let reference = |text: &str| json!({"reference": text});
    assert_eq!(of(patient()).as_deref(), Some("Patient/rosa"));
    let performed = json!({"resourceType": "Observation", "subject": reference("Device/1"), "performer": [reference("Patient/2")]});
    assert_eq!(of(performed).as_deref(), Some("Patient/2"));
    let insured = json!({"resourceType": "Coverage", "policyHolder": reference("Patient/mother"), "beneficiary": reference("Patient/child")});
    assert_eq!(of(insured).as_deref(), Some("Patient/child"));
    let urn = "urn:uuid:c757873d-ec9a-4326-a141-556f43239520";
    assert_eq!(of(json!({"resourceType": "Condition", "subject": reference(urn)})).as_deref(), Some(urn));
    assert_eq!(of(json!({"resourceType": "Condition", "asserter": reference(urn)})), None);
    let versioned = json!({"resourceType": "Goal", "subject": reference("Patient/1/_history/4")});
    assert_eq!(of(versioned).as_deref(), Some("Patient/1"));
    let group = json!({"resourceType": "Group", "member": [{"entity": reference("Patient/1")}, {"entity": reference("Patient/2")}]});
    assert_eq!(of(group), None);
    assert_eq!(of(json!({"resourceType": "Medication", "id": "m"})), None);
}

#[test]
fn every_synthea_resource_about_a_patient_finds_its_patient() {
    for name in sample::types() {
        let shared = ["Location", "Medication", "Organization", "Practitioner", "PractitionerRole"];
        let is_shared = shared.contains(&name.as_str());
        for resource in sample::bulk(&name).take(300) {
            let patient = patient_of(&resource);
            let is_found = patient.is_some_and(|reference| reference.starts_with("Patient/"));
            assert_eq!(is_found, !is_shared, "{name} {}", resource["id"]);
            assert!(!extract(&resource, &TimeZone::UTC).is_empty());
        }
    }
}

//! The check passes every real resource and finds what is wrong, where it is wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod sample;

use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn every_synthea_resource_passes() {
    let mut count = 0;
    for name in sample::types() {
        for resource in sample::bulk(&name) {
            count += 1;
            if let Err(problems) = fhir::check::resource(&resource) {
                panic!("{name}/{}: {}", resource["id"], problems[0]);
            }
        }
    }
    assert_eq!(count, 92_114);
}

#[test]
fn transaction_bundles_pass_as_they_are_sent() {
    for bundle in sample::bundles().take(5) {
        assert_eq!(fhir::check::resource(&bundle), Ok(()));
    }
}

fn patient() -> Value {
    json!({
        "resourceType": "Patient",
        "id": "rosa",
        "contained": [{"resourceType": "Organization", "id": "o1", "name": "Clinic"}],
        "extension": [{"url": "http://e", "extension": [{"url": "text", "valueString": "x"}]}],
        "name": [{"use": "official", "family": "Ruiz", "given": ["Rosa", null], "_given": [null, {"id": "g"}]}],
        "_birthDate": {"extension": [{"url": "http://e", "valueCode": "unknown"}]},
        "gender": "female",
        "deceasedBoolean": false,
        "managingOrganization": {"reference": "#o1"},
        "generalPractitioner": [{"reference": "Practitioner?identifier=http://npi|1"}],
        "link": [{"other": {"reference": "urn:uuid:c757873d-ec9a-4326-a141-556f43239520"}, "type": "refer"}]
    })
}

fn observation() -> Value {
    json!({
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "85354-9"}]},
        "subject": {"reference": "Patient/rosa"},
        "effectiveDateTime": "2020-02-29T10:00:00Z",
        "component": [
            {"code": {"text": "a"}, "valueQuantity": {"value": 120.0, "unit": "mmHg"}},
            {"code": {"text": "b"}, "valueQuantity": {"value": 80}},
        ]
    })
}

/// Sets the member at a JSON pointer, or removes it when the value is null at the end of a `-` pointer.
fn with(mut resource: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let object = resource.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}"));
    match name.parse::<usize>() {
        Ok(index) => object[index] = value,
        Err(_) => object[name] = value,
    }
    resource
}

fn without(mut resource: Value, pointer: &str) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    resource.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name).unwrap();
    resource
}

#[track_caller]
fn refused(resource: Value, paths: &[&str]) {
    let problems = fhir::check::resource(&resource).expect_err("must be refused");
    let found: Vec<_> = problems.iter().map(|p| p.path.as_str()).collect();
    assert_eq!(found, paths, "{problems:?}");
}

#[test]
fn good_ones_pass() {
    assert_eq!(fhir::check::resource(&patient()), Ok(()));
    assert_eq!(fhir::check::resource(&observation()), Ok(()));
}

#[test]
fn wrong_primitives_are_found() {
    let cases = [
        ("/birthDate", json!("garbage")),
        ("/birthDate", json!("2021-02-30")),
        ("/birthDate", json!(1980)),
        ("/birthDate", json!(null)),
        ("/birthDate", json!("2021-02-01T10:00:00Z")),
        ("/id", json!("not an id")),
        ("/language", json!("")),
        ("/active", json!("true")),
        ("/gender", json!("F")),
        ("/multipleBirthInteger", json!(1.5)),
        ("/implicitRules", json!("a b")),
    ];
    for (pointer, value) in cases {
        refused(with(patient(), pointer, value), &[&pointer.replace('/', "Patient.")]);
    }
    let deep = with(observation(), "/component/1/valueQuantity/value", json!("80"));
    refused(deep, &["Observation.component[1].valueQuantity.value"]);
    let stamped = with(patient(), "/meta", json!({"lastUpdated": "2020-01-01"}));
    refused(stamped, &["Patient.meta.lastUpdated"]);
}

#[test]
fn wrong_cardinality_is_found() {
    refused(without(observation(), "/status"), &["Observation.status"]);
    refused(without(observation(), "/component/0/code"), &["Observation.component[0].code"]);
    refused(with(observation(), "/status", json!(["final"])), &["Observation.status"]);
    refused(with(observation(), "/category", json!({"text": "a"})), &["Observation.category"]);
    refused(with(observation(), "/category", json!([])), &["Observation.category"]);
    refused(with(observation(), "/category", json!([{}])), &["Observation.category[0]"]);
    refused(with(observation(), "/category", json!([null])), &["Observation.category[0]"]);
    refused(with(observation(), "/subject", json!({"id": "x"})), &["Observation.subject"]);
    refused(with(observation(), "/code", json!("text")), &["Observation.code"]);
}

#[test]
fn unknown_members_are_found() {
    refused(with(patient(), "/nickname", json!("R")), &["Patient.nickname"]);
    refused(with(patient(), "/deceased", json!(true)), &["Patient.deceased"]);
    refused(with(patient(), "/name/0/first", json!("R")), &["Patient.name[0].first"]);
    refused(with(patient(), "/name/0/resourceType", json!("HumanName")), &["Patient.name[0].resourceType"]);
    refused(json!({"resourceType": "Patent"}), &["Resource.resourceType"]);
    refused(json!({"resourceType": "DomainResource"}), &["Resource.resourceType"]);
    refused(json!([]), &["Resource"]);
}

#[test]
fn one_choice_may_be_taken() {
    refused(with(patient(), "/deceasedDateTime", json!("2020")), &["Patient.deceasedDateTime"]);
    let beside = json!({"extension": [{"url": "http://e", "valueCode": "x"}]});
    assert_eq!(fhir::check::resource(&with(patient(), "/_deceasedBoolean", beside.clone())), Ok(()));
    refused(with(patient(), "/_deceasedDateTime", beside), &["Patient.deceasedDateTime"]);
}

#[test]
fn primitive_extensions_stand_beside_their_value() {
    refused(with(patient(), "/_birthDate", json!({})), &["Patient._birthDate"]);
    refused(with(patient(), "/_birthDate", json!("x")), &["Patient._birthDate"]);
    refused(with(patient(), "/_name", json!([{}])), &["Patient._name"]);
    refused(without(patient(), "/name/0/_given"), &["Patient.name[0].given[1]"]);
    let nothing = with(patient(), "/name/0/_given", json!([null, null]));
    refused(nothing, &["Patient.name[0].given[1]", "Patient.name[0]._given[1]"]);
    let only = json!({"extension": [{"url": "http://e", "valueCode": "unknown"}]});
    let absent_with_reason = with(without(observation(), "/status"), "/_status", only);
    assert_eq!(fhir::check::resource(&absent_with_reason), Ok(()));
}

#[test]
fn extensions_have_an_address_and_one_content() {
    let extension = |value| with(patient(), "/extension/0", value);
    refused(extension(json!({"valueString": "x"})), &["Patient.extension[0].url"]);
    refused(extension(json!({"url": "http://e"})), &["Patient.extension[0]"]);
    let both =
        json!({"url": "http://e", "valueString": "x", "extension": [{"url": "a", "valueString": "y"}]});
    refused(extension(both), &["Patient.extension[0]"]);
    refused(
        extension(json!({"url": "http://e", "value": 1})),
        &["Patient.extension[0].value", "Patient.extension[0]"],
    );
}

#[test]
fn references_point_at_what_may_stand_there() {
    let subject = |text: &str| with(observation(), "/subject/reference", json!(text));
    for good in ["Group/1", "Patient/1/_history/2", "https://example.org/Patient/1", "https://example.org/x"]
    {
        assert_eq!(fhir::check::resource(&subject(good)), Ok(()), "{good}");
    }
    for bad in
        ["Practitioner/1", "Patient", "rosa", "#none", "https://example.org/Practitioner/1", "urn:uuid:1"]
    {
        refused(subject(bad), &["Observation.subject.reference"]);
    }
    refused(with(observation(), "/subject/type", json!("Encounter")), &["Observation.subject.type"]);
    refused(
        with(patient(), "/managingOrganization/reference", json!("#other")),
        &["Patient.managingOrganization.reference"],
    );
    refused(
        with(patient(), "/generalPractitioner/0/reference", json!("#o2")),
        &["Patient.generalPractitioner[0].reference"],
    );
}

#[test]
fn contained_resources_are_checked_and_contain_none() {
    refused(with(patient(), "/contained/0/name", json!(1)), &["Patient.contained[0].name"]);
    let nested = json!([{"resourceType": "Organization", "id": "o2", "name": "x"}]);
    refused(with(patient(), "/contained/0/contained", nested), &["Patient.contained[0].contained"]);
    let nameless = with(patient(), "/contained", json!([{"resourceType": "Organization", "name": "Clinic"}]));
    refused(nameless, &["Patient.contained[0].id", "Patient.managingOrganization.reference"]);
    refused(with(patient(), "/contained", json!([{"id": "o1"}])), &["Patient.contained[0].resourceType"]);
}

#[test]
fn resources_in_bundles_and_parameters_are_checked() {
    let broken = with(patient(), "/birthDate", json!("garbage"));
    let bundle = json!({"resourceType": "Bundle", "type": "batch", "entry": [{"resource": broken}]});
    refused(bundle, &["Bundle.entry[0].resource.birthDate"]);
    let parameters = json!({"resourceType": "Parameters", "parameter": [{"name": "p", "resource": broken}]});
    refused(parameters, &["Parameters.parameter[0].resource.birthDate"]);
}

#[test]
fn what_is_said_quotes_no_value() {
    let resource = with(patient(), "/birthDate", json!("Rosa Ruiz 1980"));
    let resource = with(resource, "/gender", json!("Rosa Ruiz 1980"));
    let problems = fhir::check::resource(&resource).unwrap_err();
    assert_eq!(problems.len(), 2);
    assert!(problems.iter().all(|p| !p.to_string().contains("Rosa")));
}

/// Any small JSON value.
fn anything() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[\\PC#/?:-]{0,12}".prop_map(Value::from),
    ];
    scalar.prop_recursive(3, 12, 3, |inner| {
        let name = prop_oneof![
            Just("reference"),
            Just("_given"),
            Just("extension"),
            Just("resourceType"),
            Just("x")
        ];
        let object = prop::collection::hash_map(name.prop_map(str::to_owned), inner.clone(), 0..3);
        prop_oneof![
            prop::collection::vec(inner, 0..3).prop_map(Value::from),
            object.prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(name, member)| (name.clone(), member)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(i, item)| (i.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    for (name, member) in members {
        all.push(format!("{at}/{name}"));
        pointers(member, &format!("{at}/{name}"), all);
    }
}

proptest! {
    #[test]
    fn nothing_put_anywhere_makes_check_extract_or_projection_panic(junk in anything(), at in any::<prop::sample::Index>()) {
        for original in [patient(), observation()] {
            let mut places = Vec::new();
            pointers(&original, "", &mut places);
            let resource = with(original, &places[at.index(places.len())], junk.clone());
            let _ = fhir::check::resource(&resource);
            let _ = fhir::search::extract(&resource, &jiff::tz::TimeZone::UTC);
            let _ = fhir::compartment::patient_of(&resource);
            let _ = fhir::project::patient::project(&resource, &jiff::tz::TimeZone::UTC);
            let _ = fhir::project::result::project(&resource, &jiff::tz::TimeZone::UTC);
        }
    }
}

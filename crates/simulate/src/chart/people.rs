//! Patient and Practitioner (US Core).

use super::codes::us_core;
use super::place::{ORGANISATION, reference};
use crate::cast::{Ethnicity, PatientMember, Race, StaffMember, staff_member};
use crate::days::Days;
use crate::seed::Seed;
use domain::language::Language;
use serde_json::{Value, json};

/// The system of the clinic's record numbers.
pub const MRN_SYSTEM: &str = "https://riverbend.example/fhir/mrn";

/// The record number, as the clinic writes it.
pub fn mrn(patient: &PatientMember) -> String {
    format!("RB-{:06}", 100_000 + patient.number * 7)
}

/// A reference to a member of staff who stands in the record.
pub fn practitioner_reference(seed: Seed, key: &str) -> Value {
    let name = staff_member(key).map_or("", |member| &member.name);
    json!({ "reference": format!("Practitioner/{}", seed.id(key)), "display": name })
}

/// A Practitioner; `None` for staff without an NPI.
pub fn practitioner(seed: Seed, member: &StaffMember) -> Option<Value> {
    Some(json!({
        "resourceType": "Practitioner",
        "id": seed.id(member.key),
        "meta": us_core("practitioner"),
        "identifier": [{ "system": "http://hl7.org/fhir/sid/us-npi", "value": member.npi.as_ref()? }],
        "active": true,
        "name": [{ "family": member.family, "given": [member.given] }],
        "gender": member.gender,
    }))
}

/// A Patient.
pub fn patient(days: &Days, seed: Seed, of: &PatientMember) -> Value {
    let official = json!({ "use": "official", "family": of.family, "given": [of.given] });
    let mut names = vec![official];
    if let Some(preferred) = &of.preferred {
        names.push(json!({ "use": "nickname", "given": [preferred] }));
    }
    let (language, spoken) = match of.language {
        Language::En => ("en-US", "English"),
        Language::Es => ("es", "Spanish"),
    };
    json!({
        "resourceType": "Patient",
        "id": seed.id(&of.key),
        "meta": us_core("patient"),
        "extension": [race(of.race), ethnicity(of.ethnicity)],
        "identifier": [{
            "use": "usual",
            "type": { "coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR",
                "display": "Medical Record Number",
            }] },
            "system": MRN_SYSTEM,
            "value": mrn(of),
        }],
        "active": true,
        "name": names,
        "telecom": [{ "system": "phone", "value": format!("(555) 010-{:04}", of.number), "use": "mobile" }],
        "gender": of.gender,
        "birthDate": days.born(of.age, of.birthday).to_string(),
        "address": [{ "use": "home", "line": [of.street], "city": "Riverbend", "state": "CA", "postalCode": "95999",
            "country": "US" }],
        "communication": [{
            "language": {
                "coding": [{ "system": "urn:ietf:bcp:47", "code": language, "display": spoken }],
                "text": spoken,
            },
            "preferred": true,
        }],
        "generalPractitioner": [practitioner_reference(seed, of.provider)],
        "managingOrganization": reference(seed, ORGANISATION),
    })
}

fn race(race: Race) -> Value {
    let (code, words) = match race {
        Race::White => ("2106-3", "White"),
        Race::Black => ("2054-5", "Black or African American"),
        Race::Asian => ("2028-9", "Asian"),
        Race::Other => ("2131-1", "Other Race"),
    };
    omb("race", code, words)
}

fn ethnicity(ethnicity: Ethnicity) -> Value {
    let (code, words) = match ethnicity {
        Ethnicity::Hispanic => ("2135-2", "Hispanic or Latino"),
        Ethnicity::NotHispanic => ("2186-5", "Not Hispanic or Latino"),
    };
    omb("ethnicity", code, words)
}

fn omb(what: &str, code: &str, words: &str) -> Value {
    json!({
        "url": format!("http://hl7.org/fhir/us/core/StructureDefinition/us-core-{what}"),
        "extension": [
            { "url": "ombCategory", "valueCoding": {
                "system": "urn:oid:2.16.840.1.113883.6.238", "code": code, "display": words,
            } },
            { "url": "text", "valueString": words },
        ],
    })
}

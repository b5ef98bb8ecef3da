//! Whose record a resource belongs to: the R4 Patient compartment, brought down to one patient.

use crate::reference::Reference;
use crate::search::{Param, each, is_reference_to, param};
use crate::tables::{Names, tables};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

const COMPARTMENT: &str = include_str!("tables/compartment.txt");

/// The parameters that say whom a resource is about. Where there are others (a performer, a payor) these
/// come first, and a reference that does not tell its type (`urn:uuid:`) counts only here.
const ABOUT: [&str; 3] = ["patient", "subject", "beneficiary"];

/// The reference to the patient that a resource belongs to, as it is written, without a version; a Patient's
/// is its own `Patient/id`. Nothing where it belongs to none, or names several (a Group).
pub fn patient_of(resource: &Value) -> Option<Cow<'_, str>> {
    let resource_type = resource.get("resourceType")?.as_str()?;
    if resource_type == "Patient" {
        let id = resource.get("id")?.as_str()?;
        return Some(Cow::Owned(format!("Patient/{id}")));
    }
    let patients = compartment_params(resource_type).iter().map(|param| patients(resource, param));
    let first = { patients }.find(|found| !found.is_empty())?;
    match first.as_slice() {
        [only] => Some(without_version(only)),
        _ => None,
    }
}

/// Whether a resource is about a patient whom it does not name by a reference that leads anywhere: by an identifier
/// or a name alone, or by one contained in it.
pub fn is_about_unnamed(resource: &Value) -> bool {
    let Some(resource_type) = resource.get("resourceType").and_then(Value::as_str) else { return false };
    let mut is_unnamed = false;
    for param in compartment_params(resource_type).iter().filter(|param| ABOUT.contains(&param.name)) {
        for path in &param.paths {
            each(path, resource, &mut |value| {
                let is_patient = is_reference_to("Patient", value, resource).unwrap_or(true);
                let text = value.get("reference").and_then(Value::as_str);
                let leads_nowhere = text.is_none_or(|text| text.starts_with('#'));
                is_unnamed |= value.is_object() && is_patient && leads_nowhere;
            });
        }
    }
    is_unnamed
}

/// Whether resources of a type can belong to a patient at all.
pub fn can_belong_to_patient(resource_type: &str) -> bool {
    resource_type == "Patient" || !compartment_params(resource_type).is_empty()
}

/// The parameters by which a type belongs to a patient, those of `ABOUT` first.
fn compartment_params(resource_type: &str) -> &'static [&'static Param] {
    static BY_TYPE: OnceLock<Names<Vec<&'static Param>>> = OnceLock::new();
    let by_type = BY_TYPE.get_or_init(|| {
        let rows: HashMap<_, _> = COMPARTMENT.lines().filter_map(|line| line.split_once('\t')).collect();
        let names = tables().resource_names();
        // R4 left out Device, Task and others, whose `patient` is as much a patient's.
        let own = names.map(|name| (name, ordered(name, rows.get(name).unwrap_or(&"patient"))));
        Names::new(own.collect())
    });
    by_type.get(resource_type).map(Vec::as_slice).unwrap_or_default()
}

fn ordered(resource_type: &str, list: &str) -> Vec<&'static Param> {
    let mut params: Vec<_> = list.split(',').filter_map(|name| param(resource_type, name)).collect();
    params.sort_by_key(|param| ABOUT.iter().position(|name| *name == param.name).unwrap_or(ABOUT.len()));
    params
}

/// The different patients that a parameter refers to.
fn patients<'a>(resource: &'a Value, param: &Param) -> Vec<&'a str> {
    let mut found = Vec::new();
    for path in &param.paths {
        each(path, resource, &mut |value| {
            let is_about = ABOUT.contains(&param.name);
            let is_patient = is_reference_to("Patient", value, resource).unwrap_or(is_about);
            let Some(text) = value.get("reference").and_then(Value::as_str) else { return };
            if is_patient && !text.starts_with('#') && !found.contains(&text) {
                found.push(text);
            }
        });
    }
    found
}

fn without_version(text: &str) -> Cow<'_, str> {
    match Reference::parse(text) {
        Some(Reference::Relative { resource_type, id, version: Some(_) }) => {
            Cow::Owned(format!("{resource_type}/{id}"))
        }
        _ => Cow::Borrowed(text),
    }
}

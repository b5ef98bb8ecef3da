//! Turns a FHIR value into index values by the kind of parameter (search 3.1.1.4).

use super::params::ParamKind;
use super::value::IndexValue;
use super::when;
use crate::reference::Reference;
use jiff::tz::TimeZone;
use serde_json::Value;

/// Calls `found` with what a value of datatype `leaf` means for a parameter.
pub fn convert<'a>(
    kind: ParamKind,
    leaf: &str,
    value: &'a Value,
    zone: &TimeZone,
    found: &mut dyn FnMut(IndexValue<'a>),
) {
    match kind {
        ParamKind::Token => token(leaf, value, found),
        ParamKind::Reference => reference(leaf, value, found),
        ParamKind::String => string(leaf, value, found),
        ParamKind::Date => when::date(leaf, value, zone, found),
        ParamKind::Quantity | ParamKind::Number => quantity(leaf, value, found),
        ParamKind::Uri => value.as_str().into_iter().for_each(|text| found(IndexValue::Uri(text))),
        ParamKind::Composite | ParamKind::Special => {}
    }
}

fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member).and_then(Value::as_str)
}

fn token<'a>(leaf: &str, value: &'a Value, found: &mut dyn FnMut(IndexValue<'a>)) {
    let mut pair = |system: Option<&'a str>, code: Option<&'a str>| {
        if system.is_some() || code.is_some() {
            found(IndexValue::Token { system, code });
        }
    };
    match (leaf, value) {
        (_, Value::String(code)) => pair(None, Some(code)),
        (_, Value::Bool(is_true)) => pair(None, Some(if *is_true { "true" } else { "false" })),
        ("CodeableConcept", _) => {
            let codings = value.get("coding").and_then(Value::as_array);
            codings.into_iter().flatten().for_each(|c| pair(text(c, "system"), text(c, "code")));
        }
        ("Coding", _) => pair(text(value, "system"), text(value, "code")),
        ("Identifier", _) => pair(text(value, "system"), text(value, "value")),
        ("ContactPoint", _) => pair(None, text(value, "value")),
        _ => {}
    }
}

fn reference<'a>(leaf: &str, value: &'a Value, found: &mut dyn FnMut(IndexValue<'a>)) {
    match (leaf, value) {
        (_, Value::String(url)) => found(IndexValue::ReferenceUrl(url)),
        ("Resource", _) => {
            if let (Some(resource_type), Some(id)) = (text(value, "resourceType"), text(value, "id")) {
                found(IndexValue::Reference { resource_type, id });
            }
        }
        _ => {
            let Some(given) = text(value, "reference") else { return };
            match Reference::parse(given) {
                Some(Reference::Relative { resource_type, id, .. }) => {
                    found(IndexValue::Reference { resource_type, id });
                }
                Some(Reference::Contained(_)) | None => {}
                Some(_) => found(IndexValue::ReferenceUrl(given)),
            }
        }
    }
}

fn string<'a>(leaf: &str, value: &'a Value, found: &mut dyn FnMut(IndexValue<'a>)) {
    let parts: &[&str] = match leaf {
        "HumanName" => &["text", "family", "given", "prefix", "suffix"],
        "Address" => &["text", "line", "city", "district", "state", "postalCode", "country"],
        _ => return value.as_str().into_iter().for_each(|text| found(IndexValue::Str(text))),
    };
    for part in parts.iter().filter_map(|part| value.get(*part)) {
        match part {
            Value::String(one) => found(IndexValue::Str(one)),
            Value::Array(several) => {
                several.iter().filter_map(Value::as_str).for_each(|one| found(IndexValue::Str(one)));
            }
            _ => {}
        }
    }
}

fn quantity<'a>(leaf: &str, value: &'a Value, found: &mut dyn FnMut(IndexValue<'a>)) {
    match (leaf, value) {
        (_, Value::Number(number)) => {
            found(IndexValue::Quantity { value: number.as_str(), system: None, code: None, unit: None });
        }
        ("Range", _) => {
            let ends = ["low", "high"].into_iter().filter_map(|end| value.get(end));
            ends.for_each(|end| quantity("Quantity", end, found));
        }
        _ => {
            let Some(Value::Number(number)) = value.get("value") else { return };
            found(IndexValue::Quantity {
                value: number.as_str(),
                system: text(value, "system"),
                code: text(value, "code").or_else(|| text(value, "currency")),
                unit: text(value, "unit"),
            });
        }
    }
}

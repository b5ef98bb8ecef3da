//! What is read from a resource beside its content: its main moment, its sensitivity, whom a care
//! team or an encounter names, its identifiers.

use domain::confidentiality::Sensitivity;
use fhir::date;
use fhir::reference::Reference;
use jiff::tz::TimeZone;
use serde_json::Value;
use std::collections::BTreeSet;
use store::blind::{BlindIndex, TokenQuery};

/// Where the main clinical moment stands, the best first.
const MOMENTS: [&str; 17] = [
    "effectiveDateTime",
    "effectivePeriod",
    "effectiveInstant",
    "occurrenceDateTime",
    "occurrencePeriod",
    "performedDateTime",
    "performedPeriod",
    "onsetDateTime",
    "onsetPeriod",
    "authoredOn",
    "period",
    "started",
    "date",
    "created",
    "startDate",
    "recordedDate",
    "issued",
];

/// The main clinical moment in microseconds; 0 where there is none.
pub fn moment(resource: &Value, zone: &TimeZone) -> i64 {
    let found = MOMENTS.iter().find_map(|member| match resource.get(*member)? {
        Value::String(text) => date::parse(text, zone),
        Value::Object(period) => date::parse(period.get("start")?.as_str()?, zone),
        _ => None,
    });
    let recorded = || date::parse(resource.get("recorded")?.as_str()?, zone);
    found.or_else(recorded).map_or(0, |interval| interval.lo_micros)
}

/// Restricted where a security label says so (HL7 Confidentiality `R`, `V`).
pub fn sensitivity(resource: &Value) -> Sensitivity {
    let labels = resource.pointer("/meta/security").and_then(Value::as_array).into_iter().flatten();
    let mut codes = labels.filter_map(|label| label.get("code").and_then(Value::as_str));
    match codes.any(|code| matches!(code, "R" | "V")) {
        true => Sensitivity::Restricted,
        false => Sensitivity::Normal,
    }
}

/// A period's first and last microsecond.
pub fn period(resource: &Value, zone: &TimeZone) -> (Option<i64>, Option<i64>) {
    let end = |name: &str| date::parse(resource.get("period")?.get(name)?.as_str()?, zone);
    (end("start").map(|start| start.lo_micros), end("end").map(|end| end.hi_micros))
}

/// The identifiers with a value: system (may be empty) and value.
pub fn identifiers(resource: &Value) -> Vec<(&str, &str)> {
    let all = match resource.get("identifier") {
        Some(Value::Array(several)) => several.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    all.iter()
        .filter_map(|one| {
            let system = one.get("system").and_then(Value::as_str).unwrap_or_default();
            Some((system, one.get("value")?.as_str()?))
        })
        .collect()
}

/// The practitioners by whom a care team or an encounter opens the chart: foreign ids.
pub fn practitioners<'a>(resource_type: &str, resource: &'a Value) -> Vec<&'a str> {
    let member = match resource_type {
        "CareTeam" if is_of_use(resource) => "member",
        "Encounter" => "individual",
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    for participant in resource.get("participant").and_then(Value::as_array).into_iter().flatten() {
        let text = participant.get(member).and_then(|to| to.get("reference")).and_then(Value::as_str);
        if let Some(Reference::Relative { resource_type: "Practitioner", id, .. }) =
            text.and_then(Reference::parse)
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    if resource_type == "Encounter" {
        found.truncate(1);
    }
    found
}

/// A care team that was a mistake, or ended nobody knows when, gives nobody access.
fn is_of_use(care_team: &Value) -> bool {
    match care_team.get("status").and_then(Value::as_str) {
        Some("entered-in-error" | "proposed") => false,
        Some("inactive") => care_team.pointer("/period/end").is_some(),
        _ => true,
    }
}

/// When the patient was seen; nothing for a visit that did not happen (yet).
pub fn visit(encounter: &Value, zone: &TimeZone) -> Option<i64> {
    let status = encounter.get("status").and_then(Value::as_str);
    let happened = !matches!(status, Some("planned" | "cancelled" | "entered-in-error"));
    happened.then(|| moment(encounter, zone)).filter(|at| *at != 0)
}

/// The blind tokens by which a resource is found, each once: of its identifiers and its codes.
pub fn tokens(blind: &BlindIndex, resource_type: &str, resource: &Value) -> Vec<i64> {
    let identifiers = identifiers(resource).into_iter().flat_map(|(system, value)| {
        blind.coding("identifier", (!system.is_empty()).then_some(system), value)
    });
    let codes = codes(resource_type, resource)
        .into_iter()
        .map(|(system, code)| blind.coding_query("code", TokenQuery::SystemAndCode(system, code)));
    let found: BTreeSet<i64> = identifiers.chain(codes).collect();
    found.into_iter().collect()
}

/// The codes by which a trend finds a test: those of an Observation and of its components.
fn codes<'a>(resource_type: &str, resource: &'a Value) -> Vec<(&'a str, &'a str)> {
    if resource_type != "Observation" {
        return Vec::new();
    }
    let components = resource.get("component").and_then(Value::as_array).into_iter().flatten();
    let concepts = std::iter::once(resource).chain(components).filter_map(|holder| holder.get("code"));
    let codings = concepts.filter_map(|concept| concept.get("coding")?.as_array()).flatten();
    codings
        .filter_map(|coding| Some((coding.get("system")?.as_str()?, coding.get("code")?.as_str()?)))
        .collect()
}

//! Who a patient is: names, birth date, sex, record number, contact, language, death.

use super::chart_date::{self, ChartDate};
use super::coded::{code_at, codings, items, text, words};
use jiff::tz::TimeZone;
use serde_json::Value;

/// Demographics as the record delivers them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demographics {
    /// The official name, whole; empty where the record has none.
    pub name: String,
    pub family: Option<String>,
    pub given: Vec<String>,
    /// The name of use `usual` or `nickname`, where there is one beside the official.
    pub preferred: Option<String>,
    /// What to call the patient: the preferred or first given name, else the whole name.
    pub called: String,
    /// `1959-11-15`, or the part that is known.
    pub birth_date: Option<String>,
    /// FHIR administrative gender.
    pub sex: Option<String>,
    /// The identifier of type MR; without one, the first that is no national or licence number.
    pub mrn: Option<String>,
    pub phones: Vec<Contact>,
    pub emails: Vec<Contact>,
    pub address: Option<PostalAddress>,
    /// The preferred language of communication, else the first.
    pub language: Option<SpokenLanguage>,
    pub is_deceased: bool,
    pub deceased: Option<ChartDate>,
    /// Reference strings of the general practitioners.
    pub general_practitioners: Vec<String>,
}

/// A phone number or mail address; the preferred one first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub value: String,
    /// `home`, `work`, `mobile`, `temp`.
    pub kind: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostalAddress {
    pub lines: Vec<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postal_code: Option<String>,
    pub country: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpokenLanguage {
    /// BCP 47, as `es` or `en-US`.
    pub code: Option<String>,
    pub text: String,
}

/// Projects a Patient.
pub fn project(patient: &Value, zone: &TimeZone) -> Demographics {
    let official = name_of_use(patient, &["official", "usual"]).or_else(|| current(patient).next());
    let preferred = name_of_use(patient, &["nickname", "usual"]).filter(|name| Some(*name) != official);
    let name = official.map(whole).unwrap_or_default();
    let given = official.map(|name| texts(name, "given")).unwrap_or_default();
    let preferred = preferred.map(|name| texts(name, "given").join(" ")).filter(|name| !name.is_empty());
    let called = preferred.clone().or_else(|| given.first().cloned()).unwrap_or_else(|| name.clone());
    let deceased = chart_date::at(patient, "deceasedDateTime", zone);
    let practitioners = items(patient, "generalPractitioner").filter_map(|one| text(one, "reference"));
    Demographics {
        name,
        family: official.and_then(|name| text(name, "family")).map(str::to_owned),
        given,
        preferred,
        called,
        birth_date: text(patient, "birthDate").map(str::to_owned),
        sex: text(patient, "gender").map(str::to_owned),
        mrn: mrn(patient),
        phones: contacts(patient, "phone"),
        emails: contacts(patient, "email"),
        address: current_address(patient),
        language: language(patient),
        is_deceased: deceased.is_some() || patient.get("deceasedBoolean") == Some(&Value::Bool(true)),
        deceased,
        general_practitioners: practitioners.map(str::to_owned).collect(),
    }
}

fn name_of_use<'a>(patient: &'a Value, uses: &[&str]) -> Option<&'a Value> {
    uses.iter().find_map(|wanted| current(patient).find(|name| text(name, "use") == Some(*wanted)))
}

/// Names that are neither old nor ended.
fn current(patient: &Value) -> impl Iterator<Item = &Value> {
    let is_past = |name: &&Value| matches!(text(name, "use"), Some("old" | "maiden")) || has_ended(name);
    items(patient, "name").filter(move |name| !is_past(name))
}

fn has_ended(value: &Value) -> bool {
    value.pointer("/period/end").is_some()
}

/// Given names and family name, without prefix; the delivered text where there are no parts.
fn whole(name: &Value) -> String {
    let mut parts = texts(name, "given");
    parts.extend(text(name, "family").map(str::to_owned));
    parts.extend(texts(name, "suffix"));
    match parts.is_empty() {
        true => text(name, "text").unwrap_or_default().to_owned(),
        false => parts.join(" "),
    }
}

fn texts(value: &Value, member: &str) -> Vec<String> {
    items(value, member).filter_map(Value::as_str).map(str::to_owned).collect()
}

fn mrn(patient: &Value) -> Option<String> {
    let kind = |identifier: &&Value| code_at(identifier, "type").unwrap_or_default().to_owned();
    let is_other = |kind: &str| matches!(kind, "SS" | "SB" | "DL" | "PPN" | "NI" | "TAX");
    let all = || items(patient, "identifier").filter(|identifier| text(identifier, "use") != Some("old"));
    let own = all().find(|identifier| kind(identifier) == "MR");
    let own = own.or_else(|| all().find(|identifier| !is_other(&kind(identifier))));
    own.and_then(|identifier| text(identifier, "value")).map(str::to_owned)
}

fn contacts(patient: &Value, system: &str) -> Vec<Contact> {
    let of_system = |point: &&Value| text(point, "system") == Some(system);
    let mut points: Vec<_> = items(patient, "telecom").filter(of_system).filter(|p| !has_ended(p)).collect();
    points.retain(|point| text(point, "use") != Some("old"));
    points.sort_by_key(|point| point.get("rank").and_then(Value::as_u64).unwrap_or(u64::MAX));
    let contact = |point: &Value| {
        let kind = text(point, "use").map(str::to_owned);
        Some(Contact { value: text(point, "value")?.to_owned(), kind })
    };
    points.into_iter().filter_map(contact).collect()
}

fn current_address(patient: &Value) -> Option<PostalAddress> {
    let is_past = |address: &&Value| text(address, "use") == Some("old") || has_ended(address);
    let address = items(patient, "address").find(|address| !is_past(address))?;
    let part = |member| text(address, member).map(str::to_owned);
    let mut lines = texts(address, "line");
    if lines.is_empty() {
        lines.extend(part("text"));
    }
    Some(PostalAddress {
        lines,
        city: part("city"),
        state: part("state"),
        postal_code: part("postalCode"),
        country: part("country"),
    })
}

pub(super) fn language(patient: &Value) -> Option<SpokenLanguage> {
    let is_preferred = |one: &&Value| one.get("preferred") == Some(&Value::Bool(true));
    let preferred = items(patient, "communication").find(is_preferred);
    let language = preferred.or_else(|| items(patient, "communication").next())?.get("language")?;
    let code = codings(language).find_map(|coding| text(coding, "code")).map(str::to_owned);
    Some(SpokenLanguage { code, text: words(language)? })
}

//! What a resource says for its patient's covariates: Patient, Coverage, ExplanationOfBenefit, Condition, Consent.
//! Race and ethnicity are those of US Core; payers are grouped by the Source of Payment Typology
//! (Public Health Data Standards Consortium), else by their names.

use super::coded::{code_at, codings, items, text};
use super::{patient, research};
use crate::date;
use domain::covariate::{Day, Diagnosis, DiagnosisSystem, Finding, Insurance, Person, area};
use jiff::tz::TimeZone;
use serde_json::Value;
use uuid::Uuid;

const RACE: &str = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race";
const ETHNICITY: &str = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity";
const SOURCE_OF_PAYMENT: [&str; 2] = ["https://nahdo.org/sopt", "urn:oid:2.16.840.1.113883.3.221.5"];

/// The finding of a resource, where its type has one. `id` is ours.
pub fn project(resource: &Value, id: Uuid, zone: &TimeZone) -> Option<Finding> {
    match text(resource, "resourceType")? {
        "Patient" => Some(Finding::Person(person(resource, zone))),
        "Condition" => Some(Finding::Diagnosed(id, diagnosis(resource))),
        "Coverage" => {
            let began = resource.pointer("/period/start").and_then(Value::as_str);
            insured(resource, began.map_or(Some(Day::MIN), date::first_day)?)
        }
        "Consent" => Some(Finding::Consented(id, research::consent(resource))),
        "ExplanationOfBenefit" if counts(resource) => insured(contained(resource)?, billed(resource)?),
        _ => None,
    }
}

fn person(patient: &Value, zone: &TimeZone) -> Person {
    let projected = patient::project(patient, zone);
    let language = projected.language.and_then(|spoken| spoken.code);
    Person {
        born: projected.birth_date.as_deref().and_then(date::year_and_month),
        sex: projected.sex,
        race: categories(patient, RACE),
        ethnicity: categories(patient, ETHNICITY).into_iter().next(),
        language: language.and_then(|code| code.split('-').next().map(str::to_lowercase)),
        area: projected.address.and_then(|home| home.postal_code).as_deref().and_then(area),
        is_deceased: projected.is_deceased,
        died: text(patient, "deceasedDateTime").and_then(date::first_day),
    }
}

fn categories(patient: &Value, url: &str) -> Vec<String> {
    let extension = items(patient, "extension").find(|extension| text(extension, "url") == Some(url));
    let parts = extension.into_iter().flat_map(|extension| items(extension, "extension"));
    let mut codes: Vec<String> = parts
        .filter(|part| text(part, "url") == Some("ombCategory"))
        .filter_map(|part| text(part.get("valueCoding")?, "code").map(str::to_owned))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Nothing for what was not confirmed, where the record says so.
fn diagnosis(condition: &Value) -> Option<Diagnosis> {
    if code_at(condition, "verificationStatus").is_some_and(|status| status != "confirmed") {
        return None;
    }
    let code = |coding: &Value| Some((system(text(coding, "system")?)?, text(coding, "code")?.to_owned()));
    let codes: Vec<_> = codings(condition.get("code")?).filter_map(code).collect();
    let begun = ["onsetDateTime", "/onsetPeriod/start", "recordedDate"];
    let ended = ["abatementDateTime", "/abatementPeriod/end", "/abatementPeriod/start"];
    (!codes.is_empty()).then(|| Diagnosis {
        codes,
        from: begun.iter().find_map(|member| day_at(condition, member)),
        until: ended.iter().find_map(|member| day_at(condition, member)),
    })
}

fn day_at(resource: &Value, member: &str) -> Option<Day> {
    let value = if member.starts_with('/') { resource.pointer(member) } else { resource.get(member) };
    date::first_day(value?.as_str()?)
}

fn system(url: &str) -> Option<DiagnosisSystem> {
    match url {
        "http://snomed.info/sct" => Some(DiagnosisSystem::SnomedCt),
        "http://hl7.org/fhir/sid/icd-10-cm" | "http://hl7.org/fhir/sid/icd-10" => {
            Some(DiagnosisSystem::Icd10)
        }
        "http://hl7.org/fhir/sid/icd-9-cm" => Some(DiagnosisSystem::Icd9),
        _ => None,
    }
}

fn counts(resource: &Value) -> bool {
    !matches!(text(resource, "status"), Some("cancelled" | "draft" | "entered-in-error"))
}

fn billed(benefit: &Value) -> Option<Day> {
    day_at(benefit, "/billablePeriod/start").or_else(|| day_at(benefit, "created"))
}

/// The coverage that a benefit was drawn on, where it is contained.
fn contained(benefit: &Value) -> Option<&Value> {
    let drawn_on = |insurance: &&Value| insurance.get("focal") == Some(&Value::Bool(true));
    let insurance =
        items(benefit, "insurance").find(drawn_on).or_else(|| items(benefit, "insurance").next())?;
    let id = text(insurance.get("coverage")?, "reference")?.strip_prefix('#')?;
    items(benefit, "contained").find(|one| text(one, "id") == Some(id))
}

fn insured(coverage: &Value, day: Day) -> Option<Finding> {
    (text(coverage, "resourceType") == Some("Coverage") && counts(coverage))
        .then(|| insurance(coverage))?
        .map(|insurance| Finding::Insured(day, insurance))
}

fn insurance(coverage: &Value) -> Option<Insurance> {
    let typed = || coverage.get("type").into_iter().flat_map(codings);
    let by_code = typed().find_map(|coding| match (text(coding, "system"), text(coding, "code")) {
        (Some(system), Some(code)) if SOURCE_OF_PAYMENT.contains(&system) => by_typology(code),
        (_, Some("pay")) => Some(Insurance::Uninsured),
        _ => None,
    });
    let words = coverage.get("type").and_then(|concept| text(concept, "text"));
    let displays = typed().filter_map(|coding| text(coding, "display"));
    let payers = items(coverage, "payor").filter_map(|payer| text(payer, "display"));
    let names: Vec<String> = words.into_iter().chain(displays).chain(payers).map(str::to_lowercase).collect();
    by_code.or_else(|| by_name(&names.join(" ")))
}

fn by_typology(code: &str) -> Option<Insurance> {
    match (code, code.get(..1)?) {
        ("14", _) => Some(Insurance::DualEligible),
        (_, "1") => Some(Insurance::Medicare),
        (_, "2") => Some(Insurance::Medicaid),
        (_, "3" | "4") => Some(Insurance::OtherPublic),
        (_, "5" | "6" | "7") => Some(Insurance::Commercial),
        (_, "8") => Some(Insurance::Uninsured),
        _ => None,
    }
}

fn by_name(names: &str) -> Option<Insurance> {
    let has = |words: &[&str]| words.iter().any(|word| names.contains(word));
    match (has(&["medicare"]), has(&["medicaid"])) {
        _ if names.is_empty() => None,
        _ if has(&["dual eligible"]) => Some(Insurance::DualEligible),
        (true, true) => Some(Insurance::DualEligible),
        (true, false) => Some(Insurance::Medicare),
        (false, true) => Some(Insurance::Medicaid),
        _ if has(&["no_insurance", "no insurance", "uninsured", "self pay", "self-pay"]) => {
            Some(Insurance::Uninsured)
        }
        _ if has(&["tricare", "veteran", "champva", "indian health"]) => Some(Insurance::OtherPublic),
        _ => Some(Insurance::Commercial),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn finding(resource: Value) -> Option<Finding> {
        project(&resource, Uuid::from_u128(1), &TimeZone::UTC)
    }

    fn coverage(kind: Value, payer: &str) -> Value {
        json!({"resourceType": "Coverage", "id": "coverage", "status": "active", "type": kind,
            "payor": [{"display": payer}], "period": {"start": "1970-01-11"}})
    }

    #[test]
    fn a_coverage_is_grouped_by_its_code_or_by_the_payers_name() {
        let typology = |code| json!({"coding": [{"system": "https://nahdo.org/sopt", "code": code}]});
        let kinds = [
            (coverage(typology("14"), "State"), Insurance::DualEligible),
            (coverage(typology("512"), "Medicare Advantage of Nowhere"), Insurance::Commercial),
            (coverage(json!({"text": "Medicaid"}), "Medicaid"), Insurance::Medicaid),
            (coverage(json!({"text": "NO_INSURANCE"}), "NO_INSURANCE"), Insurance::Uninsured),
            (coverage(json!({}), "Blue Cross Blue Shield"), Insurance::Commercial),
        ];
        for (coverage, insurance) in kinds {
            assert_eq!(finding(coverage), Some(Finding::Insured(10, insurance)));
        }
        assert_eq!(finding(json!({"resourceType": "Coverage", "status": "active"})), None);
    }

    #[test]
    fn a_benefit_tells_the_insurance_of_its_day() {
        let benefit = json!({"resourceType": "ExplanationOfBenefit", "status": "active",
            "contained": [coverage(json!({"text": "Medicare"}), "Medicare")],
            "billablePeriod": {"start": "1970-01-31T10:00:00Z"},
            "insurance": [{"focal": true, "coverage": {"reference": "#coverage"}}]});
        assert_eq!(finding(benefit), Some(Finding::Insured(30, Insurance::Medicare)));
    }

    #[test]
    fn a_person_is_told_without_name_or_day_of_birth() {
        let category = |code| json!({"url": "ombCategory", "valueCoding": {"code": code}});
        let patient = json!({"resourceType": "Patient", "birthDate": "1955-11-15", "gender": "female",
            "name": [{"family": "Delgado"}],
            "extension": [{"url": RACE, "extension": [category("2106-3"), category("2054-5")]},
                {"url": ETHNICITY, "extension": [category("2135-2")]}],
            "communication": [{"language": {"coding": [{"code": "es-US"}]}}]});
        let Some(Finding::Person(person)) = finding(patient) else { panic!("no person") };
        assert_eq!((person.born, person.sex.as_deref()), (Some((1955, 11)), Some("female")));
        assert_eq!(person.race, ["2054-5", "2106-3"]);
        assert_eq!((person.ethnicity.as_deref(), person.language.as_deref()), (Some("2135-2"), Some("es")));
        assert!(!person.is_deceased);
    }

    #[test]
    fn a_diagnosis_keeps_its_codes_and_days_unless_it_was_refuted() {
        let condition = |status: &str| {
            json!({"resourceType": "Condition", "verificationStatus": {"coding": [{"code": status}]},
                "code": {"coding": [{"system": "http://snomed.info/sct", "code": "44054006"},
                    {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "E11.9"},
                    {"system": "urn:own", "code": "DM2"}]},
                "onsetDateTime": "1970-01-02T00:00:00+01:00", "abatementDateTime": "1970-02-01"})
        };
        let codes =
            vec![(DiagnosisSystem::SnomedCt, "44054006".into()), (DiagnosisSystem::Icd10, "E11.9".into())];
        let diagnosis = Diagnosis { codes, from: Some(1), until: Some(31) };
        let id = Uuid::from_u128(1);
        assert_eq!(finding(condition("confirmed")), Some(Finding::Diagnosed(id, Some(diagnosis))));
        assert_eq!(finding(condition("refuted")), Some(Finding::Diagnosed(id, None)));
    }
}

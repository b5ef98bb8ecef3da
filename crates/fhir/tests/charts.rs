//! Every patient's chart can be shown, and one patient's chart reads as it should.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod sample;

use domain::language::Language;
use fhir::compartment::patient_of;
use fhir::project::medicine::Medicine;
use fhir::project::result::TestResult;
use fhir::project::{ChartDate, allergy, condition, immunization, medicine, patient, result, trend};
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::collections::HashMap;

const ZONE: TimeZone = TimeZone::UTC;
const ONE: &str = "Patient/b3664f86-0ce9-4a2c-ae85-4d390d438512";

/// The resources of a type by patient.
fn by_patient(resource_type: &str) -> HashMap<String, Vec<Value>> {
    let mut all: HashMap<String, Vec<Value>> = HashMap::new();
    for resource in sample::bulk(resource_type) {
        let owner = patient_of(&resource).unwrap().into_owned();
        all.entry(owner).or_default().push(resource);
    }
    all
}

fn of_one(resource_type: &str) -> Vec<Value> {
    by_patient(resource_type).remove(ONE).unwrap()
}

fn medications() -> HashMap<String, Value> {
    sample::bulk("Medication").map(|m| (format!("Medication/{}", m["id"].as_str().unwrap()), m)).collect()
}

fn medicines(requests: &[Value], medications: &HashMap<String, Value>) -> Vec<Medicine> {
    let requests: Vec<_> = requests.iter().collect();
    medicine::project(&requests, &|reference| medications.get(reference), &ZONE)
}

fn day(date: Option<&ChartDate>) -> &str {
    date.map_or("-", |date| &date.text[..date.text.len().min(10)])
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_patient_has_a_name_a_number_a_language_and_a_phone() {
    let patients: Vec<_> = sample::bulk("Patient").map(|p| patient::project(&p, &ZONE)).collect();
    assert_eq!(patients.len(), 120);
    for one in &patients {
        assert!(!one.name.is_empty() && !one.called.is_empty() && one.mrn.is_some());
        assert!(one.language.is_some() && !one.phones.is_empty() && one.address.is_some());
    }
    assert_eq!(patients.iter().filter(|one| one.is_deceased).count(), 20);
}

#[test]
fn every_prescription_is_in_the_history_of_one_medicine() {
    let medications = medications();
    let (mut prescriptions, mut drugs) = (0, 0);
    for requests in by_patient("MedicationRequest").values() {
        let medicines = medicines(requests, &medications);
        drugs += medicines.len();
        prescriptions += medicines.iter().map(|medicine| medicine.history.len()).sum::<usize>();
    }
    assert_eq!(prescriptions, 5087);
    assert!(drugs < 900, "{drugs}");
}

#[test]
fn every_problem_allergy_vaccine_and_result_is_shown() {
    assert_eq!(sample::bulk("Condition").filter_map(|c| condition::project(&c, &ZONE)).count(), 1597);
    assert_eq!(sample::bulk("AllergyIntolerance").filter_map(|a| allergy::project(&a, &ZONE)).count(), 76);
    let doses = by_patient("Immunization").into_values().map(|all| {
        let all: Vec<_> = all.iter().collect();
        immunization::project(&all, &ZONE).iter().map(|vaccine| vaccine.doses.len()).sum::<usize>()
    });
    assert_eq!(doses.sum::<usize>(), 1616);
    let results: Vec<_> = sample::bulk("Observation").filter_map(|o| result::project(&o, &ZONE)).collect();
    assert_eq!(results.len(), 42_929);
    assert!(results.iter().all(|one| one.effective.is_some()));
    assert!(results.iter().all(|one| one.value.is_some() || !one.components.is_empty()));
    // Synthea sends no ranges, so none may be shown.
    assert!(results.iter().all(|one| one.relation == fhir::project::range::RangeRelation::NoRange));
}

#[test]
fn one_patient() {
    let id = ONE.trim_start_matches("Patient/");
    let one = sample::bulk("Patient").find(|p| p["id"] == id).unwrap();
    insta::assert_debug_snapshot!(patient::project(&one, &ZONE));
}

#[test]
fn one_patients_conditions() {
    let conditions = of_one("Condition");
    insta::assert_snapshot!(lines(conditions.iter().filter_map(|c| condition::project(c, &ZONE)).map(|c| {
        let status = c.status.unwrap_or_default();
        let (since, until) = (day(c.onset.as_ref()), day(c.abatement.as_ref()));
        format!("{} | {status} | {} | {since} to {until}", c.name, c.is_active)
    })));
}

#[test]
fn one_patients_medicines() {
    let medicines = medicines(&of_one("MedicationRequest"), &medications());
    insta::assert_snapshot!(lines(medicines.iter().map(|m| {
        let (first, last) = (day(m.first()), day(m.last()));
        let prescriber = m.current().unwrap().prescriber.as_deref().unwrap_or("-");
        let dosage = m.dosage_text(Language::En).unwrap_or_default();
        let times = m.history.len();
        format!(
            "{} | active {} | {first} to {last}, {times} times | {dosage} | {prescriber}",
            m.name, m.is_active
        )
    })));
}

#[test]
fn one_patients_allergies_and_vaccines() {
    let allergies = of_one("AllergyIntolerance");
    let allergies = allergies.iter().filter_map(|a| allergy::project(a, &ZONE)).map(|a| {
        let recorded = day(a.recorded.as_ref());
        format!("{} | {:?} | {:?} | {:?} | {recorded}", a.name, a.status, a.categories, a.criticality)
    });
    let vaccines = of_one("Immunization");
    let vaccines = immunization::project(&vaccines.iter().collect::<Vec<_>>(), &ZONE);
    let vaccines = vaccines.iter().map(|vaccine| {
        let dates: Vec<_> = vaccine.doses.iter().map(|dose| day(dose.date.as_ref())).collect();
        format!("{} | {}", vaccine.name, dates.join(", "))
    });
    insta::assert_snapshot!(lines(allergies.chain(["".to_owned()]).chain(vaccines)));
}

fn results_of_one() -> Vec<TestResult> {
    of_one("Observation").iter().filter_map(|o| result::project(o, &ZONE)).collect()
}

#[test]
fn one_patients_results() {
    let mut results = results_of_one();
    results.sort_by(|a, b| {
        b.effective.as_ref().map(|d| d.starts_at).cmp(&a.effective.as_ref().map(|d| d.starts_at))
    });
    insta::assert_snapshot!(lines(results.iter().take(60).map(|r| {
        let parts = r.components.iter().map(|c| format!("{} {}", c.name, c.value.as_ref().unwrap().text));
        let parts = parts.collect::<Vec<_>>().join(", ");
        let section = r.section.as_str();
        let value = r.value_text(Language::En);
        format!("{} | {value} {parts} | {section} | {}", r.name, day(r.effective.as_ref()))
    })));
}

#[test]
fn one_patients_trends_run_through_values_and_components() {
    let results = results_of_one();
    let weight = results.iter().find(|r| r.name == "Body Weight").unwrap();
    let (key, kilograms) = (weight.key.as_ref().unwrap(), weight.value.as_ref().unwrap());
    let line = trend::trend(&results, key, kilograms).unwrap();
    assert!(line.points.len() > 5 && line.points.is_sorted_by_key(|point| point.at));
    let pressure = results.iter().find(|r| r.name == "Blood Pressure").unwrap();
    let systolic = &pressure.components[0];
    let mercury = systolic.value.as_ref().unwrap();
    assert!(trend::trend(&results, systolic.key.as_ref().unwrap(), mercury).is_some());
    assert_eq!(trend::trend(&results, key, mercury), None, "no weight is a pressure");
}

#[test]
fn a_trend_is_in_one_unit_and_what_cannot_be_converted_stays_out() {
    let glucose = |day: &str, value: f64, unit: &str| {
        let coding = json!([{"system": "http://loinc.org", "code": "2345-7", "display": "Glucose"}]);
        let observation = json!({"status": "final", "code": {"coding": coding}, "effectiveDateTime": day,
            "valueQuantity": {"value": value, "unit": unit},
            "referenceRange": [{"low": {"value": 3.9, "unit": "mmol/L"}, "high": {"value": 5.5, "unit": "mmol/L"}}]});
        result::project(&observation, &ZONE).unwrap()
    };
    let results = [
        glucose("2026-01-01", 99.0, "mg/dL"),
        glucose("2026-03-01", 5.4, "mmol/L"),
        glucose("2026-02-01", 3.0, "crosses"),
    ];
    let texts = |like: usize| {
        let like = &results[like];
        let line = trend::trend(&results, like.key.as_ref().unwrap(), like.value.as_ref().unwrap());
        line.map(|line| {
            let high = format!("{:.1}", line.high.unwrap());
            (line.points.into_iter().map(|point| point.text).collect::<Vec<_>>(), high)
        })
    };
    let (points, high) = texts(0).unwrap();
    assert_eq!(points, ["99 mg/dL", "97.3 mg/dL (5.4 mmol/L)"]);
    assert_eq!(high, "99.1", "the range goes with it");
    let (points, high) = texts(1).unwrap();
    assert_eq!((points[0].as_str(), high.as_str()), ("5.50 mmol/L (99 mg/dL)", "5.5"));
    assert_eq!(texts(2), None);
}

#[test]
fn what_was_entered_in_error_is_not_shown() {
    let wrong = json!({"coding": [{"code": "entered-in-error"}]});
    let condition =
        json!({"resourceType": "Condition", "verificationStatus": wrong, "code": {"text": "Asthma"}});
    assert_eq!(condition::project(&condition, &ZONE), None);
    let request = json!({"status": "entered-in-error", "medicationCodeableConcept": {"text": "Aspirin"}});
    assert!(medicine::project(&[&request], &|_| None, &ZONE).is_empty());
    assert_eq!(
        result::project(&json!({"status": "entered-in-error", "code": {"text": "Glucose"}}), &ZONE),
        None
    );
}

#[test]
fn a_medicine_is_named_by_what_it_refers_to() {
    let contained = json!({
        "status": "active", "authoredOn": "2020",
        "contained": [{"resourceType": "Medication", "id": "m", "code": {"text": "Aspirin"}}],
        "medicationReference": {"reference": "#m"},
        "dosageInstruction": [{"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
            "doseAndRate": [{"doseQuantity": {"value": 1.5, "unit": "tablets"}}], "asNeededBoolean": true}]
    });
    let again = json!({"status": "stopped", "authoredOn": "2019-05", "medicationCodeableConcept": {"text": "aspirin"}});
    let displayed = json!({"status": "completed", "medicationReference": {"reference": "Medication/gone", "display": "Iron (product)"}});
    let medicines = medicine::project(&[&again, &contained, &displayed], &|_| None, &ZONE);
    let aspirin = &medicines[0];
    assert_eq!((aspirin.history.len(), aspirin.history[0].index, aspirin.is_active), (2, 1, true));
    let told = |language| aspirin.dosage_text(language).unwrap();
    assert_eq!(told(Language::En), "1.5 tablets each time, 2 times every day, as needed");
    assert_eq!(told(Language::Es), "1.5 tabletas cada vez, 2 veces al día, solo si hace falta");
    assert_eq!((day(aspirin.first()), day(aspirin.last())), ("2019-05", "2020"));
    assert_eq!(medicines[1].name, "Iron");
}

//! Every code of the sample has plain words, and they can be read by many.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod sample;

use domain::language::Language;
use fhir::plain::{self, Group};
use fhir::project::coded::key;
use fhir::project::{CodeKey, care_plan};
use jiff::tz::TimeZone;
use serde_json::Value;
use std::collections::BTreeSet;

/// Codes of each kind that must have a row: all of the sample, as no kind but observations has 200.
const FREQUENT: usize = 200;

/// The codes of concepts, each with how often it stands.
fn codes<'a>(concepts: impl Iterator<Item = &'a Value>) -> Vec<CodeKey> {
    let mut counts = std::collections::HashMap::<CodeKey, usize>::new();
    for concept in concepts {
        *counts.entry(key(concept).unwrap()).or_default() += 1;
    }
    let mut codes: Vec<_> = counts.into_iter().collect();
    codes.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), code.clone()));
    codes.into_iter().map(|(code, _)| code).collect()
}

fn at(resource_types: &[&str], members: &[&str]) -> Vec<CodeKey> {
    let all: Vec<Value> = resource_types.iter().flat_map(|one| sample::bulk(one)).collect();
    let values = |resource: &'_ Value| -> Vec<Value> {
        let found = members.iter().filter_map(|member| resource.get(*member)).cloned();
        found.flat_map(|value| value.as_array().cloned().unwrap_or_else(|| vec![value])).collect()
    };
    let concepts: Vec<Value> = all.iter().flat_map(values).collect();
    codes(concepts.iter())
}

fn without_words(codes: &[CodeKey], must_explain: bool) -> BTreeSet<String> {
    let is_missing = |code: &&CodeKey| {
        Language::ALL.iter().any(|language| match plain::words(code, *language) {
            None => true,
            Some(words) => must_explain && words.explanation.is_none(),
        })
    };
    codes.iter().filter(is_missing).filter_map(CodeKey::label).collect()
}

#[test]
fn every_observation_and_component_of_the_sample_has_plain_words() {
    let observations: Vec<Value> = sample::bulk("Observation").collect();
    let whole = observations.iter().filter_map(|one| one.get("code"));
    let parts = observations.iter().filter_map(|one| one.get("component")?.as_array()).flatten();
    let codes = codes(whole.chain(parts.filter_map(|part| part.get("code"))));
    assert!(codes.len() >= 175, "{}", codes.len());
    assert_eq!(without_words(&codes, true), BTreeSet::new());
    let holders = observations
        .iter()
        .chain(observations.iter().filter_map(|one| one.get("component")?.as_array()).flatten());
    let answers: Vec<&Value> = holders.filter_map(|one| one.get("valueCodeableConcept")).collect();
    assert_eq!(without_words(&self::codes(answers.into_iter()), false), BTreeSet::new());
}

#[test]
fn the_frequent_conditions_medicines_vaccines_and_procedures_have_plain_words() {
    let kinds: [(&[&str], &[&str]); 5] = [
        (&["Condition"], &["code"]),
        (&["MedicationRequest", "Medication"], &["medicationCodeableConcept", "code"]),
        (&["Immunization"], &["vaccineCode"]),
        (&["Procedure"], &["code"]),
        (&["AllergyIntolerance"], &["code"]),
    ];
    for (resource_types, members) in kinds {
        let codes = at(resource_types, members);
        let frequent = &codes[..codes.len().min(FREQUENT)];
        assert_eq!(without_words(frequent, true), BTreeSet::new(), "{resource_types:?}");
    }
}

#[test]
fn visits_plans_panels_and_notes_have_plain_words_and_say_what_they_are() {
    let kinds: [(&str, &[&str]); 4] = [
        ("Encounter", &["type", "reasonCode"]),
        ("DiagnosticReport", &["code"]),
        ("DocumentReference", &["type"]),
        ("CareTeam", &["reasonCode"]),
    ];
    for (resource_type, members) in kinds {
        assert_eq!(without_words(&at(&[resource_type], members), true), BTreeSet::new(), "{resource_type}");
    }
    let doses: Vec<Value> = sample::bulk("MedicationRequest")
        .flat_map(|request| request["dosageInstruction"].as_array().cloned().unwrap_or_default())
        .flat_map(|dosage| dosage["additionalInstruction"].as_array().cloned().unwrap_or_default())
        .collect();
    assert_eq!(without_words(&codes(doses.iter()), false), BTreeSet::new());
}

#[test]
fn every_plan_and_step_of_the_sample_is_shown_in_words_of_the_table() {
    let (mut plans, mut steps) = (0, 0);
    for json in sample::bulk("CarePlan") {
        let Some(plan) = care_plan::project(&json, &TimeZone::UTC) else { continue };
        let names = plan.activities.iter().map(|activity| &activity.name).chain([&plan.name]);
        for name in names {
            let code = name.key.as_ref().unwrap_or_else(|| panic!("{name:?}"));
            let words = Language::ALL.iter().filter_map(|language| plain::words(code, *language));
            assert_eq!(words.filter(|words| words.explanation.is_some()).count(), 2, "{name:?}");
        }
        plans += 1;
        steps += plan.activities.len();
    }
    assert!(plans > 500 && steps > 1000, "{plans} plans with {steps} steps");
}

#[test]
fn words_come_in_the_readers_language_with_a_group() {
    let potassium = CodeKey { system: Some("http://loinc.org".to_owned()), code: "2823-3".to_owned() };
    let (en, es) =
        (plain::words(&potassium, Language::En).unwrap(), plain::words(&potassium, Language::Es).unwrap());
    assert_eq!((en.name, es.name, en.group), ("Potassium", "Potasio", Group::Salts));
    assert_eq!(en.explanation, Some("A salt that the heart and muscles need to work well."));
    let other = CodeKey { system: None, ..potassium };
    assert_eq!(plain::words(&other, Language::En), None, "a code means nothing without its system");
}

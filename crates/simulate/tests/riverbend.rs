//! The synthetic clinic holds together: valid FHIR, stories that agree with charts, the same again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use domain::draft::{Body, Subject};
use domain::language::Language;
use fhir::plain;
use fhir::project::coded;
use jiff::Timestamp;
use serde_json::Value;
use simulate::cast::ChartKind;
use simulate::chart::Delivered;
use simulate::clinic::{Clinic, riverbend};
use simulate::seed::Seed;
use simulate::story::{About, Act, Who};
use std::collections::{BTreeSet, HashMap, HashSet};

fn now() -> Timestamp {
    "2026-11-24T18:40:00Z".parse().unwrap()
}

fn read(delivered: &Delivered) -> Value {
    serde_json::from_str(&delivered.json).unwrap()
}

fn clinic() -> Clinic {
    riverbend(Seed(1), now(), 120)
}

#[test]
fn every_resource_passes_the_check_and_has_an_id_of_its_own() {
    let clinic = clinic();
    let mut ids = HashSet::new();
    for delivered in &clinic.resources {
        let resource = read(delivered);
        assert_eq!(fhir::check::resource(&resource), Ok(()), "{resource}");
        assert_eq!(resource["id"], delivered.id.as_str());
        assert!(ids.insert(&delivered.id), "{resource}");
        assert!(delivered.at <= now(), "{resource}");
    }
    assert_eq!(clinic.patients.len(), 120);
}

#[test]
fn every_reference_leads_to_a_resource_of_the_clinic() {
    let clinic = clinic();
    let name = |one: &Delivered| format!("{}/{}", one.resource_type, one.id);
    let known: HashSet<String> = clinic.resources.iter().map(name).collect();
    for delivered in &clinic.resources {
        fhir::reference::visit(&read(delivered), &mut |text| assert!(known.contains(text), "{text}"));
    }
}

#[test]
fn rosas_potassium_has_risen_and_yesterdays_is_above_the_range() {
    let clinic = clinic();
    let rosa = format!("Patient/{}", Seed(1).id("rosa"));
    let mut values: Vec<[String; 3]> = Vec::new();
    for delivered in clinic.resources.iter().filter(|one| one.subject == rosa) {
        if delivered.is_result && delivered.words == "Potassium" {
            let resource = read(delivered);
            let text = |path: &str| resource.pointer(path).unwrap().to_string().replace('"', "");
            let mark = text("/interpretation/0/coding/0/code");
            values.push([text("/effectiveDateTime"), text("/valueQuantity/value"), mark]);
        }
    }
    values.sort();
    let said: Vec<&str> = values.iter().map(|[_, value, _]| value.as_str()).collect();
    assert_eq!(said, ["4.2", "4.4", "4.7", "5.4"]);
    assert_eq!(values[3][0], "2026-11-23T09:10:00-08:00");
    assert_eq!(values[3][2], "H");
}

#[test]
fn every_thread_can_be_sent_in_order_and_is_about_something_in_the_chart() {
    let clinic = clinic();
    let staff: HashSet<&str> = clinic.staff.iter().map(|member| member.key).collect();
    for conversation in &clinic.conversations {
        let subject = &conversation.subject;
        Subject::parse(subject).unwrap();
        let patient = clinic.patients.iter().find(|member| member.key == conversation.patient).unwrap();
        let enrolled =
            clinic.enrolments.iter().any(|one| one.patient == patient.key && one.verified.is_some());
        assert!(patient.has_sign_in || enrolled, "{subject}");
        assert!(conversation.steps.is_sorted_by_key(|step| step.at), "{subject}");
        assert!(conversation.steps.first().unwrap().at > clinic.opened_at, "{subject}");
        assert!(conversation.steps.last().unwrap().at < now(), "{subject}");
        assert!(matches!(conversation.steps[0].act, Act::Write(_)), "{subject}");
        for step in &conversation.steps {
            if let Act::Write(text) | Act::Note(text) | Act::WriteAndClose(text, _) = &step.act {
                Body::parse(text).unwrap();
                assert!(!text.contains("  "), "{text}");
            }
            if let Who::Staff(key) = &step.who {
                assert!(staff.contains(key), "{key}");
            }
        }
        let words = match conversation.about {
            Some(About::Result(words) | About::Medicine(words)) => words,
            None => continue,
        };
        let reference = format!("Patient/{}", Seed(1).id(&conversation.patient));
        let is_it = |one: &Delivered| one.subject == reference && one.words == words;
        assert!(clinic.resources.iter().any(is_it), "{words}");
    }
}

#[test]
fn the_same_seed_makes_the_same_clinic_and_another_makes_other_ids() {
    assert_eq!(clinic(), clinic());
    let other = riverbend(Seed(2), now(), 20);
    assert_ne!(other.resources[0].id, clinic().resources[0].id);
}

fn of(clinic: &Clinic, kind: &'static str) -> Vec<Value> {
    clinic.resources.iter().filter(|one| one.resource_type == kind).map(read).collect()
}

/// Everything with its whole chart: the hand-written and the deep ones, by their reference.
fn whole_charts(clinic: &Clinic) -> HashMap<String, Language> {
    let whole = clinic.patients.iter().filter(|member| member.chart != ChartKind::Light);
    whole.map(|member| (format!("Patient/{}", Seed(1).id(&member.key)), member.language)).collect()
}

#[test]
fn each_visit_of_a_whole_chart_has_a_summary_in_the_patients_language_and_all_of_its_day() {
    let clinic = clinic();
    let charts = whole_charts(&clinic);
    let subject = |one: &Value| one["subject"]["reference"].as_str().unwrap().to_owned();
    let mut summaries: HashMap<String, String> = HashMap::new();
    for document in &of(&clinic, "DocumentReference") {
        let data = document.pointer("/content/0/attachment/data").unwrap().as_str().unwrap();
        let text = String::from_utf8(BASE64_STANDARD.decode(data).unwrap()).unwrap();
        let language = charts[&subject(document)];
        let heading =
            if language == Language::Es { "# Motivo de la visita" } else { "# Reason for the visit" };
        assert!(text.contains(heading) && !text.contains("substitute"), "{text}");
        let visit = document.pointer("/context/encounter/0/reference").unwrap().as_str().unwrap();
        assert_eq!(summaries.insert(visit.to_owned(), text), None);
    }
    let all = of(&clinic, "Encounter");
    let visits: Vec<&Value> = all.iter().filter(|one| charts.contains_key(&subject(one))).collect();
    assert!(visits.len() > 60, "{}", visits.len());
    for visit in &visits {
        let id = format!("Encounter/{}", visit["id"].as_str().unwrap());
        assert!(summaries.contains_key(&id), "{visit}");
    }
    let mut named = 0;
    for vital in of(&clinic, "Observation").iter().filter(|one| one.get("issued").is_none()) {
        let visit = vital["encounter"]["reference"].as_str().unwrap();
        if let Some(text) = summaries.get(visit)
            && let Some(kilograms) = vital.pointer("/valueQuantity/value")
        {
            let kilograms = kilograms.to_string();
            assert!(text.contains(kilograms.trim_end_matches(".0")), "{vital}: {text}");
            named += 1;
        }
    }
    assert!(named > 60, "{named}");
}

#[test]
fn whoever_lives_with_diabetes_or_high_pressure_has_a_plan_and_a_goal_and_everybody_a_coverage() {
    let clinic = clinic();
    let charts = whole_charts(&clinic);
    let is_one = |one: &&Value| {
        let code = &one["code"]["coding"][0]["code"];
        (code == "44054006" || code == "59621000")
            && charts.contains_key(one["subject"]["reference"].as_str().unwrap())
    };
    let mut found = 0;
    let (plans, goals, coverages) = (of(&clinic, "CarePlan"), of(&clinic, "Goal"), of(&clinic, "Coverage"));
    for problem in of(&clinic, "Condition").iter().filter(is_one) {
        let reference = format!("Condition/{}", problem["id"].as_str().unwrap());
        let plan = plans.iter().find(|plan| plan["addresses"][0]["reference"] == reference.as_str());
        let goal = plan.unwrap()["goal"][0]["reference"].as_str().unwrap();
        assert!(goals.iter().any(|one| goal.ends_with(one["id"].as_str().unwrap())));
        found += 1;
    }
    assert!(found > 15, "{found}");
    let insured: HashSet<&str> =
        coverages.iter().map(|one| one["beneficiary"]["reference"].as_str().unwrap()).collect();
    assert_eq!(insured.len(), clinic.patients.len());
}

#[test]
fn every_code_of_the_clinic_has_plain_words_in_both_languages() {
    let clinic = clinic();
    let concept = |one: &Value| {
        let members = ["code", "medicationCodeableConcept", "vaccineCode"];
        let mut found: Vec<Value> = members.iter().filter_map(|member| one.get(*member)).cloned().collect();
        for list in ["type", "reasonCode", "category"] {
            let is_named = |one: &&Value| one.get("text").is_some();
            found.extend(one[list].as_array().into_iter().flatten().filter(is_named).cloned());
        }
        let steps = one["activity"].as_array().into_iter().flatten();
        found.extend(steps.map(|step| step["detail"]["code"].clone()));
        found
    };
    let mut unknown = BTreeSet::new();
    for delivered in &clinic.resources {
        for one in concept(&read(delivered)) {
            let key = coded::key(&one).unwrap();
            if !Language::ALL.iter().all(|language| plain::words(&key, *language).is_some()) {
                unknown.insert(key.code);
            }
        }
    }
    // Two medicines and two reasons in free words, as in any chart.
    let free = [
        "a mole on the back",
        "calcium 600 mg with vitamin d tablet",
        "college physical",
        "norethindrone and ethinyl estradiol tablet",
    ];
    assert_eq!(unknown.iter().map(String::as_str).collect::<Vec<_>>(), free);
}

#[test]
fn warning_words_stand_in_one_message_of_the_clinic_and_in_no_other() {
    let clinic = riverbend(Seed(1), now(), 1_500);
    let rules = domain::red_flags::RedFlags::built_in();
    let mut flagged = Vec::new();
    for conversation in clinic.conversations.iter().chain(&clinic.traffic) {
        for step in &conversation.steps {
            let Act::Write(text) = &step.act else { continue };
            let signs = rules.read(&format!("{}\n{text}", conversation.subject));
            if matches!(step.who, Who::Patient) && !signs.is_empty() {
                flagged.push((conversation.patient.to_string(), signs, text.to_string()));
            }
        }
    }
    let who: Vec<(&str, &str)> =
        flagged.iter().map(|(patient, signs, _)| (patient.as_str(), signs[0].as_str())).collect();
    assert_eq!(who, [("vernon", "chest_pain")], "{flagged:?}");
}

#[test]
fn whoever_writes_for_a_patient_has_a_key_of_their_own_and_is_that_patients_daughter() {
    let clinic = clinic();
    let patients: HashSet<&str> = clinic.patients.iter().map(|member| member.key.as_str()).collect();
    for member in simulate::cast::PROXIES {
        assert!(!patients.contains(member.key), "{}", member.key);
        let threads = clinic.conversations.iter().filter(|one| one.proxy == Some(member.key));
        let written: Vec<&str> = threads.map(|one| one.patient.as_ref()).collect();
        assert_eq!(written, [member.patient]);
    }
}

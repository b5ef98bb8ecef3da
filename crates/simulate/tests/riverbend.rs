//! The synthetic clinic holds together: valid FHIR, stories that agree with charts, the same again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::draft::{Body, Subject};
use jiff::Timestamp;
use simulate::clinic::{Clinic, riverbend};
use simulate::seed::Seed;
use simulate::story::{About, Act, Who};
use std::collections::HashSet;

fn now() -> Timestamp {
    "2026-11-24T18:40:00Z".parse().unwrap()
}

fn clinic() -> Clinic {
    riverbend(Seed(1), now(), 120)
}

#[test]
fn every_resource_passes_the_check_and_has_an_id_of_its_own() {
    let clinic = clinic();
    let mut ids = HashSet::new();
    for arriving in &clinic.resources {
        let resource = &arriving.resource;
        assert_eq!(fhir::check::resource(resource), Ok(()), "{resource}");
        assert!(ids.insert(resource["id"].as_str().unwrap()), "{resource}");
        assert!(arriving.at <= now(), "{resource}");
    }
    assert_eq!(clinic.patients.len(), 120);
}

#[test]
fn every_reference_leads_to_a_resource_of_the_clinic() {
    let clinic = clinic();
    let name = |resource: &serde_json::Value| {
        format!("{}/{}", resource["resourceType"].as_str().unwrap(), resource["id"].as_str().unwrap())
    };
    let known: HashSet<String> = clinic.resources.iter().map(|arriving| name(&arriving.resource)).collect();
    for arriving in &clinic.resources {
        fhir::reference::visit(&arriving.resource, &mut |text| assert!(known.contains(text), "{text}"));
    }
}

#[test]
fn rosas_potassium_has_risen_and_yesterdays_is_above_the_range() {
    let clinic = clinic();
    let rosa = format!("Patient/{}", Seed(1).id("rosa"));
    let mut values: Vec<[String; 3]> = Vec::new();
    for arriving in
        clinic.resources.iter().filter(|one| one.resource["subject"]["reference"] == rosa.as_str())
    {
        let resource = &arriving.resource;
        if resource["resourceType"] == "Observation" && resource["code"]["text"] == "Potassium" {
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
        let is_there = clinic.resources.iter().any(|arriving| {
            let resource = &arriving.resource;
            let code = resource.get("code").or(resource.get("medicationCodeableConcept"));
            resource["subject"]["reference"] == reference.as_str()
                && code.is_some_and(|code| code["text"] == words)
        });
        assert!(is_there, "{words}");
    }
}

#[test]
fn the_same_seed_makes_the_same_clinic_and_another_makes_other_ids() {
    assert_eq!(clinic(), clinic());
    let other = riverbend(Seed(2), now(), 20);
    assert_ne!(other.resources[0].resource["id"], clinic().resources[0].resource["id"]);
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

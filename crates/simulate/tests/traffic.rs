//! Fifteen months of traffic come out as published (`docs/demo.md`), with the gradients of the study.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::draft::{Body, Subject};
use jiff::{SignedDuration, Timestamp};
use simulate::cast::{ChartKind, Insurance, PatientMember};
use simulate::clinic::{self, Clinic};
use simulate::seed::Seed;
use simulate::story::{Act, Conversation, Step, Who};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

fn now() -> Timestamp {
    "2026-11-24T18:40:00Z".parse().unwrap()
}

static CLINIC: LazyLock<Clinic> = LazyLock::new(|| clinic::without_charts(Seed(20_261_123), now(), 4_000));

fn crowd() -> impl Iterator<Item = &'static PatientMember> {
    CLINIC.patients.iter().filter(|member| member.chart != ChartKind::Hand)
}

fn adults() -> Vec<&'static PatientMember> {
    crowd().filter(|member| member.is_adult()).collect()
}

fn writers() -> HashSet<&'static str> {
    CLINIC.traffic.iter().map(|one| &*one.patient).collect()
}

fn is_by_patient(step: &Step) -> bool {
    step.who == Who::Patient && matches!(step.act, Act::Write(_))
}

fn is_answer(step: &Step) -> bool {
    step.who != Who::Patient && matches!(step.act, Act::Write(_) | Act::WriteAndClose(..))
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[track_caller]
fn about(value: f64, from: f64, to: f64) {
    println!("{value:.4} in {from}..{to} at {}", std::panic::Location::caller().line());
    assert!((from..=to).contains(&value), "{value}, not {from} to {to}");
}

fn begun_by_patients() -> Vec<&'static Conversation> {
    CLINIC.traffic.iter().filter(|one| is_by_patient(&one.steps[0])).collect()
}

#[test]
fn as_many_write_as_published_and_more_from_month_to_month() {
    about(share(writers().len(), adults().len()), 0.14, 0.30);
    let month = |at: Timestamp| at.duration_since(CLINIC.opened_at).as_hours() * 100 / (24 * 3044);
    let mut monthly: BTreeMap<i64, HashSet<&str>> = BTreeMap::new();
    for one in &CLINIC.traffic {
        for step in one.steps.iter().filter(|step| is_by_patient(step)) {
            monthly.entry(month(step.at)).or_default().insert(&one.patient);
        }
    }
    let rates: Vec<f64> = monthly.values().map(|users| 1000.0 * share(users.len(), adults().len())).collect();
    println!("{rates:.0?}");
    about(rates.iter().take(15).sum::<f64>() / 15.0, 27.0, 35.0);
    about(rates[12..15].iter().sum::<f64>() / rates[..3].iter().sum::<f64>(), 2.0, 20.0);
}

#[test]
fn a_few_write_much() {
    let mut messages: HashMap<&str, usize> = HashMap::new();
    for one in &CLINIC.traffic {
        let exchanged = one.steps.iter().filter(|step| is_by_patient(step) || is_answer(step)).count();
        *messages.entry(&one.patient).or_default() += exchanged;
    }
    let mut counts: Vec<usize> = messages.into_values().collect();
    counts.sort_by_key(|count| std::cmp::Reverse(*count));
    let top: usize = counts[..counts.len() / 20].iter().sum();
    about(share(top, counts.iter().sum()), 0.27, 0.34);
}

#[test]
fn threads_are_as_long_and_as_often_begun_by_patients_as_published() {
    let threads = CLINIC.traffic.len();
    about(share(begun_by_patients().len(), threads), 0.85, 0.93);
    let count = |is: fn(&Step) -> bool| {
        let of = begun_by_patients();
        share(of.iter().map(|one| one.steps.iter().filter(|step| is(step)).count()).sum(), of.len())
    };
    about(count(is_by_patient), 1.08, 1.18);
    about(count(is_answer), 1.10, 1.22);
}

#[test]
fn questions_are_opened_and_answered_as_late_as_published() {
    let (mut unopened, mut unanswered, mut by_staff) = (0, 0, 0);
    let all: Vec<_> = { begun_by_patients().into_iter() }
        .filter(|one| now().duration_since(one.steps[0].at) > SignedDuration::from_hours(240))
        .collect();
    for one in &all {
        let asked = one.steps[0].at;
        let first = |is: &dyn Fn(&Step) -> bool| one.steps.iter().find(|step| is(step)).map(|step| step.at);
        let opened = first(&|step| step.who != Who::Patient).unwrap();
        let closes = |step: &Step| matches!(step.act, Act::Close(_)) || is_answer(step);
        let answered = first(&closes).unwrap();
        unopened += usize::from(opened.duration_since(asked) > SignedDuration::from_hours(12));
        unanswered += usize::from(answered.duration_since(asked) > SignedDuration::from_hours(36));
        let physician = |step: &Step| match step.who {
            Who::Staff(key) => simulate::cast::staff_member(key).unwrap().specialty.is_some(),
            Who::Patient => false,
        };
        by_staff += usize::from(!one.steps.iter().any(physician));
    }
    about(share(unopened, all.len()), 0.065, 0.105);
    about(share(unanswered, all.len()), 0.15, 0.20);
    about(share(by_staff, all.len()), 0.27, 0.37);
}

#[test]
fn patients_read_nearly_everything_and_refills_are_what_they_write_about_most() {
    let (mut answers, mut unread) = (0, 0);
    let mut topics: BTreeMap<&str, usize> = BTreeMap::new();
    for one in begun_by_patients() {
        *topics.entry(one.topic).or_default() += 1;
        let Some(answer) = one.steps.iter().find(|step| is_answer(step)) else { continue };
        let late = answer.at.checked_add(SignedDuration::from_hours(21 * 24)).unwrap();
        answers += 1;
        let read = |step: &Step| {
            step.who == Who::Patient && step.act == Act::Read && step.at <= late && step.at > answer.at
        };
        unread += usize::from(!one.steps.iter().any(read));
    }
    about(share(unread, answers), 0.015, 0.06);
    println!("{topics:?}");
    let of = |topic: &str| share(topics[topic], begun_by_patients().len());
    about(of("refill"), 0.38, 0.52);
    about(of("appointment"), 0.13, 0.22);
    about(of("medicine"), 0.09, 0.17);
    about(of("general_question"), 0.07, 0.16);
    about(of("test_result"), 0.03, 0.09);
}

#[test]
fn who_writes_differs_by_sex_age_illness_and_insurance_in_the_published_direction() {
    let writers = writers();
    let rate = |is: &dyn Fn(&PatientMember) -> bool| {
        let group: Vec<_> = adults().into_iter().filter(|member| is(member)).collect();
        share(group.iter().filter(|member| writers.contains(member.key.as_str())).count(), group.len())
    };
    assert!(rate(&|one| one.gender == "female") > rate(&|one| one.gender == "male"));
    assert!(rate(&|one| one.chronic >= 6) > 1.8 * rate(&|one| one.chronic == 0));
    let same = |one: &PatientMember| (1..3).contains(&one.chronic);
    assert!(rate(&|one| same(one) && one.age <= 65) > rate(&|one| same(one) && one.age > 65));
    let young = |one: &PatientMember| one.age < 65;
    assert!(
        rate(&|one| young(one) && one.insurance == Insurance::Commercial)
            > rate(&|one| young(one) && one.insurance == Insurance::Medicaid)
    );
}

#[test]
fn a_third_of_the_adults_have_a_verified_identity_before_they_write() {
    let verified: HashMap<&str, Timestamp> = { CLINIC.enrolments.iter() }
        .filter_map(|one| Some((one.patient.as_str(), one.verified?.0)))
        .collect();
    about(share(verified.len(), CLINIC.patients.iter().filter(|one| one.is_adult()).count()), 0.25, 0.42);
    for one in CLINIC.traffic.iter().chain(&CLINIC.conversations) {
        let begins = one.steps[0].at;
        let member = CLINIC.patients.iter().find(|member| member.key == one.patient).unwrap();
        assert!(member.has_sign_in || verified[&*one.patient] <= begins, "{}", one.patient);
        assert!(CLINIC.sites.iter().any(|(_, live)| *live <= begins));
    }
    for one in &CLINIC.enrolments {
        let steps = [Some(one.offered), one.registered, one.verified.map(|(at, _)| at), one.signed_in];
        assert!(steps.iter().flatten().is_sorted(), "{one:?}");
        assert!(steps.iter().skip_while(|step| step.is_some()).all(Option::is_none), "{one:?}");
    }
}

#[test]
fn whoever_writes_belongs_to_the_pool_then_and_nobody_belongs_to_two_at_once() {
    let mut rows: HashMap<&str, Vec<&simulate::traffic::Panel>> = HashMap::new();
    for row in &CLINIC.panels {
        rows.entry(&row.patient).or_default().push(row);
    }
    assert_eq!(rows.len(), CLINIC.patients.len());
    for one in &CLINIC.traffic {
        let begins = one.steps[0].at;
        let holds = |row: &&&simulate::traffic::Panel| {
            row.pool == one.pool && row.from <= begins && row.until.is_none_or(|until| until > begins)
        };
        assert_eq!(rows[&*one.patient].iter().filter(holds).count(), 1, "{}", one.patient);
    }
    assert!(rows.values().filter(|rows| rows.len() == 2).count() > 60);
    for pair in rows.values().filter(|rows| rows.len() == 2) {
        assert!(pair[0].from < pair[1].from && pair[0].until == Some(pair[1].from));
    }
}

#[test]
fn everything_written_can_be_sent_and_no_slot_stays_empty() {
    let mut texts = HashSet::new();
    for one in &CLINIC.traffic {
        assert!(Subject::parse(&one.subject).is_ok(), "{}", one.subject);
        assert!(one.steps.is_sorted_by_key(|step| step.at), "{}", one.subject);
        for step in &one.steps {
            let (Act::Write(text) | Act::Note(text) | Act::WriteAndClose(text, _)) = &step.act else {
                continue;
            };
            Body::parse(text).unwrap();
            assert!(!text.contains(['{', '}']) && !text.contains("  ") && !text.contains(" ."), "{text}");
            assert!(!text.to_lowercase().contains("salt substitute"), "{text}");
            texts.insert(text.clone());
        }
        assert!(!one.subject.contains(['{', '}']), "{}", one.subject);
    }
    assert!(texts.len() > 2_500, "{} different texts", texts.len());
}

#[test]
fn riverbend_nurses_have_the_days_24_and_nothing_else_open() {
    let waits = |one: &&Conversation| {
        let turn = one
            .steps
            .iter()
            .rev()
            .find(|step| is_by_patient(step) || is_answer(step) || matches!(step.act, Act::Close(_)));
        one.pool == "riverbend" && turn.is_some_and(is_by_patient)
    };
    assert_eq!(CLINIC.conversations.iter().filter(waits).count(), 24);
    assert_eq!(CLINIC.traffic.iter().filter(waits).count(), 0);
    assert!(CLINIC.traffic.iter().any(|one| one.pool == "harbor"
        && is_by_patient(
            one.steps.iter().rev().find(|step| is_by_patient(step) || is_answer(step)).unwrap()
        )));
}

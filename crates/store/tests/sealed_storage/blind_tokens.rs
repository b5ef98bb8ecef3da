use std::collections::HashSet;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use store::blind::{BlindIndex, PatientWords, TokenQuery};
use store::keys::{DataKey, KeyOwner, OrganisationKeys};

use crate::key_of;

fn organisation() -> OrganisationKeys {
    OrganisationKeys::derive(DataKey::generate(KeyOwner::Organisation, 1).unwrap()).unwrap()
}

#[test]
fn a_token_depends_on_key_parameter_and_every_part() {
    let (ours, theirs) = (organisation(), organisation());
    let token = ours.blind().token("Patient.name", &["rosa"]);
    assert_eq!(ours.blind().token("Patient.name", &["rosa"]), token);
    assert_ne!(theirs.blind().token("Patient.name", &["rosa"]), token);
    assert_ne!(ours.blind().token("Patient.family", &["rosa"]), token);
    assert_ne!(ours.blind().token("Patient.name", &["rosa", ""]), token);
    assert_ne!(ours.blind().token("Patient.name", &["ro", "sa"]), token);
}

#[test]
fn a_name_is_found_by_each_of_its_first_twelve_letters() {
    let keys = organisation();
    let stored: HashSet<i64> = keys.blind().prefixes("family", "wolfeschlegelstein").into_iter().collect();
    assert_eq!(stored.len(), 12);
    let finds = |typed: &str| stored.contains(&keys.blind().prefix("family", typed).unwrap());
    assert!(finds("w") && finds("wolfe") && finds("wolfeschlege") && finds("wolfeschlegelstein"));
    assert!(!finds("olfe") && !finds("wolff") && !finds("wolfx"));
    assert_eq!(keys.blind().prefix("family", ""), None);
    assert_eq!(keys.blind().prefixes("family", "李小龍").len(), 3);
    assert_ne!(keys.blind().exact("family", "li"), keys.blind().prefix("family", "li").unwrap());
}

#[test]
fn a_coding_is_found_in_the_four_forms_of_a_token_search() {
    let keys = organisation();
    let loinc = "http://loinc.org";
    let finds = |system: Option<&str>, searched: &str| {
        let stored = keys.blind().coding("code", system, "4548-4");
        let query = TokenQuery::parse(searched).unwrap();
        stored.contains(&keys.blind().coding_query("code", query))
    };
    assert!(finds(Some(loinc), "4548-4"));
    assert!(finds(Some(loinc), "http://loinc.org|4548-4"));
    assert!(finds(Some(loinc), "http://loinc.org|"));
    assert!(!finds(Some(loinc), "|4548-4"));
    assert!(!finds(Some(loinc), "http://snomed.info/sct|4548-4"));
    assert!(!finds(Some(loinc), "2345-7"));
    assert!(finds(None, "4548-4") && finds(None, "|4548-4"));
    assert!(!finds(None, "http://loinc.org|4548-4") && !finds(None, "http://loinc.org|"));
    assert_eq!(TokenQuery::parse(""), None);
    assert_eq!(TokenQuery::parse("|"), None);
}

#[test]
fn a_birth_date_is_found_within_its_year_month_and_day() {
    let keys = organisation();
    let stored = keys.blind().birth_date("birthdate", "1957-03-21");
    let finds = |text: &str| stored.contains(&keys.blind().birth_date_within("birthdate", text).unwrap());
    assert!(finds("1957") && finds("1957-03") && finds("1957-03-21"));
    assert!(!finds("1958") && !finds("1957-04") && !finds("1957-03-22"));
    assert_eq!(keys.blind().birth_date_within("birthdate", "57"), None);
    for text in ["", "unknown", "1957-3", "19570321", "1957/03/21", "1957-03-2x"] {
        assert!(keys.blind().birth_date("birthdate", text).is_empty());
    }
}

#[test]
fn a_range_over_a_life_expands_to_few_tokens() {
    let keys = organisation();
    let range = |from, to| keys.blind().birth_date_range("birthdate", from, to).len();
    assert_eq!(range(date(1930, 1, 1), date(1999, 12, 31)), 70);
    assert!(range(date(1900, 2, 2), date(2026, 8, 30)) < 250);
    assert!(range(Date::MIN, Date::MAX) <= 350);
    assert_eq!(range(date(2000, 1, 2), date(2000, 1, 1)), 0);
}

#[test]
fn a_year_known_alone_is_found_by_a_range_that_cuts_through_it() {
    let keys = organisation();
    let touches = |stored: &str, from, to| {
        let range: HashSet<i64> = keys.blind().birth_date_range("birthdate", from, to).into_iter().collect();
        keys.blind().birth_date("birthdate", stored).iter().any(|token| range.contains(token))
    };
    assert!(touches("1957", date(1957, 6, 1), date(1960, 1, 1)));
    assert!(touches("1957-06", date(1957, 6, 15), date(1957, 6, 20)));
    assert!(!touches("1957", date(1958, 1, 1), date(1960, 6, 1)));
    assert!(!touches("1957-06", date(1957, 7, 1), date(1957, 7, 9)));
}

#[test]
fn a_patients_words_are_keyed_by_the_patient_alone() {
    let key = key_of(1);
    let words = PatientWords::of(&key).unwrap();
    assert_eq!(words.token("insulin"), PatientWords::of(&key).unwrap().token("insulin"));
    assert_ne!(words.token("insulin"), words.token("insuline"));
    assert_ne!(words.token("insulin"), PatientWords::of(&key_of(2)).unwrap().token("insulin"));
}

fn a_day() -> impl Strategy<Value = Date> {
    (0i32..20_000).prop_map(|days| date(1960, 1, 1).checked_add(days.days()).unwrap())
}

fn found(index: &BlindIndex, day: Date, from: Date, to: Date) -> usize {
    let range = index.birth_date_range("birthdate", from, to);
    let stored = index.birth_date("birthdate", &day.to_string());
    range.iter().filter(|token| stored.contains(token)).count()
}

proptest! {
    #[test]
    fn a_day_has_exactly_one_token_in_a_range_that_holds_it_and_none_otherwise(
        day in a_day(), from in a_day(), to in a_day(),
    ) {
        let keys = organisation();
        let expected = usize::from(from <= day && day <= to);
        prop_assert_eq!(found(keys.blind(), day, from, to), expected);
        prop_assert_eq!(found(keys.blind(), day, day, day), 1);
    }
}

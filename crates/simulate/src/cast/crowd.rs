//! The many patients without a story: a small town's mix of ages, languages and insurance, by the
//! seed. The shares are assumptions of ours, not published figures.

use super::names;
use super::person::{ChartKind, Ethnicity, Insurance, PatientMember, Race};
use super::staff::staff;
use crate::seed::{Dice, Seed};
use domain::language::Language;

/// One in so many of the crowd has a deep chart, as long as there are fewer than [`DEEP`].
const DEEP_EVERY: usize = 18;
const DEEP: usize = 160;

/// Age from, span in years and how many of a hundred are of it.
const AGES: [(i64, i64, f64); 7] = [
    (0, 18, 9.0),
    (18, 17, 20.0),
    (35, 15, 20.0),
    (50, 15, 23.0),
    (65, 10, 17.0),
    (75, 10, 9.0),
    (85, 9, 2.0),
];

/// So many patients more; the same seed gives the same people.
pub fn crowd(seed: Seed, count: usize) -> Vec<PatientMember> {
    (0..count).map(|n| one(seed, n)).collect()
}

fn one(seed: Seed, n: usize) -> PatientMember {
    let key = format!("crowd-{n}");
    let dice = &mut seed.dice(&key);
    let (from, span, _) = dice.weighted(&AGES, |group| group.2).copied().unwrap_or(AGES[1]);
    let age = dice.between(from, span);
    let gender = if dice.chance(0.54) { "female" } else { "male" };
    let (race, ethnicity) = origin(dice);
    let is_hispanic = ethnicity == Ethnicity::Hispanic;
    let (given, family) = name(dice, gender, (race, is_hispanic));
    let is_spanish = is_hispanic && dice.chance(0.46);
    let street = dice.pick(&names::STREETS).copied().unwrap_or("River Road");
    let is_deep = n.is_multiple_of(DEEP_EVERY) && n / DEEP_EVERY < DEEP && age >= 18;
    PatientMember {
        given: given.into(),
        family: family.into(),
        preferred: None,
        age: i16::try_from(age).unwrap_or(40),
        birthday: (small(dice, 12), small(dice, 28)),
        gender,
        race,
        ethnicity,
        language: if is_spanish { Language::Es } else { Language::En },
        insurance: insurance(dice, age, is_hispanic),
        number: 400 + u32::try_from(n).unwrap_or(0),
        street: format!("{} {street}", dice.between(1, 480)),
        provider: provider(dice),
        chart: if is_deep { ChartKind::Deep } else { ChartKind::Light },
        chronic: chronic(dice, age, is_deep),
        has_sign_in: false,
        try_this: None,
        key,
    }
}

/// 1 to `most`.
fn small(dice: &mut Dice, most: i64) -> i8 {
    i8::try_from(dice.between(1, most)).unwrap_or(1)
}

fn origin(dice: &mut Dice) -> (Race, Ethnicity) {
    match dice.between(0, 100) {
        0..24 => (Race::Other, Ethnicity::Hispanic),
        24..27 => (Race::White, Ethnicity::Hispanic),
        27..37 => (Race::Black, Ethnicity::NotHispanic),
        37..49 => (Race::Asian, Ethnicity::NotHispanic),
        49..53 => (Race::Other, Ethnicity::NotHispanic),
        _ => (Race::White, Ethnicity::NotHispanic),
    }
}

fn name(dice: &mut Dice, gender: &str, (race, is_hispanic): (Race, bool)) -> (&'static str, &'static str) {
    let given: &[&str] = match (gender, is_hispanic) {
        ("female", true) => &names::HISPANIC_WOMEN,
        ("female", false) => &names::WOMEN,
        (_, true) => &names::HISPANIC_MEN,
        (_, false) => &names::MEN,
    };
    let family: &[&str] = match (race, is_hispanic) {
        (_, true) => &names::HISPANIC_FAMILIES,
        (Race::Asian, _) => &names::ASIAN_FAMILIES,
        _ => &names::FAMILIES,
    };
    (dice.pick(given).copied().unwrap_or("Alex"), dice.pick(family).copied().unwrap_or("Marsh"))
}

fn insurance(dice: &mut Dice, age: i64, is_hispanic: bool) -> Insurance {
    let medicaid = if is_hispanic { 0.30 } else { 0.19 };
    match age {
        65.. if dice.chance(0.92) => Insurance::Medicare,
        _ if dice.chance(medicaid) => Insurance::Medicaid,
        18.. if dice.chance(0.07) => Insurance::SelfPay,
        _ => Insurance::Commercial,
    }
}

fn provider(dice: &mut Dice) -> &'static str {
    let panels: Vec<&'static str> =
        staff().iter().filter(|member| member.has_panel()).map(|member| member.key).collect();
    dice.pick(&panels).copied().unwrap_or("okafor")
}

/// More with the years, and a few people with very many.
fn chronic(dice: &mut Dice, age: i64, is_deep: bool) -> u8 {
    let mean = match age {
        ..18 => 0.35,
        18..35 => 0.7,
        35..50 => 1.2,
        50..65 => 2.1,
        65..75 => 3.0,
        _ => 3.9,
    };
    let count = dice.exponential(mean).min(12.0) as u8;
    if is_deep { count.max(2) } else { count }
}

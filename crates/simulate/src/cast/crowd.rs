//! Further patients without a story, so that lists are as long as in a real clinic.

use super::patients::{Ethnicity, PatientMember, Race};
use crate::seed::Seed;
use domain::language::Language;

const GIVEN: [(&str, &str); 24] = [
    ("Alice", "female"),
    ("Andre", "male"),
    ("Beatriz", "female"),
    ("Benjamin", "male"),
    ("Carmen", "female"),
    ("Caleb", "male"),
    ("Denise", "female"),
    ("Dmitri", "male"),
    ("Estela", "female"),
    ("Frank", "male"),
    ("Hannah", "female"),
    ("Ibrahim", "male"),
    ("Joanne", "female"),
    ("Kofi", "male"),
    ("Leticia", "female"),
    ("Marcus", "male"),
    ("Nora", "female"),
    ("Oscar", "male"),
    ("Patrice", "female"),
    ("Ravi", "male"),
    ("Selma", "female"),
    ("Tomás", "male"),
    ("Vivian", "female"),
    ("Yusuf", "male"),
];
const FAMILY: [&str; 24] = [
    "Abbott", "Aguilar", "Banerjee", "Carter", "Castillo", "Dawson", "Espinoza", "Fischer", "Garza",
    "Hughes", "Ivanov", "Jimenez", "Khan", "Larsen", "Mendoza", "Nguyen", "Osei", "Park", "Quinn", "Ramirez",
    "Silva", "Turner", "Vargas", "Wallace",
];
const STREETS: [&str; 6] =
    ["Alder Street", "Cannery Street", "Harbor Terrace", "Mill Road", "Orchard Court", "River Road"];
const RACES: [Race; 4] = [Race::White, Race::Black, Race::Asian, Race::Other];

/// So many patients more; the same seed gives the same people.
pub fn crowd(seed: Seed, count: usize) -> Vec<PatientMember> {
    (0..count).map(|n| one(seed, n)).collect()
}

fn one(seed: Seed, n: usize) -> PatientMember {
    let key = format!("crowd-{n}");
    let of = |what: &str| format!("{key}/{what}");
    let number = |what: &str, limit: u64| i16::try_from(seed.below(&of(what), limit)).unwrap_or(0);
    let small = |what: &str, limit: u64| i8::try_from(seed.below(&of(what), limit)).unwrap_or(0);
    let (given, gender) = seed.pick(&of("given"), &GIVEN).copied().unwrap_or(GIVEN[0]);
    let is_hispanic = seed.below(&of("ethnicity"), 4) == 0;
    let street = seed.pick(&of("street"), &STREETS).copied().unwrap_or(STREETS[0]);
    PatientMember {
        given: given.into(),
        family: seed.pick(&of("family"), &FAMILY).copied().unwrap_or(FAMILY[0]).into(),
        preferred: None,
        age: 19 + number("age", 68),
        birthday: (1 + small("month", 12), 1 + small("day", 28)),
        gender,
        race: seed.pick(&of("race"), &RACES).copied().unwrap_or(Race::Other),
        ethnicity: if is_hispanic { Ethnicity::Hispanic } else { Ethnicity::NotHispanic },
        language: if is_hispanic && seed.below(&of("language"), 3) == 0 {
            Language::Es
        } else {
            Language::En
        },
        number: 200 + u32::try_from(n).unwrap_or(0),
        street: format!("{} {street}", 1 + seed.below(&of("house"), 400)),
        provider: if seed.below(&of("provider"), 2) == 0 { "okafor" } else { "reyes" },
        has_account: false,
        try_this: None,
        key,
    }
}

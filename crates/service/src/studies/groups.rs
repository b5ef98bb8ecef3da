//! The fixed list of groups by which the boards compare. Where a level must be hidden to protect another,
//! the last of its list goes first.

use super::calendar::Month;
use super::race_ethnicity::RaceEthnicity;
use domain::covariate::{Covariates, DiagnosisSystem, Insurance};
use study::morbidity::{Cuts, System, chronic_count};

/// Rises when a level is added, removed or moved: older decisions then show their totals only. A variable
/// at the end of the list is no such change.
pub const VERSION: u32 = 1;
/// Adults only.
const ADULT: i16 = 18;
/// The look-back of morbidity, in days.
const LOOK_BACK: i32 = 365;
/// The last level of race and ethnicity.
const UNKNOWN_RACE: usize = 7;

/// One variable of the boards.
pub struct Variable {
    pub word: &'static str,
    pub levels: &'static [&'static str],
    level: fn(&Covariates, Month) -> usize,
}

pub const VARIABLES: [Variable; 6] = [
    Variable { word: "age", levels: &["18-39", "40-64", "65-74", "75-plus"], level: age },
    Variable { word: "sex", levels: &["female", "male", "other"], level: sex },
    Variable {
        word: "insurance",
        levels: &["commercial", "medicare", "medicaid", "dual", "public", "none", "unknown"],
        level: insurance,
    },
    Variable { word: "language", levels: &["en", "es", "other", "unknown"], level: language },
    Variable {
        word: "morbidity",
        levels: &["very-low", "low", "moderate", "high", "very-high"],
        level: morbidity,
    },
    Variable {
        word: "race-ethnicity",
        levels: &[
            "hispanic",
            "white",
            "black",
            "asian",
            "native-american",
            "pacific-islander",
            "other",
            "unknown",
        ],
        level: race_ethnicity,
    },
];

impl Variable {
    pub fn level_of(&self, covariates: &Covariates, month: Month) -> usize {
        (self.level)(covariates, month)
    }
}

/// Whether somebody is counted at the start of a month: alive, an adult, and not opted out by then.
pub fn is_counted(covariates: &Covariates, month: Month) -> bool {
    covariates.is_alive_on(month.first_day())
        && covariates.is_open_to_research_on(month.first_day())
        && covariates.age_on((month.year, month.month)).is_some_and(|age| age >= ADULT)
}

fn age(covariates: &Covariates, month: Month) -> usize {
    let age = covariates.age_on((month.year, month.month)).unwrap_or_default();
    [40, 65, 75].iter().filter(|from| age >= **from).count()
}

fn sex(covariates: &Covariates, _: Month) -> usize {
    match covariates.person.sex.as_deref() {
        Some("female") => 0,
        Some("male") => 1,
        _ => 2,
    }
}

fn insurance(covariates: &Covariates, month: Month) -> usize {
    match covariates.insurance_on(month.first_day()) {
        Some(Insurance::Commercial) => 0,
        Some(Insurance::Medicare) => 1,
        Some(Insurance::Medicaid) => 2,
        Some(Insurance::DualEligible) => 3,
        Some(Insurance::OtherPublic) => 4,
        Some(Insurance::Uninsured) => 5,
        None => 6,
    }
}

fn language(covariates: &Covariates, _: Month) -> usize {
    match covariates.person.language.as_deref() {
        Some("en") => 0,
        Some("es") => 1,
        Some(_) => 2,
        None => 3,
    }
}

fn morbidity(covariates: &Covariates, month: Month) -> usize {
    let today = month.first_day();
    let within = covariates.diagnoses_within(today - LOOK_BACK, today);
    let codes = within.flat_map(|diagnosis| &diagnosis.codes).filter_map(|(system, code)| match system {
        DiagnosisSystem::SnomedCt => Some((System::SnomedCt, code.as_str())),
        DiagnosisSystem::Icd10 => Some((System::Icd10, code.as_str())),
        DiagnosisSystem::Icd9 => None,
    });
    Cuts::COUNT.level(chronic_count(codes)) as usize
}

fn race_ethnicity(covariates: &Covariates, _: Month) -> usize {
    RaceEthnicity::of(&covariates.person).map_or(UNKNOWN_RACE, |it| it as usize)
}

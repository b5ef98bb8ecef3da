//! A member's values in the words of the protocols; what is not known stays empty.

use super::cohort::day;
use super::measure::Measure;
use super::plan::{ExtractPlan, Wanted};
use super::shares::Bands;
use crate::studies::calendar::Month;
use crate::studies::race_ethnicity::RaceEthnicity;
use crate::studies::way::STAGES;
use domain::covariate::{AreaFacts, Covariates, Day, DiagnosisSystem, Insurance};
use jiff::civil::Date;
use std::collections::HashMap;
use study::morbidity::{Cuts, Level, System, charlson, chronic_count, elixhauser_count};

/// What the site's table says, by area.
pub type Areas = HashMap<String, AreaFacts>;

/// Days of the look-back before the window.
const PRIOR_YEAR: Day = 365;

/// Whose values a row has.
pub struct Subject<'a> {
    pub covariates: &'a Covariates,
    /// When age and insurance are taken; ages are known by the month.
    pub on: Date,
    pub facts: Facts,
}

/// What only rows of a kind have.
#[derive(Clone, Copy)]
pub enum Facts {
    Adult { shares: Bands, reached: [bool; STAGES.len()] },
    Month(Month),
    Conversation(Course),
}

/// How a conversation went.
#[derive(Clone, Copy)]
pub struct Course {
    pub arrived: &'static str,
    /// Until the first answer, or until following ended without one.
    pub hours: f64,
    pub working_hours: f64,
    pub is_answered: bool,
}

impl ExtractPlan {
    pub(super) fn values(&self, subject: &Subject<'_>, areas: &Areas) -> Vec<Option<String>> {
        let area = subject.covariates.person.area.as_deref().and_then(|area| areas.get(area));
        let value = |wanted: &Wanted| match subject.facts.value(wanted.measure) {
            Some(value) => Some(value),
            None => self.of_person(wanted, subject, area),
        };
        self.wanted.iter().map(value).collect()
    }

    fn of_person(&self, wanted: &Wanted, subject: &Subject<'_>, area: Option<&AreaFacts>) -> Option<String> {
        let (covariates, on) = (subject.covariates, subject.on);
        let person = &covariates.person;
        let window = self.window_days();
        match wanted.measure {
            Measure::Sex => person.sex.clone().filter(|sex| matches!(sex.as_str(), "female" | "male")),
            Measure::Age => banded(wanted, covariates.age_on((on.year(), on.month()))?),
            Measure::Race => race(&person.race).map(str::to_owned),
            Measure::Ethnicity => ethnicity(person.ethnicity.as_deref()?).map(str::to_owned),
            Measure::RaceEthnicity => RaceEthnicity::of(person).map(|it| it.name().to_owned()),
            Measure::Language => person.language.as_deref().map(|code| language(wanted, code).to_owned()),
            Measure::Insurance => covariates.insurance_on(day(on)).map(|kind| insurance(kind).to_owned()),
            Measure::Morbidity => Some(morbidity(covariates, window, Cuts::COUNT, chronic)),
            Measure::MorbidityPriorYear => {
                let before = (window.0 - PRIOR_YEAR, window.0);
                Some(morbidity(covariates, before, Cuts::COUNT, chronic))
            }
            Measure::Charlson => Some(morbidity(covariates, window, Cuts::CHARLSON, score)),
            Measure::Elixhauser => Some(morbidity(covariates, window, Cuts::COUNT, elixhauser)),
            Measure::Deprivation => area?.deprivation.clone(),
            Measure::Distance => banded(wanted, area?.distance_km? as i16),
            // Told by the facts, of rows that have them.
            Measure::Share | Measure::SharePriorYear | Measure::Month | Measure::Arrived => None,
            Measure::Stage(_) | Measure::Hours | Measure::WorkingHours | Measure::Replied => None,
        }
    }

    fn window_days(&self) -> (Day, Day) {
        (day(self.from), day(self.to) + 1)
    }
}

impl Facts {
    fn value(&self, measure: Measure) -> Option<String> {
        let flag = |is_so: bool| if is_so { "1" } else { "0" }.to_owned();
        // Finer than a second, and the same text everywhere.
        let hours = |hours: f64| format!("{hours:.4}");
        match (self, measure) {
            (Facts::Adult { shares, .. }, Measure::Share) => Some(shares.window.name().to_owned()),
            (Facts::Adult { shares, .. }, Measure::SharePriorYear) => {
                Some(shares.prior_year.name().to_owned())
            }
            (Facts::Adult { reached, .. }, Measure::Stage(stage)) => Some(flag(reached[stage])),
            (Facts::Month(month), Measure::Month) => Some(month.iso()),
            (Facts::Conversation(course), Measure::Arrived) => Some(course.arrived.to_owned()),
            (Facts::Conversation(course), Measure::Hours) => Some(hours(course.hours)),
            (Facts::Conversation(course), Measure::WorkingHours) => Some(hours(course.working_hours)),
            (Facts::Conversation(course), Measure::Replied) => Some(flag(course.is_answered)),
            _ => None,
        }
    }
}

fn morbidity(
    covariates: &Covariates,
    (from, until): (Day, Day),
    cuts: Cuts,
    count: fn(&[(System, &str)]) -> u32,
) -> String {
    let within = covariates.diagnoses_within(from, until);
    let code = |(system, code): &'_ (DiagnosisSystem, String)| match system {
        DiagnosisSystem::SnomedCt => (System::SnomedCt, code.clone()),
        DiagnosisSystem::Icd10 => (System::Icd10, code.clone()),
        DiagnosisSystem::Icd9 => (System::Icd9, code.clone()),
    };
    let codes: Vec<(System, String)> = within.flat_map(|diagnosis| &diagnosis.codes).map(code).collect();
    let codes: Vec<(System, &str)> = codes.iter().map(|(system, code)| (*system, code.as_str())).collect();
    level(cuts.level(count(&codes))).to_owned()
}

fn chronic(codes: &[(System, &str)]) -> u32 {
    chronic_count(codes.iter().copied())
}

fn score(codes: &[(System, &str)]) -> u32 {
    charlson(codes.iter().copied())
}

fn elixhauser(codes: &[(System, &str)]) -> u32 {
    elixhauser_count(codes.iter().copied())
}

fn level(level: Level) -> &'static str {
    match level {
        Level::VeryLow => "very low",
        Level::Low => "low",
        Level::Moderate => "moderate",
        Level::High => "high",
        Level::VeryHigh => "very high",
    }
}

/// A whole number, or the level whose band has it.
fn banded(wanted: &Wanted, number: i16) -> Option<String> {
    if wanted.bands.is_empty() {
        return Some(number.to_string());
    }
    let band = wanted.bands.iter().find(|band| (band.from..=band.until).contains(&number));
    band.map(|band| band.name.clone())
}

fn insurance(kind: Insurance) -> &'static str {
    match kind {
        Insurance::Commercial => "commercial",
        Insurance::Medicare => "Medicare",
        Insurance::Medicaid => "Medicaid",
        Insurance::DualEligible | Insurance::OtherPublic | Insurance::Uninsured => "other",
    }
}

/// The language's name, its code, or "other": the first of them that the protocol knows.
fn language<'a>(wanted: &Wanted, code: &'a str) -> &'a str {
    let name = match code {
        "en" => "English",
        "es" => "Spanish",
        _ => code,
    };
    let is_known = |value: &&str| wanted.known.iter().any(|known| known == value);
    [name, code, "other"].into_iter().find(is_known).unwrap_or(code)
}

/// OMB categories (US Core).
fn race(codes: &[String]) -> Option<&'static str> {
    match codes {
        [] => None,
        [one] => RaceEthnicity::of_race(one).map(RaceEthnicity::name),
        _ => Some("more than one"),
    }
}

fn ethnicity(code: &str) -> Option<&'static str> {
    match code {
        "2135-2" => Some("Hispanic or Latino"),
        "2186-5" => Some("not Hispanic or Latino"),
        _ => None,
    }
}

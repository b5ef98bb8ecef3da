//! A member's values in the words of the protocols; what is not known stays empty.

use super::cohort::{Member, day};
use super::plan::{ExtractPlan, Measure, Wanted};
use super::shares::Bands;
use domain::covariate::{AreaFacts, Day, DiagnosisSystem, Insurance};
use std::collections::HashMap;
use study::morbidity::{Cuts, Level, System, charlson, chronic_count, elixhauser_count};

/// What the site's table says, by area.
pub type Areas = HashMap<String, AreaFacts>;

/// Days of the look-back before the window.
const PRIOR_YEAR: Day = 365;

impl ExtractPlan {
    pub(super) fn values(&self, member: &Member, shares: Bands, areas: &Areas) -> Vec<Option<String>> {
        let area = member.covariates.person.area.as_deref().and_then(|area| areas.get(area));
        self.wanted.iter().map(|wanted| self.value(wanted, member, (shares, area))).collect()
    }

    fn value(
        &self,
        wanted: &Wanted,
        member: &Member,
        (shares, area): (Bands, Option<&AreaFacts>),
    ) -> Option<String> {
        let person = &member.covariates.person;
        match wanted.measure {
            Measure::Sex => person.sex.clone().filter(|sex| matches!(sex.as_str(), "female" | "male")),
            Measure::Age => banded(wanted, member.age),
            Measure::Race => race(&person.race).map(str::to_owned),
            Measure::Ethnicity => ethnicity(person.ethnicity.as_deref()?).map(str::to_owned),
            Measure::Language => person.language.clone(),
            Measure::Insurance => {
                member.covariates.insurance_on(day(self.index)).map(|kind| insurance(kind).to_owned())
            }
            Measure::Morbidity => Some(self.level(member, self.window_days(), Cuts::COUNT, chronic)),
            Measure::MorbidityPriorYear => {
                let from = day(self.from);
                Some(self.level(member, (from - PRIOR_YEAR, from), Cuts::COUNT, chronic))
            }
            Measure::Charlson => Some(self.level(member, self.window_days(), Cuts::CHARLSON, score)),
            Measure::Elixhauser => Some(self.level(member, self.window_days(), Cuts::COUNT, elixhauser)),
            Measure::Share => Some(shares.window.name().to_owned()),
            Measure::SharePriorYear => Some(shares.prior_year.name().to_owned()),
            Measure::Deprivation => area?.deprivation.clone(),
            Measure::Distance => banded(wanted, area?.distance_km? as i16),
        }
    }

    fn window_days(&self) -> (Day, Day) {
        (day(self.from), day(self.to) + 1)
    }

    fn level(
        &self,
        member: &Member,
        (from, until): (Day, Day),
        cuts: Cuts,
        count: fn(&[(System, &str)]) -> u32,
    ) -> String {
        let within = member.covariates.diagnoses_within(from, until);
        let code = |(system, code): &'_ (DiagnosisSystem, String)| match system {
            DiagnosisSystem::SnomedCt => Some((System::SnomedCt, code.clone())),
            DiagnosisSystem::Icd10 => Some((System::Icd10, code.clone())),
            DiagnosisSystem::Icd9 => Some((System::Icd9, code.clone())),
        };
        let codes: Vec<(System, String)> =
            within.flat_map(|diagnosis| &diagnosis.codes).filter_map(code).collect();
        let codes: Vec<(System, &str)> =
            codes.iter().map(|(system, code)| (*system, code.as_str())).collect();
        level(cuts.level(count(&codes))).to_owned()
    }
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

/// OMB categories (US Core).
fn race(codes: &[String]) -> Option<&'static str> {
    match codes {
        [] => None,
        [one] => match one.as_str() {
            "1002-5" => Some("American Indian or Alaska Native"),
            "2028-9" => Some("Asian"),
            "2054-5" => Some("Black or African American"),
            "2076-8" => Some("Native Hawaiian or other Pacific Islander"),
            "2106-3" => Some("White"),
            "2131-1" => Some("other"),
            _ => None,
        },
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

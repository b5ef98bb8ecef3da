//! What a study may know of a patient: age, sex, race and ethnicity, language, insurance, diagnoses, and
//! the postal code of the home. No names, numbers or days of birth. Kept beside the record so that nobody
//! opens charts to count people.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A day, counted from 1970-01-01.
pub type Day = i32;

/// Who pays, in the groups that studies compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Insurance {
    Commercial,
    Medicare,
    Medicaid,
    /// Medicare and Medicaid together.
    DualEligible,
    /// Another public payer: veterans, military, Indian Health Service, corrections.
    OtherPublic,
    Uninsured,
}

/// The systems of diagnosis codes that morbidity measures read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiagnosisSystem {
    SnomedCt,
    /// ICD-10 or ICD-10-CM.
    Icd10,
    /// ICD-9-CM.
    Icd9,
}

/// A diagnosis of the record, in each system that it is coded in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    pub codes: Vec<(DiagnosisSystem, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

/// What a consent of the record says on research.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResearchConsent {
    /// Whether studies may count the person.
    pub may_count: bool,
    /// When it was given.
    pub said: Day,
    /// The days on which it holds, both included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

impl ResearchConsent {
    fn holds_on(&self, day: Day) -> bool {
        self.said <= day
            && self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
    }
}

/// What the Patient resource says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Year and month of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<(i16, i8)>,
    /// FHIR administrative gender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
    /// OMB race categories (US Core), by their codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub race: Vec<String>,
    /// OMB ethnicity category (US Core), by its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ethnicity: Option<String>,
    /// The primary subtag of the language spoken with (BCP 47).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Where the person lives, as [`area`] folds a postal code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    #[serde(default)]
    pub is_deceased: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub died: Option<Day>,
}

/// What a site's table says of an area.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AreaFacts {
    /// A level's name, as of a fifth of an index.
    pub deprivation: Option<String>,
    /// To the clinic.
    pub distance_km: Option<f64>,
}

/// A postal code as a study's area: of the United States the first five digits, of others all without spaces.
pub fn area(postal_code: &str) -> Option<String> {
    let folded: String =
        postal_code.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    let is_long_zip = folded.len() == 10
        && folded
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 5 { byte == b'-' } else { byte.is_ascii_digit() });
    let is_code = (2..=12).contains(&folded.len())
        && folded.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && folded.chars().any(|c| c.is_ascii_digit());
    if is_long_zip { folded.get(..5).map(str::to_owned) } else { is_code.then_some(folded) }
}

/// What one resource says for its patient's covariates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    Person(Person),
    Insured(Day, Insurance),
    /// `None` takes the resource's diagnosis back.
    Diagnosed(Uuid, Option<Diagnosis>),
    /// Whether studies may count the person, from this day on.
    Research(Day, bool),
    /// `None` takes back what the resource said.
    Consented(Uuid, Option<ResearchConsent>),
}

/// A patient's covariates over time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covariates {
    #[serde(default)]
    pub person: Person,
    /// Days on which an insurance was seen.
    #[serde(default)]
    insurance: BTreeMap<Day, Insurance>,
    /// By the resource that holds it.
    #[serde(default)]
    diagnoses: BTreeMap<Uuid, Diagnosis>,
    /// The person's word on research, by the day from which it holds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    research: BTreeMap<Day, bool>,
    /// The same in the record's consents, by the resource that holds it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    consents: BTreeMap<Uuid, ResearchConsent>,
}

impl Covariates {
    pub fn learn(&mut self, finding: Finding) {
        match finding {
            Finding::Person(person) => self.person = person,
            Finding::Insured(day, insurance) => self.insured(day, insurance),
            Finding::Diagnosed(resource, Some(diagnosis)) => {
                self.diagnoses.insert(resource, diagnosis);
            }
            Finding::Diagnosed(resource, None) => {
                self.diagnoses.remove(&resource);
            }
            Finding::Research(day, may_count) => {
                self.research.insert(day, may_count);
            }
            Finding::Consented(resource, Some(consent)) => {
                self.consents.insert(resource, consent);
            }
            Finding::Consented(resource, None) => {
                self.consents.remove(&resource);
            }
        }
    }

    /// Of two on one day the first of the list counts, so that the order of reading does not matter.
    fn insured(&mut self, day: Day, insurance: Insurance) {
        let seen = self.insurance.entry(day).or_insert(insurance);
        *seen = insurance.min(*seen);
    }

    /// The insurance seen last on or before a day.
    pub fn insurance_on(&self, day: Day) -> Option<Insurance> {
        self.insurance.range(..=day).next_back().map(|(_, insurance)| *insurance)
    }

    /// Whether studies may count the person on a day: as was said last by then, by the person or in a consent that
    /// holds on the day. Of two words of one day no wins; where nothing was said, yes.
    pub fn is_open_to_research_on(&self, day: Day) -> bool {
        let noted = self.research.range(..=day).next_back().map(|(said, may_count)| (*said, *may_count));
        let consents = self.consents.values().filter(|consent| consent.holds_on(day));
        let consented = consents.map(|consent| (consent.said, consent.may_count));
        let last = noted.into_iter().chain(consented).max_by_key(|(said, may_count)| (*said, !may_count));
        last.is_none_or(|(_, may_count)| may_count)
    }

    /// Whole years on the first of a month. Who is born in that month has no birthday yet.
    pub fn age_on(&self, (year, month): (i16, i8)) -> Option<i16> {
        let (born_year, born_month) = self.person.born?;
        let age = year - born_year - i16::from(born_month >= month);
        (age >= 0).then_some(age)
    }

    /// A death without a date counts always.
    pub fn is_alive_on(&self, day: Day) -> bool {
        match self.person.died {
            Some(died) => day < died,
            None => !self.person.is_deceased,
        }
    }

    /// Diagnoses that were there at some time in [from, until).
    pub fn diagnoses_within(&self, from: Day, until: Day) -> impl Iterator<Item = &Diagnosis> {
        self.diagnoses.values().filter(move |diagnosis| {
            diagnosis.from.is_none_or(|began| began < until)
                && diagnosis.until.is_none_or(|ended| ended >= from)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn insured(seen: &[(Day, Insurance)]) -> Covariates {
        let mut covariates = Covariates::default();
        for (day, insurance) in seen {
            covariates.learn(Finding::Insured(*day, *insurance));
        }
        covariates
    }

    #[test]
    fn an_insurance_holds_until_another_is_seen_in_whatever_order_they_come() {
        use Insurance::{Commercial, Medicaid};
        let seen = [(10, Commercial), (20, Commercial), (30, Medicaid), (40, Medicaid), (50, Medicaid)];
        let mut backwards = seen;
        backwards.reverse();
        for covariates in [insured(&seen), insured(&backwards)] {
            assert_eq!(covariates.insurance_on(9), None);
            assert_eq!(covariates.insurance_on(29), Some(Commercial));
            assert_eq!(covariates.insurance_on(45), Some(Medicaid));
        }
        let day = [(10, Medicaid), (10, Commercial)];
        assert_eq!(insured(&day).insurance_on(10), Some(Commercial));
        assert_eq!(insured(&[day[1], day[0]]), insured(&day));
    }

    #[test]
    fn an_age_is_whole_years_on_the_first_of_a_month() {
        let person = Person { born: Some((1955, 11)), ..Person::default() };
        let rosa = Covariates { person, ..Covariates::default() };
        assert_eq!([(2026, 11), (2026, 12)].map(|month| rosa.age_on(month)), [Some(70), Some(71)]);
        assert_eq!(rosa.age_on((1955, 10)), None);
        assert_eq!(Covariates::default().age_on((2026, 1)), None);
    }

    #[test]
    fn a_diagnosis_counts_while_it_lasts_and_can_be_taken_back() {
        let diagnosis = |from, until| Diagnosis {
            codes: vec![(DiagnosisSystem::SnomedCt, "44054006".into())],
            from,
            until,
        };
        let mut covariates = Covariates::default();
        covariates.learn(Finding::Diagnosed(Uuid::from_u128(1), Some(diagnosis(Some(100), Some(200)))));
        covariates.learn(Finding::Diagnosed(Uuid::from_u128(2), Some(diagnosis(None, None))));
        let count = |from, until| covariates.diagnoses_within(from, until).count();
        assert_eq!([count(0, 100), count(0, 101), count(200, 300), count(201, 300)], [1, 2, 2, 1]);
        covariates.learn(Finding::Diagnosed(Uuid::from_u128(1), None));
        assert_eq!(covariates.diagnoses_within(0, 300).count(), 1);
    }

    #[test]
    fn a_person_is_open_to_research_until_they_say_otherwise_and_again_when_they_change_their_mind() {
        let mut covariates = Covariates::default();
        covariates.learn(Finding::Research(100, false));
        covariates.learn(Finding::Research(200, true));
        let is_open = [99, 100, 199, 200].map(|day| covariates.is_open_to_research_on(day));
        assert_eq!(is_open, [true, false, false, true]);
        covariates.learn(Finding::Research(200, false));
        assert!(!covariates.is_open_to_research_on(200), "the last word of a day counts");
    }

    #[test]
    fn of_a_consent_and_a_noted_word_the_newest_counts_while_it_holds() {
        let consent = |may_count, said| ResearchConsent { may_count, said, from: None, until: None };
        let number = Uuid::from_u128;
        let mut covariates = Covariates::default();
        covariates.learn(Finding::Consented(number(1), Some(consent(false, 100))));
        covariates.learn(Finding::Research(200, true));
        let is_open =
            |covariates: &Covariates, days: [Day; 3]| days.map(|day| covariates.is_open_to_research_on(day));
        assert_eq!(is_open(&covariates, [99, 100, 200]), [true, false, true]);
        covariates.learn(Finding::Consented(number(2), Some(consent(false, 200))));
        assert_eq!(
            is_open(&covariates, [199, 200, 201]),
            [false, false, false],
            "of one day's words no wins"
        );
        let ending = ResearchConsent { from: Some(320), until: Some(330), ..consent(true, 300) };
        covariates.learn(Finding::Consented(number(3), Some(ending)));
        assert_eq!(is_open(&covariates, [319, 320, 330]), [false, true, true]);
        assert!(!covariates.is_open_to_research_on(331), "then what was said before holds again");
        covariates.learn(Finding::Consented(number(2), None));
        covariates.learn(Finding::Consented(number(1), None));
        assert!(covariates.is_open_to_research_on(331), "withdrawn consents say nothing");
    }

    #[test]
    fn the_dead_are_not_counted() {
        let died = |is_deceased, died| Covariates {
            person: Person { is_deceased, died, ..Person::default() },
            ..Covariates::default()
        };
        assert!(died(true, Some(100)).is_alive_on(99) && !died(true, Some(100)).is_alive_on(100));
        assert!(!died(true, None).is_alive_on(99) && died(false, None).is_alive_on(99));
    }
}

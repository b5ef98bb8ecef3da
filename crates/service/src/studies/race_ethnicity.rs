//! Race and ethnicity as one variable: Hispanic or Latino first, then the race where it is one (OMB categories of
//! US Core).

use domain::covariate::Person;

/// In the order of the boards' levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RaceEthnicity {
    Hispanic,
    White,
    Black,
    Asian,
    NativeAmerican,
    PacificIslander,
    /// Another race, or more than one.
    Other,
}

const HISPANIC: &str = "2135-2";

impl RaceEthnicity {
    /// `None` where neither is known.
    pub fn of(person: &Person) -> Option<RaceEthnicity> {
        if person.ethnicity.as_deref() == Some(HISPANIC) {
            return Some(RaceEthnicity::Hispanic);
        }
        match person.race.as_slice() {
            [] => None,
            [one] => Some(RaceEthnicity::of_race(one).unwrap_or(RaceEthnicity::Other)),
            _ => Some(RaceEthnicity::Other),
        }
    }

    /// Of one OMB race category.
    pub fn of_race(code: &str) -> Option<RaceEthnicity> {
        match code {
            "2106-3" => Some(RaceEthnicity::White),
            "2054-5" => Some(RaceEthnicity::Black),
            "2028-9" => Some(RaceEthnicity::Asian),
            "1002-5" => Some(RaceEthnicity::NativeAmerican),
            "2076-8" => Some(RaceEthnicity::PacificIslander),
            "2131-1" => Some(RaceEthnicity::Other),
            _ => None,
        }
    }

    /// In the words of the protocols.
    pub fn name(self) -> &'static str {
        match self {
            RaceEthnicity::Hispanic => "Hispanic or Latino",
            RaceEthnicity::White => "White",
            RaceEthnicity::Black => "Black or African American",
            RaceEthnicity::Asian => "Asian",
            RaceEthnicity::NativeAmerican => "American Indian or Alaska Native",
            RaceEthnicity::PacificIslander => "Native Hawaiian or other Pacific Islander",
            RaceEthnicity::Other => "other",
        }
    }
}

//! A patient as a value: who it is, where it belongs, how it is insured.

use domain::language::{Label, Language};

/// OMB race categories (US Core).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Race {
    White,
    Black,
    Asian,
    Other,
}

/// OMB ethnicity categories (US Core).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ethnicity {
    Hispanic,
    NotHispanic,
}

/// Who pays, in the groups of the study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Insurance {
    Commercial,
    Medicare,
    Medicaid,
    SelfPay,
}

/// How much of a chart there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// Written by hand; the person has a part in the story.
    Hand,
    /// Years of it, by the seed.
    Deep,
    /// Problems, a few visits and results.
    Light,
}

/// A patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientMember {
    pub key: String,
    pub given: String,
    pub family: String,
    /// The name of use, where it is not the given one.
    pub preferred: Option<String>,
    pub age: i16,
    /// Month and day.
    pub birthday: (i8, i8),
    pub gender: &'static str,
    pub race: Race,
    pub ethnicity: Ethnicity,
    pub language: Language,
    pub insurance: Insurance,
    /// The last four digits of the telephone and of the record number.
    pub number: u32,
    pub street: String,
    /// The key of the primary care provider.
    pub provider: &'static str,
    pub chart: ChartKind,
    /// Lasting conditions, where the chart is not written by hand.
    pub chronic: u8,
    /// Whether somebody can sign in as this patient.
    pub has_sign_in: bool,
    /// What to try as this person; `None` for those without a card.
    pub try_this: Option<Label>,
}

impl PatientMember {
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    pub fn is_adult(&self) -> bool {
        self.age >= 18
    }

    /// `rosa.delgado`; without accents, so that it can be typed anywhere.
    pub fn sign_in(&self) -> String {
        let name = domain::words::fold(&format!("{}.{}", self.given, self.family)).replace([' ', '\''], "");
        match self.chart {
            ChartKind::Hand => name,
            // Of the many some share a name.
            _ => format!("{name}.{}", self.number),
        }
    }
}

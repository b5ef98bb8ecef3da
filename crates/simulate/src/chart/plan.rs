//! What a patient of the crowd has, was seen for and was tested for: the one source of the chart and
//! of what the patient writes about it.

use super::chronic::{ACUTE, Acute, CHRONIC, Checked, Chronic, Drug};
use super::kinds::{DIABETES, PREDIABETES};
use crate::cast::{ChartKind, PatientMember};
use crate::seed::{Dice, Seed};

/// How far visits reach back, in days.
const LIGHT_DAYS: i64 = 730;
const DEEP_DAYS: i64 = 1_900;

/// One visit.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedVisit {
    pub days_ago: i64,
    pub time: (i8, i8),
    pub about: Why,
    /// The key of the specialist, where it was not the primary care provider.
    pub specialist: Option<&'static str>,
    pub checked: Option<(&'static Checked, &'static str)>,
}

/// Why somebody comes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    Chronic(&'static Chronic),
    Acute(&'static Acute),
}

/// The outline of a chart; visits from the newest to the oldest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    pub problems: Vec<&'static Chronic>,
    pub visits: Vec<PlannedVisit>,
}

impl Plan {
    /// The same seed and person give the same outline.
    pub fn of(seed: Seed, patient: &PatientMember) -> Plan {
        if patient.chart == ChartKind::Hand {
            return Plan::default();
        }
        let dice = &mut seed.dice(&format!("{}/plan", patient.key));
        let problems = problems(dice, patient);
        let visits = visits(dice, patient, &problems);
        Plan { problems, visits }
    }

    /// The medicines that are taken.
    pub fn drugs(&self) -> impl Iterator<Item = &'static Drug> {
        self.problems.iter().filter_map(|problem| problem.drug.as_ref())
    }
}

fn problems(dice: &mut Dice, patient: &PatientMember) -> Vec<&'static Chronic> {
    let mut found: Vec<&'static Chronic> = Vec::new();
    for _ in 0..patient.chronic {
        let weight = |one: &Chronic| {
            let is_there = found.iter().any(|known| known.code == one.code || excludes(known, one));
            let age = if patient.age >= one.from_age { 1.0 } else { 0.02 };
            if is_there { 0.0 } else { one.weight * age }
        };
        found.extend(dice.weighted(&CHRONIC, weight));
    }
    found
}

fn excludes(one: &Chronic, other: &Chronic) -> bool {
    let pair = [one.code, other.code];
    pair.contains(&DIABETES) && pair.contains(&PREDIABETES)
}

fn visits(dice: &mut Dice, patient: &PatientMember, problems: &[&'static Chronic]) -> Vec<PlannedVisit> {
    let (reach, every) = match patient.chart {
        ChartKind::Deep => (DEEP_DAYS, 130.0),
        _ => (LIGHT_DAYS, 420.0 / (1.0 + problems.len() as f64 * 0.45)),
    };
    let mut visits = Vec::new();
    let mut days_ago = dice.exponential(every * 0.7) as i64 + 2;
    while days_ago < reach {
        visits.push(visit(dice, days_ago, problems));
        days_ago += dice.exponential(every) as i64 + 12;
    }
    visits
}

fn visit(dice: &mut Dice, days_ago: i64, problems: &[&'static Chronic]) -> PlannedVisit {
    let about = dice.pick(problems).copied().filter(|_| dice.chance(0.7));
    let checked = about.and_then(|problem| problem.checked.as_ref());
    let value = checked.and_then(|checked| dice.pick(checked.values).copied());
    let hour = i8::try_from(dice.between(8, 9)).unwrap_or(9);
    let minute = i8::try_from(dice.between(0, 3) * 20).unwrap_or(0);
    PlannedVisit {
        days_ago,
        time: (hour, minute),
        about: about.map_or_else(|| acute(dice), Why::Chronic),
        specialist: about.and_then(|problem| problem.specialist).filter(|_| dice.chance(0.3)),
        checked: checked.zip(value),
    }
}

fn acute(dice: &mut Dice) -> Why {
    Why::Acute(dice.pick(&ACUTE).unwrap_or(&ACUTE[0]))
}

//! Which counts of a fit are shown to its analyst: few people, events or non-events are withheld, with what would give
//! them away by subtraction from the whole or by a crude odds ratio. That is no published grade: the model's figures
//! keep their full precision, and of few patterns the counts follow from them. [`crate::report`] is for publication.

use serde_json::Value;

use super::result::{CalibrationGroup, Fit, Term};

/// Whether counts of few people may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    Exact,
    /// People, events and non-events numbering 1 to `limit - 1` are withheld.
    Suppressed {
        limit: u64,
    },
}

impl Counts {
    fn is_few(self, count: u64) -> bool {
        matches!(self, Self::Suppressed { limit } if (1..limit).contains(&count))
    }

    /// Are its people, events and non-events none or enough?
    pub(super) fn shows(self, n: u64, events: u64) -> bool {
        ![n, events, n - events].into_iter().any(|count| self.is_few(count))
    }

    /// Groups of like fitted chance, neighbours joined until each shows none or enough; none where all would stand
    /// together.
    pub(super) fn joined(self, groups: &[CalibrationGroup]) -> Vec<CalibrationGroup> {
        let mut groups = groups.to_vec();
        while let Some(at) = groups.iter().position(|group| !self.shows(group.n, group.events)) {
            if groups.len() < 2 {
                return Vec::new();
            }
            let first = at.min(groups.len() - 2);
            let second = groups.remove(first + 1);
            groups[first].join(second);
        }
        groups
    }

    /// The number of people, or "<11".
    pub(super) fn people(self, n: u64) -> Value {
        if self.is_few(n) { self.below() } else { Value::from(n) }
    }

    /// The number of events of `n` people; "<11", or ">489" of 500 where few had none.
    pub(super) fn events(self, n: u64, events: u64) -> Value {
        match self {
            Self::Suppressed { .. } if self.is_few(n) || self.is_few(events) => self.below(),
            Self::Suppressed { limit } if self.is_few(n - events) => Value::from(format!(">{}", n - limit)),
            _ => Value::from(events),
        }
    }

    fn below(self) -> Value {
        match self {
            Self::Exact => Value::Null,
            Self::Suppressed { limit } => Value::from(format!("<{limit}")),
        }
    }
}

/// What is withheld of one covariate.
pub(super) struct Withheld<'a> {
    /// Levels that must not be shown.
    pub levels: Vec<&'a str>,
    /// The level that is withheld so that the reference cannot be had by subtraction.
    pub for_another: Option<&'a str>,
}

impl<'a> Withheld<'a> {
    pub fn of(fit: &'a Fit, variable: &str, counts: Counts) -> Self {
        let all = fit.characteristics.iter().find(|row| row.variable == variable);
        let all = all.map_or(&[][..], |row| &row.levels);
        let few = all.iter().filter(|row| !counts.shows(row.n, row.events));
        let levels: Vec<&str> = few.map(|row| row.level.as_str()).collect();
        // The terms print every level but the reference, and the whole is printed too.
        let reference =
            fit.terms.iter().find(|term| term.variable == variable).map(|term| term.reference.as_str());
        let only_reference = levels.len() == 1 && levels.first().copied() == reference;
        let others = all.iter().filter(|row| Some(row.level.as_str()) != reference && row.n > 0);
        let smallest = others.min_by_key(|row| row.events).map(|row| row.level.as_str());
        Self { levels, for_another: smallest.filter(|_| only_reference) }
    }

    pub fn is_any(&self) -> bool {
        !self.levels.is_empty()
    }

    pub fn holds(&self, level: &str) -> bool {
        self.levels.contains(&level) || self.for_another == Some(level)
    }
}

/// A term's people and events as they may be shown; null where they would give others away.
pub(super) fn counts_of(fit: &Fit, term: &Term, counts: Counts) -> (Value, Value) {
    let exact = counts == Counts::Exact;
    let is_product = !fit.characteristics.iter().any(|row| row.variable == term.variable);
    let gives_away = Withheld::of(fit, &term.variable, counts).for_another == Some(term.level.as_str());
    if !exact && (is_product || gives_away) {
        return (Value::Null, Value::Null);
    }
    (counts.people(term.n), counts.events(term.n, term.events))
}

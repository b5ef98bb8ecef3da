//! The main model once more with something changed. In published grade it is held against the main table: the
//! people that a change leaves out are a count, too.

use super::digits::Digits;
use super::disclose::Shown;
use super::model::{Analysis, Ratio, Row};
use super::products;
use crate::disclosure::Limit;
use crate::fit::{Coefficient, Fit, Plan, Warning, analyse};
use crate::grouped::Grouped;
use crate::protocol::{Change, Protocol, Sensitivity};
use crate::source::MISSING_LEVEL;

/// The main analysis.
pub struct Main<'a> {
    pub protocol: &'a Protocol,
    pub cohort: &'a Grouped,
    pub fit: &'a Fit,
    pub shown: &'a Shown,
    pub limit: Option<Limit>,
}

impl Main<'_> {
    /// One analysis; `other` is the cohort with the other column, where the change needs one.
    pub fn analysis(&self, sensitivity: &Sensitivity, other: Option<&Result<Grouped, String>>) -> Analysis {
        let change = &sensitivity.change;
        let mut analysis = Analysis {
            name: sensitivity.name.clone(),
            change: words(self.protocol, change),
            n: None,
            reason: None,
            rows: Vec::new(),
            warnings: Vec::new(),
        };
        let changed = match (change, other) {
            (Change::Only { variable, levels }, _) if !self.are_shown(variable, levels) => {
                Err("not all of the levels that it keeps are shown".to_owned())
            }
            (Change::Replace { .. }, Some(Ok(other))) => Ok(other.clone()),
            (Change::Replace { .. }, Some(Err(reason))) => Err(reason.clone()),
            (Change::Replace { column, .. }, None) => {
                Err(format!("counts hold no column {column}; it needs the rows"))
            }
            (change, _) => Ok(change_cohort(change, self.cohort)),
        };
        let plan = Plan { interactions: interactions(self.protocol, change), gee: false, firth: false };
        let fitted = changed.and_then(|cohort| match analyse(&cohort, &plan) {
            Ok(fit) => Ok((cohort, fit)),
            Err(error) if self.follows(change, cohort.rows()) => Err(error.to_string()),
            Err(_) => Err("no odds ratio can be estimated".to_owned()),
        });
        match fitted {
            Ok((cohort, fit)) => self.fill(&mut analysis, change, (&cohort, &fit)),
            Err(reason) => analysis.reason = Some(reason),
        }
        analysis
    }

    fn are_shown(&self, variable: &str, levels: &[String]) -> bool {
        levels.iter().all(|level| self.shown.level(variable, level))
    }

    /// Whether a changed cohort's number of people follows from what the main table shows anyway.
    fn follows(&self, change: &Change, n: u64) -> bool {
        let is_missing = |variable: &str| {
            let table = self.fit.characteristics.iter().find(|it| it.variable == variable);
            let level = table.and_then(|it| it.levels.iter().find(|level| level.level == MISSING_LEVEL));
            level.is_some_and(|level| level.n > 0)
        };
        self.limit.is_none()
            || self.shown.total
                && match change {
                    Change::Without(_) => true,
                    Change::Replace { .. } => n == self.fit.n,
                    Change::Only { variable, levels } => self.are_shown(variable, levels),
                    Change::CompleteCases => {
                        let names = self.cohort.variables.iter().map(|variable| &*variable.name);
                        let missing: Vec<&str> = names.filter(|name| is_missing(name)).collect();
                        match missing[..] {
                            [] => true,
                            [one] => self.shown.level(one, MISSING_LEVEL),
                            // What two have in common would follow from the rows that miss either.
                            _ => false,
                        }
                    }
                }
    }

    fn fill(&self, analysis: &mut Analysis, change: &Change, (cohort, fit): (&Grouped, &Fit)) {
        let digits = if self.limit.is_some() { Digits::Three } else { Digits::All };
        let shown = Shown::decide(self.protocol, (fit, cohort), self.limit, None);
        let is_model_shown = shown.total && self.is_model_shown(change, &shown);
        analysis.n = self.follows(change, fit.n).then(|| digits.count(fit.n));
        analysis.warnings = fit.warnings.iter().filter_map(|it| both(&[&shown, self.shown], it)).collect();
        for term in &fit.terms {
            let is_shown = is_model_shown && shown.pair(term) && self.shown.pair(term);
            let adjusted = term.adjusted.filter(|_| is_shown).map(|it| ratio(&it, digits));
            analysis.rows.push(Row {
                label: products::label(self.protocol, &term.variable),
                variable: term.variable.clone(),
                level: term.level.clone(),
                at: products::at(self.protocol, fit, &term.variable),
                adjusted,
            });
        }
    }

    /// The table of a model with few patterns follows from its figures: what it leaves out of the main table, or
    /// what the other column moves, must be no small count then.
    fn is_model_shown(&self, change: &Change, shown: &Shown) -> bool {
        shown.is_opaque
            || match change {
                Change::Without(_) => !shown.has_small_pattern,
                Change::Only { .. } | Change::CompleteCases => !self.shown.has_small_pattern,
                Change::Replace { .. } => false,
            }
    }
}

/// A warning in words that neither table forbids.
fn both(tables: &[&Shown; 2], warning: &Warning) -> Option<String> {
    let [own, main] = tables.map(|shown| shown.words(warning));
    let (own, main) = (own?, main?);
    Some(if own == warning.to_string() { main } else { own })
}

fn change_cohort(change: &Change, cohort: &Grouped) -> Grouped {
    let place = |name: &String| cohort.variables.iter().position(|variable| variable.name == *name);
    match change {
        Change::Replace { .. } => cohort.clone(),
        Change::Without(variable) => place(variable).map_or_else(|| cohort.clone(), |at| cohort.without(at)),
        Change::Only { variable, levels } => match place(variable) {
            Some(at) => cohort.only(|pattern| {
                cohort.variables[at]
                    .levels
                    .get(usize::from(pattern[at]))
                    .is_some_and(|level| levels.contains(level))
            }),
            None => cohort.clone(),
        },
        Change::CompleteCases => cohort.only(|pattern| {
            pattern.iter().zip(&cohort.variables).all(|(level, variable)| {
                variable.levels.get(usize::from(*level)).is_none_or(|level| level != MISSING_LEVEL)
            })
        }),
    }
}

fn interactions(protocol: &Protocol, change: &Change) -> Vec<[String; 2]> {
    let is_out = |name: &String| matches!(change, Change::Without(variable) if variable == name);
    let pairs = protocol.interactions.iter().filter(|(first, second)| !is_out(first) && !is_out(second));
    pairs.map(|(first, second)| [first.clone(), second.clone()]).collect()
}

/// An odds ratio and its interval.
pub fn ratio(coefficient: &Coefficient, digits: Digits) -> Ratio {
    Ratio {
        value: digits.figure(coefficient.odds_ratio()),
        interval: Some(digits.interval(coefficient.ci())),
    }
}

fn words(protocol: &Protocol, change: &Change) -> String {
    let label =
        |name: &String| protocol.covariate(name).map_or(name.clone(), |measure| measure.label.clone());
    match change {
        Change::Replace { variable, column } => format!("{} read from the column {column}", label(variable)),
        Change::Without(variable) => format!("without: {}", label(variable)),
        Change::Only { variable, levels } => format!("only {}: {}", label(variable), levels.join(", ")),
        Change::CompleteCases => "only people of whom nothing is missing".to_owned(),
    }
}

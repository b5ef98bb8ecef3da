//! What may be shown of a fit: its counts, and the figures from which counts would follow. With few more patterns of
//! covariates than coefficients the figures of a model are next to its table (with one covariate they are its table).

use crate::disclosure::{Counts, Limit, Published, Table};
use crate::fit::{Fit, Term, Warning};
use crate::grouped::Grouped;

/// So many patterns more than coefficients, and the figures of a model count as no table: ten residual degrees of
/// freedom. A rule of thumb, and no proof; docs/study-facts.md says what is not promised.
const SPARE_PATTERNS: usize = 10;

/// Of each variable's levels and of the whole: whether counts are shown.
pub struct Shown {
    pub total: bool,
    by: Vec<Levels>,
    /// Without a limit: products of levels too.
    is_exact: bool,
    /// Whether the model's figures are far enough from its table.
    pub is_opaque: bool,
    /// Whether few people, events or non-events have some pattern.
    pub has_small_pattern: bool,
}

struct Levels {
    variable: String,
    levels: Vec<(String, bool)>,
}

/// The variable whose levels are calendar months, by its place, with the limit for people: a person has one row in
/// a month at most, so there rows are people.
#[derive(Clone, Copy)]
pub struct Months {
    pub at: usize,
    pub limit: Limit,
}

impl Shown {
    /// Decides on every count of the table at once; without a limit everything is shown.
    pub fn decide(fit: &Fit, cohort: &Grouped, limit: Option<Limit>, months: Option<Months>) -> Shown {
        let all = || fit.characteristics.iter().map(|it| vec![true; it.levels.len()]).collect();
        let Some(limit) = limit else {
            let by = named(fit, all());
            return Shown { total: true, by, is_exact: true, is_opaque: true, has_small_pattern: false };
        };
        let (total, by) = counts(fit, limit, months);
        let mut patterns = of_patterns(cohort);
        patterns.retain(|counts| counts.n > 0);
        Shown {
            total,
            by: named(fit, by),
            is_exact: false,
            is_opaque: patterns.len() > fit.terms.len() + SPARE_PATTERNS,
            has_small_pattern: patterns.iter().any(|counts| limit.suppresses(*counts)),
        }
    }

    /// Whether figures of the whole model may be shown: no count that adds up patterns can be small, or nothing
    /// so near to a count follows.
    pub fn model(&self) -> bool {
        self.total && (self.is_opaque || !self.has_small_pattern)
    }

    pub fn level(&self, variable: &str, level: &str) -> bool {
        self.is_exact || self.levels(variable).any(|(name, shown)| name == level && *shown)
    }

    /// Whether each level of a variable is shown.
    pub fn variable(&self, variable: &str) -> bool {
        self.levels(variable).all(|(_, shown)| *shown)
    }

    /// Whether a level may be compared with its reference: an odds ratio and the odds of one give those of the other.
    pub fn pair(&self, term: &Term) -> bool {
        self.level(&term.variable, &term.level) && self.level(&term.variable, &term.reference)
    }

    fn levels(&self, variable: &str) -> impl Iterator<Item = &(String, bool)> {
        self.by.iter().filter(move |it| it.variable == variable).flat_map(|it| &it.levels)
    }

    /// A warning's words, or nothing where they would tell of a level that is not shown.
    pub fn words(&self, warning: &Warning) -> Option<String> {
        let is_told = |(variable, level): &(String, String)| level.is_empty() || self.level(variable, level);
        let unnamed = |what: &str| (what.to_owned(), String::new());
        match warning {
            Warning::LevelWithoutPeople { variable, level } if !self.level(variable, level) => return None,
            Warning::OtherReference { variable, wanted, .. } if !self.level(variable, wanted) => return None,
            Warning::SingleLevel { variable, level } if !self.level(variable, level) => {
                return Some(format!("{variable}: dropped, everybody has the same level"));
            }
            // The levels beside a hidden reference would tell that it is the one, so none is named.
            Warning::Separated { complete, columns } if !columns.iter().all(is_told) => Warning::Separated {
                complete: *complete,
                columns: vec![unnamed("levels of which not all are shown")],
            },
            Warning::Collinear { column, of }
                if !of.is_empty() && !of.iter().chain([column]).all(is_told) =>
            {
                Warning::Collinear {
                    column: unnamed("a level"),
                    of: vec![unnamed("levels of which not all are shown")],
                }
            }
            other => other.clone(),
        }
        .to_string()
        .into()
    }
}

fn named(fit: &Fit, by: Vec<Vec<bool>>) -> Vec<Levels> {
    let pairs = fit.characteristics.iter().zip(by);
    let levels = |(it, shown): (&crate::fit::Characteristic, Vec<bool>)| Levels {
        variable: it.variable.clone(),
        levels: it.levels.iter().map(|level| level.level.clone()).zip(shown).collect(),
    };
    pairs.map(levels).collect()
}

/// Of the whole and of each variable's levels, in the fit's order.
fn counts(fit: &Fit, limit: Limit, months: Option<Months>) -> (bool, Vec<Vec<bool>>) {
    let total = Counts { n: fit.n, events: fit.events };
    let by: Vec<Vec<Counts>> = fit
        .characteristics
        .iter()
        .map(|variable| {
            variable.levels.iter().map(|level| Counts { n: level.n, events: level.events }).collect()
        })
        .collect();
    // Nothing is shown of levels that do not add up to the whole: nothing could be promised of them.
    let nothing = Published { total: None, by: by.iter().map(|levels| vec![None; levels.len()]).collect() };
    let publish = |limit: Limit| Table::new(total, by.clone()).map(|table| table.publish(&[], limit));
    let mut published = publish(limit).unwrap_or(nothing);
    if let (Some(months), Some(_)) = (months, published.total)
        && let Ok(mut people) = publish(months.limit)
    {
        published.by[months.at] = people.by.swap_remove(months.at);
    }
    let by = published.by.iter().map(|levels| levels.iter().map(Option::is_some).collect()).collect();
    (published.total.is_some(), by)
}

/// People and events of each pattern.
pub fn of_patterns(cohort: &Grouped) -> Vec<Counts> {
    let mut totals = vec![Counts::default(); cohort.patterns.len()];
    for cell in &cohort.cells {
        let counts = &mut totals[cell.pattern as usize];
        counts.n += u64::from(cell.n);
        counts.events += u64::from(cell.events);
    }
    totals
}

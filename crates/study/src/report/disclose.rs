//! What may be shown of a fit: its counts, and the figures from which counts would follow. With few more patterns of
//! covariates than coefficients the figures of a model are next to its table (with one covariate they are its table).

use super::related::{Related, of_patterns, parts};
use crate::disclosure::{Counts, Limit, Published, Table};
use crate::fit::{Fit, Term, Warning};
use crate::grouped::Grouped;
use crate::protocol::Protocol;

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
    related: Related,
    /// Covariates of which nothing is shown because they would tell of few people beside one related to them.
    pub withheld: Vec<String>,
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
    pub fn decide(
        protocol: &Protocol,
        (fit, cohort): (&Fit, &Grouped),
        limit: Option<Limit>,
        months: Option<Months>,
    ) -> Shown {
        let related = Related::of(protocol, fit.characteristics.iter().map(|it| it.variable.as_str()));
        let Some(limit) = limit else {
            let all = fit.characteristics.iter().map(|it| vec![true; it.levels.len()]).collect();
            return Shown {
                total: true,
                by: named(fit, all),
                is_exact: true,
                is_opaque: true,
                has_small_pattern: false,
                related,
                withheld: Vec::new(),
            };
        };
        let (total, mut by) = counts(fit, limit, months);
        let withheld = related.hide(cohort, &mut by, limit);
        let mut patterns = of_patterns(cohort);
        patterns.retain(|counts| counts.n > 0);
        Shown {
            total,
            by: named(fit, by),
            is_exact: false,
            is_opaque: patterns.len() > fit.terms.len() + SPARE_PATTERNS,
            has_small_pattern: patterns.iter().any(|counts| limit.suppresses(*counts)),
            related,
            withheld: withheld.into_iter().map(|at| fit.characteristics[at].variable.clone()).collect(),
        }
    }

    /// Whether figures of the whole model may be shown: no count that adds up patterns can be small, or nothing
    /// so near to a count follows.
    pub fn model(&self) -> bool {
        self.total && (self.is_opaque || !self.has_small_pattern)
    }

    /// Of levels of one name all must be shown: by the name nobody could tell which is meant.
    pub fn level(&self, variable: &str, level: &str) -> bool {
        let mut named = self.levels(variable).filter(|(name, _)| name == level).peekable();
        self.is_exact || named.peek().is_some() && named.all(|(_, shown)| *shown)
    }

    /// Whether each level of a variable is shown.
    pub fn variable(&self, variable: &str) -> bool {
        self.levels(variable).all(|(_, shown)| *shown)
    }

    /// Whether a covariate stands after one that is made of the same: of two ladders each step would tell of those
    /// between their levels, so that it has none.
    pub fn is_later(&self, variable: &str) -> bool {
        self.by.iter().position(|it| it.variable == variable).is_some_and(|at| self.related.is_later(at))
    }

    /// The splits of the cohort that the table shows, of each pattern its part: by each covariate and by covariates
    /// that are made of the same together; levels that are not shown are one part.
    pub fn splits(&self, cohort: &Grouped) -> Vec<Vec<usize>> {
        let levels = |(_, shown): &(String, bool)| self.is_exact || *shown;
        let shown: Vec<Vec<bool>> = self.by.iter().map(|it| it.levels.iter().map(levels).collect()).collect();
        let alone = (0..shown.len()).map(|at| parts(cohort, &[at], &shown));
        alone.chain(self.related.cells(cohort, &shown)).collect()
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

//! Covariates that are made of one thing: of one column, of one measure, or of the same facts of a record. Whoever
//! knows two bandings of one number knows the people between their ends, so that such covariates are judged by their
//! common table: every sum and difference that can be formed of their levels is a sum of its cells.

use crate::disclosure::{Counts, Limit};
use crate::grouped::Grouped;
use crate::protocol::{Measure, Protocol};

/// A record's measures that are made of the same facts.
const FACTS: [&[&str]; 2] = [
    &["race", "ethnicity", "race-ethnicity"],
    &["morbidity", "morbidity-prior-year", "charlson", "elixhauser"],
];

/// Such covariates by their places, two or more together, in ascending order.
pub struct Related(Vec<Vec<usize>>);

impl Related {
    /// Those among covariates of these names.
    pub fn of<'n>(protocol: &Protocol, names: impl Iterator<Item = &'n str>) -> Related {
        let mut families: Vec<(Vec<usize>, Vec<&Measure>)> = Vec::new();
        for (at, name) in names.enumerate() {
            let Some(measure) = protocol.covariate(name) else { continue };
            let is_kin = |family: &mut (Vec<usize>, Vec<&Measure>)| {
                family.1.iter().any(|other| are_of_one_thing(measure, other))
            };
            // A covariate may join two families into one.
            let mut joined = (vec![at], vec![measure]);
            for (places, measures) in families.extract_if(.., is_kin) {
                joined.0.extend(places);
                joined.1.extend(measures);
            }
            joined.0.sort_unstable();
            families.push(joined);
        }
        Related(families.into_iter().map(|(places, _)| places).filter(|places| places.len() > 1).collect())
    }

    /// Whether a covariate stands after one that it is related to.
    pub fn is_later(&self, place: usize) -> bool {
        self.0.iter().any(|family| family[1..].contains(&place))
    }

    /// Hides each covariate that would tell of few people beside those related to it that stand before it; answers
    /// which, by their places.
    pub fn hide(&self, cohort: &Grouped, shown: &mut [Vec<bool>], limit: Limit) -> Vec<usize> {
        let totals = of_patterns(cohort);
        let mut hidden = Vec::new();
        for family in &self.0 {
            for (before, place) in family.iter().enumerate() {
                let table = common(cohort, &totals, &family[..=before], shown);
                if table.iter().any(|counts| limit.suppresses(*counts)) && shown[*place].contains(&true) {
                    shown[*place].fill(false);
                    hidden.push(*place);
                }
            }
        }
        hidden
    }

    /// For each family the cell of its common table that each pattern lies in.
    pub fn cells(&self, cohort: &Grouped, shown: &[Vec<bool>]) -> Vec<Vec<usize>> {
        self.0.iter().map(|family| parts(cohort, family, shown)).collect()
    }
}

fn are_of_one_thing(one: &Measure, other: &Measure) -> bool {
    let is_same =
        |a: &str, b: &str| a == b || FACTS.iter().any(|facts| facts.contains(&a) && facts.contains(&b));
    one.covariate.column == other.covariate.column
        || one.measure.as_deref().zip(other.measure.as_deref()).is_some_and(|(a, b)| is_same(a, b))
}

/// The cells of covariates taken together; of each the levels that are not shown are one.
fn common(cohort: &Grouped, totals: &[Counts], family: &[usize], shown: &[Vec<bool>]) -> Vec<Counts> {
    let parts = parts(cohort, family, shown);
    let mut table = vec![Counts::default(); parts.iter().max().map_or(0, |last| last + 1)];
    for (part, counts) in parts.iter().zip(totals) {
        table[*part].n += counts.n;
        table[*part].events += counts.events;
    }
    table
}

/// Of each pattern the number of its cell in the common table of covariates.
pub fn parts(cohort: &Grouped, family: &[usize], shown: &[Vec<bool>]) -> Vec<usize> {
    let mut parts = vec![0; cohort.patterns.len()];
    for variable in family {
        let hidden = cohort.variables[*variable].levels.len();
        let level = |pattern: &[u16]| {
            let level = usize::from(pattern[*variable]);
            if shown[*variable].get(level) == Some(&true) { level } else { hidden }
        };
        for (part, pattern) in parts.iter_mut().zip(&cohort.patterns) {
            *part = *part * (hidden + 1) + level(pattern);
        }
        // Numbered anew, so that any number of covariates stays countable.
        let mut distinct = parts.clone();
        distinct.sort_unstable();
        distinct.dedup();
        parts.iter_mut().for_each(|part| *part = distinct.binary_search(part).unwrap_or_default());
    }
    parts
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

//! From a simulated cohort to counts, with the odds ratios that made it.

use std::collections::BTreeMap;

use simulate::cohort::{Cohort, CohortPlan, ralston_2009};
use study::fit::Term;
use study::grouped::{Cell, Grouped, Variable};

/// The rows of the paper's abstract: variable, level, odds ratio, and whether it is the provider's.
pub const PUBLISHED: [(&str, &str, f64, bool); 5] = [
    ("sex", "female", 1.15, false),
    ("morbidity", "high or very high", 5.64, false),
    ("share", "> 20-50 %", 1.94, true),
    ("age", "over 65", 0.65, false),
    ("insurance", "Medicaid", 0.81, false),
];

pub fn cohort(people: u64, providers: u64, seed: u64) -> Cohort {
    Cohort::new(ralston_2009(), people, providers, seed).unwrap()
}

pub fn term<'a>(terms: &'a [Term], variable: &str, level: &str) -> &'a Term {
    terms.iter().find(|term| term.variable == variable && term.level == level).unwrap()
}

/// Levels with the reference (odds ratio 1) first.
fn order(plan: &CohortPlan) -> Vec<Vec<usize>> {
    let of = |levels: &[simulate::cohort::Level]| {
        let mut order: Vec<usize> = (0..levels.len()).collect();
        order.sort_by_key(|&level| levels[level].odds_ratio != 1.0);
        order
    };
    plan.covariates.iter().map(|covariate| of(&covariate.levels)).collect()
}

/// Provider and pattern.
type Place = (u32, Box<[u16]>);

pub fn grouped(cohort: &Cohort) -> Grouped {
    let plan = cohort.plan();
    let order = order(plan);
    let mut counts: BTreeMap<Place, (u32, u32)> = BTreeMap::new();
    for person in cohort.people() {
        let place = |(level, order): (&u8, &Vec<usize>)| {
            order.iter().position(|other| *other == usize::from(*level)).unwrap() as u16
        };
        let pattern: Box<[u16]> = person.levels().iter().zip(&order).map(place).collect();
        let (n, events) = counts.entry((person.provider as u32, pattern)).or_default();
        *n += 1;
        *events += u32::from(person.outcome);
    }
    let mut patterns: Vec<Box<[u16]>> = counts.keys().map(|(_, pattern)| pattern.clone()).collect();
    patterns.sort();
    patterns.dedup();
    let cell = |((cluster, pattern), (n, events)): (&Place, &(u32, u32))| Cell {
        cluster: *cluster,
        pattern: patterns.binary_search(pattern).unwrap() as u32,
        n: *n,
        events: *events,
    };
    let cells: Vec<Cell> = counts.iter().map(cell).collect();
    let variable = |(covariate, order): (&simulate::cohort::Covariate, &Vec<usize>)| Variable {
        name: covariate.name.clone(),
        levels: order.iter().map(|&level| covariate.levels[level].name.clone()).collect(),
    };
    Grouped {
        outcome: plan.outcome.clone(),
        cluster_name: plan.cluster.clone(),
        variables: plan.covariates.iter().zip(&order).map(variable).collect(),
        clusters: (0..=cells.last().map_or(0, |cell| cell.cluster))
            .map(|number| format!("{number:05}"))
            .collect(),
        patterns,
        cells,
    }
}

//! Complete and quasi-complete separation (Albert and Anderson 1984; Konis 2007): patterns whose
//! outcome a direction predicts perfectly, so that some odds ratios have no finite estimate.
//! What remains of the likelihood in that limit still estimates the others exactly.

use super::dense::Independence;
use super::logistic::{Estimate, maximise};
use super::problem::{Problem, sum_at};
use super::simplex::{Constraint, direction};

/// What is separated.
#[derive(Clone, Debug)]
pub struct Separation {
    /// Per pattern: still overlapping, not predicted perfectly.
    pub overlaps: Vec<bool>,
    /// Columns without a finite estimate, with the sign of the direction in which theirs runs off.
    pub runaways: Vec<(usize, f64)>,
}

/// `None` where every estimate is finite. The columns of `problem` must be independent.
pub fn find(problem: &Problem) -> Option<Separation> {
    let mixed =
        |&pattern: &usize| problem.events[pattern] > 0.0 && problem.events[pattern] < problem.n[pattern];
    // Most cohorts are settled here: both outcomes occur in patterns that span all columns.
    if rank(problem, problem.taking_part().filter(mixed)) == problem.width {
        return None;
    }
    let mut remaining: Vec<usize> = problem.taking_part().collect();
    let mut directions: Vec<Vec<f64>> = vec![];
    while let Some(found) = direction(problem.width, &constraints(problem, &remaining)) {
        let before = remaining.len();
        remaining.retain(|&pattern| sum_at(problem.row(pattern), &found).abs() < 1e-7);
        if remaining.len() == before {
            break;
        }
        directions.push(found);
    }
    if directions.is_empty() {
        return None;
    }
    let mut overlaps = vec![false; problem.rows()];
    remaining.iter().for_each(|&pattern| overlaps[pattern] = true);
    let sign = |column: usize| {
        let moved = directions.iter().map(|d| d[column]).find(|part| part.abs() > 1e-7);
        moved.map_or(0.0, f64::signum)
    };
    let runaways = undetermined(problem, &remaining).into_iter().map(|column| (column, sign(column)));
    Some(Separation { runaways: runaways.collect(), overlaps })
}

fn rank(problem: &Problem, patterns: impl Iterator<Item = usize>) -> usize {
    Independence::of(&problem.gram(patterns)).kept.len()
}

/// A direction must raise the log odds where all had the event, lower them where none had, and leave
/// them where both occur.
fn constraints<'a>(problem: &'a Problem, patterns: &[usize]) -> Vec<Constraint<'a>> {
    let of = |&pattern: &usize| {
        let (n, events) = (problem.n[pattern], problem.events[pattern]);
        let sign = if events > 0.0 { 1.0 } else { -1.0 };
        Constraint { ones: problem.row(pattern), sign, fixed: events > 0.0 && events < n }
    };
    patterns.iter().map(of).collect()
}

/// The columns whose coefficient these patterns do not determine: those that take part in a
/// dependence among the columns.
fn undetermined(problem: &Problem, patterns: &[usize]) -> Vec<usize> {
    let found = Independence::of(&problem.gram(patterns.iter().copied()));
    let mut columns: Vec<usize> = found.dependent.iter().map(|dependent| dependent.column).collect();
    columns.extend(found.dependent.iter().flat_map(|dependent| dependent.of.iter().map(|part| part.0)));
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// Maximum likelihood in the limit, all separated patterns fitted perfectly.
#[derive(Clone, Debug)]
pub struct Limit {
    /// The columns that the limit's problem holds; others depend on them there.
    pub columns: Vec<usize>,
    pub problem: Problem,
    /// `None` where nothing overlaps: the likelihood's limit is 1.
    pub estimate: Option<Estimate>,
}

impl Limit {
    /// The supremum of the log-likelihood.
    pub fn log_likelihood(&self) -> f64 {
        self.estimate.as_ref().map_or(0.0, |estimate| estimate.log_likelihood)
    }
}

/// The outer `None`: no maximum was reached.
pub fn limit(problem: &Problem, separation: &Separation) -> Option<Limit> {
    let overlapping = (0..problem.rows()).filter(|&pattern| separation.overlaps[pattern]);
    let columns = Independence::of(&problem.gram(overlapping)).kept;
    let part = problem.restricted(&separation.overlaps, &columns);
    let estimate = if columns.is_empty() { None } else { Some(maximise(&part)?) };
    Some(Limit { columns, problem: part, estimate })
}

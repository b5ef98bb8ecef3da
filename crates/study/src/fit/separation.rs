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
    /// Columns without a finite estimate.
    pub undetermined: Vec<usize>,
    /// The columns that predict, with the sign of the direction in which their coefficient runs off
    /// (0: they only follow others). Under complete separation nothing is determined, and these are columns of which none can be spared.
    pub culprits: Vec<(usize, f64)>,
}

impl Separation {
    /// Nobody's outcome is left to chance.
    pub fn is_complete(&self) -> bool {
        !self.overlaps.contains(&true)
    }
}

/// `None` where every estimate is finite. The columns of `problem` must be independent.
pub fn find(problem: &Problem) -> Option<Separation> {
    let mixed =
        |&pattern: &usize| problem.events[pattern] > 0.0 && problem.events[pattern] < problem.n[pattern];
    // Most cohorts are settled here: both outcomes occur in patterns that span all columns.
    if rank(problem, problem.taking_part().filter(mixed)) == problem.width {
        return None;
    }
    let recession = Recession::of(problem);
    if recession.directions.is_empty() {
        return None;
    }
    let mut overlaps = vec![false; problem.rows()];
    recession.remaining.iter().for_each(|&pattern| overlaps[pattern] = true);
    let undetermined = undetermined(problem, &recession.remaining);
    let culprits = if recession.remaining.is_empty() {
        indispensable(problem)
    } else {
        undetermined.iter().map(|&column| (column, recession.sign(column))).collect()
    };
    Some(Separation { overlaps, undetermined, culprits })
}

/// The directions in which the likelihood never falls, and the patterns on which it stays.
struct Recession {
    directions: Vec<Vec<f64>>,
    remaining: Vec<usize>,
}

impl Recession {
    /// One direction after the other, each found on the patterns that those before it left: a long
    /// enough step along the earlier ones keeps their patterns predicted.
    fn of(problem: &Problem) -> Self {
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
        Self { directions, remaining }
    }

    fn sign(&self, column: usize) -> f64 {
        let moved = self.directions.iter().map(|d| d[column]).find(|part| part.abs() > 1e-7);
        moved.map_or(0.0, f64::signum)
    }
}

/// Of complete separation: leaves out every column (but the intercept) without which the rest still
/// predicts everybody.
fn indispensable(problem: &Problem) -> Vec<(usize, f64)> {
    let everybody = vec![true; problem.rows()];
    let mut columns: Vec<usize> = (0..problem.width).collect();
    for column in (1..problem.width).rev() {
        let fewer: Vec<usize> = columns.iter().copied().filter(|&other| other != column).collect();
        if Recession::of(&problem.restricted(&everybody, &fewer)).remaining.is_empty() {
            columns = fewer;
        }
    }
    let recession = Recession::of(&problem.restricted(&everybody, &columns));
    let signed = columns.iter().enumerate().map(|(place, &column)| (column, recession.sign(place)));
    signed.filter(|(column, _)| *column > 0).collect()
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn problem(rows: &[(Vec<bool>, u8)]) -> Problem {
        let width = rows[0].0.len() + 1;
        let mut problem = Problem::new(width);
        for (columns, outcome) in rows {
            let ones = (1..).zip(columns).filter(|(_, one)| **one).map(|(column, _)| column);
            let ones: Vec<u32> = std::iter::once(0).chain(ones).collect();
            problem.push(&ones, 2.0, f64::from(*outcome));
        }
        problem
    }

    /// Looks at every direction that could be an edge of the cone of separating ones: those on which
    /// one less than `width` independent rows stay.
    fn has_an_edge(problem: &Problem) -> bool {
        let rows: Vec<usize> = problem.taking_part().collect();
        let all = constraints(problem, &rows);
        let separates = |d: &[f64]| {
            all.iter().all(|row| {
                let along = row.sign * sum_at(row.ones, d);
                along > -1e-9 && (!row.fixed || along < 1e-9)
            })
        };
        subsets(&rows, problem.width - 1).iter().any(|subset| {
            let found = Independence::of(&problem.gram(subset.iter().copied()));
            let [only] = found.dependent.as_slice() else { return false };
            let mut d = vec![0.0; problem.width];
            d[only.column] = 1.0;
            only.of.iter().for_each(|&(column, part)| d[column] = -part);
            let opposite: Vec<f64> = d.iter().map(|part| -part).collect();
            separates(&d) || separates(&opposite)
        })
    }

    fn subsets(of: &[usize], size: usize) -> Vec<Vec<usize>> {
        if size == 0 {
            return vec![vec![]];
        }
        let with_first = |first: usize| {
            let rest = subsets(&of[first + 1..], size - 1).into_iter();
            rest.map(move |mut rest| {
                rest.push(of[first]);
                rest
            })
        };
        (0..of.len()).flat_map(with_first).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]
        #[test]
        fn separation_is_found_exactly_where_a_search_of_all_edges_finds_it(
            rows in prop::collection::vec((prop::collection::vec(any::<bool>(), 4), prop::sample::select(vec![0_u8, 0, 1, 2, 2])), 5..14),
        ) {
            let whole = problem(&rows);
            let kept = Independence::of(&whole.gram(whole.taking_part())).kept;
            let part = whole.restricted(&vec![true; whole.rows()], &kept);
            prop_assert_eq!(find(&part).is_some(), has_an_edge(&part));
        }
    }
}

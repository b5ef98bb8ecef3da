//! Adjusted probabilities by marginal standardisation: what share would have the outcome if everybody
//! had a given level and kept everything else.

use super::dense::Square;
use super::design::Design;
use super::likelihood::Chance;
use super::problem::{add_at, sum_at};
use super::result::AdjustedProbability;
use crate::grouped::Grouped;

/// For each level of a variable that somebody has; `covariance` is the one to carry through by the
/// delta method.
pub fn probabilities(
    grouped: &Grouped,
    design: &Design,
    beta: &[f64],
    covariance: &Square,
    variable: usize,
) -> Vec<AdjustedProbability> {
    let named = &grouped.variables[variable];
    let mut levels: Vec<u16> =
        design.problem.taking_part().map(|pattern| grouped.patterns[pattern][variable]).collect();
    levels.sort_unstable();
    levels.dedup();
    let of = |level: u16| {
        let (probability, gradient) = standardised(grouped, design, beta, (variable, level));
        AdjustedProbability {
            variable: named.name.clone(),
            level: named.levels[usize::from(level)].clone(),
            probability,
            se: covariance.quadratic(&gradient).sqrt(),
        }
    };
    levels.into_iter().map(of).collect()
}

/// The mean chance and its derivative by the coefficients.
fn standardised(grouped: &Grouped, design: &Design, beta: &[f64], at: (usize, u16)) -> (f64, Vec<f64>) {
    let (mut sum, mut people) = (0.0, 0.0);
    let mut gradient = vec![0.0; beta.len()];
    let mut ones = vec![];
    for pattern in design.problem.taking_part() {
        let mut levels = grouped.patterns[pattern].clone();
        levels[at.0] = at.1;
        design.ones(&levels, &mut ones);
        let (n, chance) = (design.problem.n[pattern], Chance::at(sum_at(&ones, beta)));
        sum += n * chance.yes;
        people += n;
        add_at(&ones, n * chance.variance(), &mut gradient);
    }
    gradient.iter_mut().for_each(|part| *part /= people);
    (sum / people, gradient)
}

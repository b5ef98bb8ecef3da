//! Tests of all of a variable's coefficients at once (with its interactions), or of an interaction's: by likelihood
//! ratio, which takes people of one cluster to be independent, and by Wald with the cluster-robust covariance, which
//! does not.

use super::counted::Counted;
use super::dense::{Cholesky, Square};
use super::design::{Design, Model};
use super::logistic::maximise;
use super::result::{RobustTest, VariableTest};
use super::separation::{self, Limit};
use super::wald::{p_chi_squared, p_f};
use super::warning::FitError;

/// A covariance of deficient rank leaves a pivot of rounding size: the robust one of scores that sum to zero in too
/// few clusters.
const LEAST_PIVOT: f64 = 1e-10;

/// The fit that is tested.
pub struct Reached<'a> {
    pub limit: &'a Limit,
    pub robust: &'a Square,
    /// Columns without a finite estimate.
    pub undetermined: &'a [usize],
    pub clusters: usize,
    /// Whether there are so few clusters that F with G-1 takes the place of chi-squared.
    pub are_few: bool,
}

/// The supremum of the log-likelihood of a design, whether or not it is reached.
pub fn supremum(design: &Design) -> Result<f64, FitError> {
    if let Some(found) = separation::find(&design.problem) {
        let limit = separation::limit(&design.problem, &found).ok_or(FitError::NoMaximum)?;
        return Ok(limit.log_likelihood());
    }
    maximise(&design.problem).map(|estimate| estimate.log_likelihood).ok_or(FitError::NoMaximum)
}

/// One test for each variable and interaction whose columns the model holds.
pub fn tests(
    counted: &Counted<'_>,
    model: &Model,
    full: &Design,
    reached: &Reached<'_>,
) -> Result<Vec<VariableTest>, FitError> {
    let name = |variable: usize| counted.grouped.variables[variable].name.clone();
    let mains = model.variables.iter().map(|&at| (name(at), model.without(at), full.columns_with(&[at])));
    let products = model.interactions.iter().map(|&pair| {
        let [a, b] = pair.map(name);
        (format!("{a}:{b}"), model.without_interaction(pair), full.columns_with(&pair))
    });
    let mut tests = vec![];
    for (variable, smaller, columns) in mains.chain(products) {
        let reduced = Design::of(counted, &smaller);
        let degrees = full.columns.len() - reduced.columns.len();
        let statistic = (2.0 * (reached.limit.log_likelihood() - supremum(&reduced)?)).max(0.0);
        if let Some(p) = p_chi_squared(statistic, degrees) {
            let robust = if degrees == columns.len() { reached.wald(&columns) } else { None };
            tests.push(VariableTest { variable, degrees, statistic, p, robust });
        }
    }
    Ok(tests)
}

impl Reached<'_> {
    /// `b' V^-1 b` of these columns. `None` where one has no finite estimate, or the clusters are too few or too like
    /// for so many.
    fn wald(&self, columns: &[usize]) -> Option<RobustTest> {
        let degrees = columns.len();
        if degrees >= self.clusters || columns.iter().any(|column| self.undetermined.contains(column)) {
            return None;
        }
        let beta = &self.limit.estimate.as_ref()?.beta;
        let place = |column: &usize| self.limit.columns.iter().position(|at| at == column);
        let places = columns.iter().map(place).collect::<Option<Vec<usize>>>()?;
        let b: Vec<f64> = places.iter().map(|&place| beta[place]).collect();
        let solved = Cholesky::with_pivots_above(LEAST_PIVOT, &self.robust.part(&places))?.solve(&b);
        let chi_squared: f64 = b.iter().zip(&solved).map(|(a, b)| a * b).sum();
        let (statistic, within) = match self.are_few {
            true => (chi_squared / degrees as f64, Some(self.clusters - 1)),
            false => (chi_squared, None),
        };
        let p = match within {
            Some(within) => p_f(statistic, degrees, within),
            None => p_chi_squared(statistic, degrees),
        }?;
        Some(RobustTest { degrees, within, statistic, p })
    }
}

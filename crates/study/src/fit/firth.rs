//! Firth's penalised likelihood (Biometrika 1993): finite estimates even under separation.

use super::dense::{Cholesky, Square};
use super::likelihood::{Slope, log_likelihood};
use super::problem::{Problem, add_at};

/// The maximum of `l(beta) + 1/2 ln |I(beta)|`.
#[derive(Clone, Debug)]
pub struct Penalised {
    pub beta: Vec<f64>,
    /// The inverse of the unpenalised information there, as brglm2 and logistf report it.
    pub covariance: Square,
    /// With the penalty.
    pub log_likelihood: f64,
    pub iterations: u32,
}

const MOST_ITERATIONS: u32 = 1000;

/// Solves `sum x (e - n p + h (1/2 - p)) = 0`, `h` the leverage `n p q x' I^-1 x` of a pattern's
/// people, by Fisher scoring with step halving. `None` where it does not settle.
pub fn penalised(problem: &Problem) -> Option<Penalised> {
    let mut beta = vec![0.0; problem.width];
    let mut reached = f64::NEG_INFINITY;
    for iterations in 1..=MOST_ITERATIONS {
        let slope = Slope::at(problem, &beta);
        let factor = Cholesky::of(&slope.information)?;
        let covariance = factor.inverse();
        let score = penalised_score(problem, &slope, &covariance);
        let step = factor.solve(&score);
        let decrement: f64 = step.iter().zip(&score).map(|(a, b)| a * b).sum();
        if decrement <= 1e-22 {
            return Some(Penalised { beta, covariance, log_likelihood: reached, iterations });
        }
        (beta, reached) = climb(problem, &beta, &step, reached)?;
    }
    None
}

fn penalised_score(problem: &Problem, slope: &Slope, covariance: &Square) -> Vec<f64> {
    let mut score = slope.score.clone();
    for pattern in problem.taking_part() {
        let (row, chance) = (problem.row(pattern), slope.chances[pattern]);
        let spread: f64 =
            row.iter().flat_map(|&a| row.iter().map(move |&b| covariance.at(a as usize, b as usize))).sum();
        let leverage = problem.n[pattern] * chance.variance() * spread;
        add_at(row, leverage * (chance.no - chance.yes) / 2.0, &mut score);
    }
    score
}

fn climb(problem: &Problem, beta: &[f64], step: &[f64], reached: f64) -> Option<(Vec<f64>, f64)> {
    let rounding = 1e-12 * (1.0 + reached.abs());
    let mut length = 1.0;
    loop {
        let next: Vec<f64> = beta.iter().zip(step).map(|(at, by)| at + length * by).collect();
        let value = value(problem, &next);
        if value.is_some_and(|value| value >= reached - rounding || reached == f64::NEG_INFINITY) {
            return Some((next, value?));
        }
        if length < 1e-9 {
            return Some((next, value?));
        }
        length /= 2.0;
    }
}

fn value(problem: &Problem, beta: &[f64]) -> Option<f64> {
    let factor = Cholesky::of(&Slope::at(problem, beta).information)?;
    Some(log_likelihood(problem, beta) + factor.log_determinant() / 2.0)
}

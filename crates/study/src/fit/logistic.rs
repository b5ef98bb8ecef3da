//! Maximum likelihood by Newton's method, which for the logit link is iteratively reweighted least
//! squares, with step halving.

use super::dense::{Cholesky, Square};
use super::likelihood::{Chance, Slope, log_likelihood};
use super::problem::Problem;

/// A maximum of the likelihood.
#[derive(Clone, Debug)]
pub struct Estimate {
    pub beta: Vec<f64>,
    /// The inverse information: the model-based covariance of `beta`.
    pub covariance: Square,
    pub chances: Vec<Chance>,
    pub log_likelihood: f64,
    pub iterations: u32,
}

const MOST_ITERATIONS: u32 = 200;
/// Newton's decrement is the squared step in standard errors; the next step would be of the size of
/// its square, below rounding.
const TIGHT: f64 = 1e-18;
/// Where rounding keeps the decrement from shrinking, this is the largest that still counts.
const CLOSE: f64 = 1e-14;

/// `None` where no finite maximum was reached (separation must be looked for before).
pub fn maximise(problem: &Problem) -> Option<Estimate> {
    let mut beta = start(problem);
    let mut reached = log_likelihood(problem, &beta);
    let mut before = f64::INFINITY;
    for iterations in 1..=MOST_ITERATIONS {
        let slope = Slope::at(problem, &beta);
        let factor = Cholesky::of(&slope.information)?;
        let step = factor.solve(&slope.score);
        let decrement: f64 = step.iter().zip(&slope.score).map(|(a, b)| a * b).sum();
        let (next, value) = climb(problem, &beta, &step, reached);
        (beta, reached) = (next, value);
        if decrement <= TIGHT || (decrement <= CLOSE && decrement >= before) {
            return finish(problem, beta, iterations);
        }
        before = decrement;
    }
    None
}

/// The log odds of the whole for the intercept (column 0), nothing else.
fn start(problem: &Problem) -> Vec<f64> {
    let (n, events): (f64, f64) = (problem.n.iter().sum(), problem.events.iter().sum());
    let mut beta = vec![0.0; problem.width];
    if let Some(intercept) = beta.first_mut().filter(|_| events > 0.0 && events < n) {
        *intercept = (events / (n - events)).ln();
    }
    beta
}

/// The largest of the step's halvings that does not lose likelihood (beyond rounding).
fn climb(problem: &Problem, beta: &[f64], step: &[f64], reached: f64) -> (Vec<f64>, f64) {
    let rounding = 1e-12 * (1.0 + reached.abs());
    let mut length = 1.0;
    loop {
        let next: Vec<f64> = beta.iter().zip(step).map(|(at, by)| at + length * by).collect();
        let value = log_likelihood(problem, &next);
        if value >= reached - rounding || length < 1e-9 {
            return (next, value);
        }
        length /= 2.0;
    }
}

fn finish(problem: &Problem, beta: Vec<f64>, iterations: u32) -> Option<Estimate> {
    let slope = Slope::at(problem, &beta);
    let covariance = Cholesky::of(&slope.information)?.inverse();
    let log_likelihood = log_likelihood(problem, &beta);
    Some(Estimate { beta, covariance, chances: slope.chances, log_likelihood, iterations })
}

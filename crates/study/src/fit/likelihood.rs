//! The binomial log-likelihood with the logit link, its score and its information, on grouped counts.

use super::dense::Square;
use super::problem::{Problem, add_at};

/// A probability and its complement, each to full relative precision.
#[derive(Clone, Copy, Debug)]
pub struct Chance {
    pub yes: f64,
    pub no: f64,
}

impl Chance {
    pub fn at(eta: f64) -> Self {
        let tail = (-eta.abs()).exp();
        let (likely, unlikely) = (1.0 / (1.0 + tail), tail / (1.0 + tail));
        if eta >= 0.0 { Self { yes: likely, no: unlikely } } else { Self { yes: unlikely, no: likely } }
    }

    pub fn variance(self) -> f64 {
        self.yes * self.no
    }

    /// Events minus their expectation, without cancellation when all or none happened.
    pub fn residual(self, n: f64, events: f64) -> f64 {
        events * self.no - (n - events) * self.yes
    }
}

/// `ln(1 + e^x)`.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

/// The sum over people of the log probability of what happened to them (no binomial coefficients).
pub fn log_likelihood(problem: &Problem, beta: &[f64]) -> f64 {
    let eta = problem.linear(beta);
    let of = |pattern: usize| {
        let (n, events) = (problem.n[pattern], problem.events[pattern]);
        -events * softplus(-eta[pattern]) - (n - events) * softplus(eta[pattern])
    };
    problem.taking_part().map(of).sum()
}

/// Chances, score and information at `beta`.
pub struct Slope {
    pub chances: Vec<Chance>,
    pub score: Vec<f64>,
    pub information: Square,
}

impl Slope {
    pub fn at(problem: &Problem, beta: &[f64]) -> Self {
        let chances: Vec<Chance> = problem.linear(beta).into_iter().map(Chance::at).collect();
        let mut score = vec![0.0; problem.width];
        let mut information = Square::zeros(problem.width);
        for pattern in problem.taking_part() {
            let (n, chance) = (problem.n[pattern], chances[pattern]);
            add_at(problem.row(pattern), chance.residual(n, problem.events[pattern]), &mut score);
            information.add_ones(problem.row(pattern), n * chance.variance());
        }
        information.mirror();
        Self { chances, score, information }
    }
}

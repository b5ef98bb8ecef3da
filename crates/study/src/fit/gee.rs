//! Generalised estimating equations with an exchangeable working correlation (Liang and Zeger 1986),
//! in closed form from sums per cluster, so that no n x n matrix is formed.
//!
//! With `p` the chance, `q = 1-p`, `w = sqrt(pq)` and the Pearson residual `r = (y-p)/w` of a person, a cluster
//! of `m` people has the inverse working correlation `(I - c J)/(1 - alpha)`, `c = alpha/(1 + (m-1) alpha)`. So, `phi`
//! and `1 - alpha` cancelling:
//!
//!     score   U = sum over clusters of  s,  s = sum x (y-p) - c (sum x w)(sum r)
//!     bread   H = sum x x' pq - sum over clusters of  c (sum x w)(sum x w)'
//!     robust  V = H^-1 (sum over clusters of s s') H^-1
//!
//! and, as geepack's `geeglm` estimates them by default: `phi = sum r^2 / n` (no degrees of freedom
//! taken off) and `alpha = sum over clusters and pairs i<j of r_i r_j / phi`, divided by the number of pairs.

use super::counted::Counted;
use super::dense::{Cholesky, Square};
use super::likelihood::Chance;
use super::problem::{Problem, add_at};
use crate::grouped::Cell;

/// A solution of the estimating equations.
#[derive(Clone, Debug)]
pub struct Exchangeable {
    pub beta: Vec<f64>,
    /// Robust (sandwich), without a factor for few clusters.
    pub covariance: Square,
    /// The working correlation of two people of one cluster.
    pub alpha: f64,
    /// The scale `phi`.
    pub scale: f64,
    pub iterations: u32,
}

const MOST_ITERATIONS: u32 = 200;

/// From the maximum likelihood estimate on; `None` where it does not settle or the correlation leaves
/// the range in which it is one.
pub fn exchangeable(counted: &Counted<'_>, problem: &Problem, start: &[f64]) -> Option<Exchangeable> {
    let mut beta = start.to_vec();
    for iterations in 1..=MOST_ITERATIONS {
        let chances: Vec<Chance> = problem.linear(&beta).into_iter().map(Chance::at).collect();
        let (scale, alpha) = moments(counted, problem, &chances);
        let equations = Equations::at(counted, problem, &chances, alpha)?;
        let factor = Cholesky::of(&equations.bread)?;
        let step = factor.solve(&equations.score);
        let decrement: f64 = step.iter().zip(&equations.score).map(|(a, b)| a * b).sum();
        if decrement.abs() <= 1e-20 {
            let covariance = factor.inverse().around(&equations.meat);
            return Some(Exchangeable { beta, covariance, alpha, scale, iterations });
        }
        beta.iter_mut().zip(&step).for_each(|(at, by)| *at += by);
    }
    None
}

fn people(cells: &[Cell]) -> f64 {
    cells.iter().map(|cell| f64::from(cell.n)).sum()
}

fn pearson_sum(cell: &Cell, chance: Chance) -> f64 {
    chance.residual(f64::from(cell.n), f64::from(cell.events)) / chance.variance().sqrt()
}

/// `phi` and `alpha`; without any pair there is no correlation to estimate, and none is assumed.
fn moments(counted: &Counted<'_>, problem: &Problem, chances: &[Chance]) -> (f64, f64) {
    let square = |pattern: usize| {
        let (chance, events) = (chances[pattern], problem.events[pattern]);
        events * chance.no / chance.yes + (problem.n[pattern] - events) * chance.yes / chance.no
    };
    let squares: f64 = problem.taking_part().map(square).sum();
    let (mut products, mut pairs) = (0.0, 0.0);
    for cells in counted.clusters() {
        let sum: f64 = cells.iter().map(|cell| pearson_sum(cell, chances[cell.pattern as usize])).sum();
        let m = people(cells);
        products += sum * sum;
        pairs += m * (m - 1.0) / 2.0;
    }
    let scale = squares / problem.n.iter().sum::<f64>();
    let alpha = if pairs > 0.0 { (products - squares) / 2.0 / scale / pairs } else { 0.0 };
    (scale, alpha)
}

struct Equations {
    score: Vec<f64>,
    bread: Square,
    meat: Square,
}

impl Equations {
    fn at(counted: &Counted<'_>, problem: &Problem, chances: &[Chance], alpha: f64) -> Option<Self> {
        let width = problem.width;
        let mut bread = Square::zeros(width);
        for pattern in problem.taking_part() {
            bread.add_ones(problem.row(pattern), problem.n[pattern] * chances[pattern].variance());
        }
        let mut meat = Square::zeros(width);
        let mut score = vec![0.0; width];
        let (mut raw, mut weighted) = (vec![0.0; width], vec![0.0; width]);
        for cells in counted.clusters() {
            let spread = 1.0 + (people(cells) - 1.0) * alpha;
            if alpha >= 1.0 || spread <= 0.0 {
                return None;
            }
            raw.fill(0.0);
            weighted.fill(0.0);
            let mut pearson = 0.0;
            for cell in cells {
                let (row, chance) = (problem.row(cell.pattern as usize), chances[cell.pattern as usize]);
                add_at(row, chance.residual(f64::from(cell.n), f64::from(cell.events)), &mut raw);
                add_at(row, f64::from(cell.n) * chance.variance().sqrt(), &mut weighted);
                pearson += pearson_sum(cell, chance);
            }
            let share = alpha / spread;
            raw.iter_mut().zip(&weighted).for_each(|(sum, by)| *sum -= share * pearson * by);
            score.iter_mut().zip(&raw).for_each(|(sum, by)| *sum += by);
            bread.add_outer(&weighted, -share);
            meat.add_outer(&raw, 1.0);
        }
        bread.mirror();
        meat.mirror();
        Some(Self { score, bread, meat })
    }
}

//! The cluster-robust covariance: bread from the inverse information, meat from the scores summed per
//! cluster.

use super::counted::Counted;
use super::dense::Square;
use super::logistic::Estimate;
use super::problem::{Problem, add_at};

/// `G/(G-1) * B (sum over clusters of s s') B`, with `B` the inverse information and `s` the score of
/// a cluster: `vcovCL(model, cluster)` of R's sandwich with its defaults for a generalised linear
/// model (type HC0, so no `(n-1)/(n-k)`; `cadjust`, so `G/(G-1)`). `clusters` is G.
pub fn covariance(counted: &Counted<'_>, problem: &Problem, estimate: &Estimate, clusters: usize) -> Square {
    let mut meat = Square::zeros(problem.width);
    let mut score = vec![0.0; problem.width];
    for cells in counted.clusters() {
        score.fill(0.0);
        for cell in cells {
            let pattern = cell.pattern as usize;
            if problem.n[pattern] > 0.0 {
                let residual = estimate.chances[pattern].residual(f64::from(cell.n), f64::from(cell.events));
                add_at(problem.row(pattern), residual, &mut score);
            }
        }
        meat.add_outer(&score, 1.0);
    }
    meat.mirror();
    let groups = clusters as f64;
    let mut covariance = estimate.covariance.around(&meat);
    covariance.scale(groups / (groups - 1.0));
    covariance
}

//! Odds ratios from a variable's own table, unadjusted, with cluster-robust errors.

use super::counted::Counted;
use super::result::Crude;

/// A variable's table: people and events per level.
pub struct Table {
    pub n: Vec<f64>,
    pub events: Vec<f64>,
}

impl Table {
    pub fn of(counted: &Counted<'_>, variable: usize) -> Self {
        let levels = counted.grouped.variables[variable].levels.len();
        let mut table = Self { n: vec![0.0; levels], events: vec![0.0; levels] };
        for (pattern, (n, events)) in counted.patterns() {
            table.n[usize::from(pattern[variable])] += n;
            table.events[usize::from(pattern[variable])] += events;
        }
        table
    }

    fn chance(&self, level: usize) -> f64 {
        self.events[level] / self.n[level]
    }

    fn information(&self, level: usize) -> f64 {
        self.events[level] * (self.n[level] - self.events[level]) / self.n[level]
    }

    fn log_odds(&self, level: usize) -> f64 {
        (self.events[level] / (self.n[level] - self.events[level])).ln()
    }
}

/// Per level against the reference: `None` where either has nobody with or without the outcome.
///
/// The model has one chance per level, so a cluster's influence on a log odds is its score there over
/// the level's information, and the sandwich is the sum of the squared differences of influences.
pub fn crude(counted: &Counted<'_>, table: &Table, variable: usize, reference: usize) -> Vec<Option<Crude>> {
    let levels = table.n.len();
    let mut squares = vec![0.0; levels];
    let mut clusters = 0.0;
    let mut influence = vec![0.0; levels];
    for cells in counted.clusters() {
        clusters += 1.0;
        influence.fill(0.0);
        for cell in cells {
            let level = usize::from(counted.grouped.patterns[cell.pattern as usize][variable]);
            let residual = f64::from(cell.events) - f64::from(cell.n) * table.chance(level);
            influence[level] += residual / table.information(level);
        }
        for (square, own) in squares.iter_mut().zip(&influence) {
            *square += (own - influence[reference]).powi(2);
        }
    }
    let factor: f64 = clusters / (clusters - 1.0);
    let of = |level: usize| {
        let log_or = table.log_odds(level) - table.log_odds(reference);
        let se_cluster = (factor * squares[level]).sqrt();
        (log_or.is_finite() && se_cluster.is_finite()).then_some(Crude { log_or, se_cluster })
    };
    (0..levels).map(of).collect()
}

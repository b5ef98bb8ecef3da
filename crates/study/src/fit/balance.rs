//! Table 1: characteristics by outcome with standardized differences (Yang and Dalton 2012).

use super::crude::Table;
use super::dense::{Independence, Square};
use super::result::{Characteristic, LevelCount};
use crate::grouped::Grouped;

pub fn characteristic(grouped: &Grouped, table: &Table, variable: usize) -> Characteristic {
    let (with, without) = (shares(table, true), shares(table, false));
    let named = &grouped.variables[variable];
    let row = |level: usize| LevelCount {
        level: named.levels[level].clone(),
        n: table.n[level] as u64,
        events: table.events[level] as u64,
        difference: single(with[level], without[level]),
    };
    Characteristic {
        variable: named.name.clone(),
        levels: (0..named.levels.len()).map(row).collect(),
        difference: joint(&with, &without),
    }
}

fn shares(table: &Table, with: bool) -> Vec<f64> {
    let pairs = table.n.iter().zip(&table.events);
    let counts: Vec<f64> = pairs.map(|(n, events)| if with { *events } else { n - events }).collect();
    let whole: f64 = counts.iter().sum();
    counts.iter().map(|count| count / whole).collect()
}

fn single(with: f64, without: f64) -> Option<f64> {
    let variance = (with * (1.0 - with) + without * (1.0 - without)) / 2.0;
    let difference = (with - without) / variance.sqrt();
    difference.is_finite().then_some(difference)
}

/// The Mahalanobis distance of the two vectors of shares (without the first level) under the mean of
/// their multinomial covariances.
fn joint(with: &[f64], without: &[f64]) -> Option<f64> {
    let levels: Vec<usize> = (1..with.len()).collect();
    let mut covariance = Square::zeros(levels.len());
    for (row, &a) in levels.iter().enumerate() {
        for (column, &b) in levels.iter().enumerate() {
            let of = |share: &[f64]| if a == b { share[a] * (1.0 - share[a]) } else { -share[a] * share[b] };
            covariance.set(row, column, (of(with) + of(without)) / 2.0);
        }
    }
    let kept = Independence::of(&covariance).kept;
    let mut part = Square::zeros(kept.len());
    for (row, &a) in kept.iter().enumerate() {
        kept.iter().enumerate().for_each(|(column, &b)| part.set(row, column, covariance.at(a, b)));
    }
    let distance: Vec<f64> = kept.iter().map(|&k| with[levels[k]] - without[levels[k]]).collect();
    let factor = super::dense::Cholesky::of(&part)?;
    let solved = factor.solve(&distance);
    let squared: f64 = solved.iter().zip(&distance).map(|(a, b)| a * b).sum();
    (!kept.is_empty()).then(|| squared.sqrt())
}

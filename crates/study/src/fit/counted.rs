//! A cohort with its patterns' totals, counted once.

use crate::grouped::{Cell, Grouped};

/// A grouped cohort, and per pattern its people and events over all clusters.
pub struct Counted<'a> {
    pub grouped: &'a Grouped,
    pub totals: Vec<(f64, f64)>,
}

impl<'a> Counted<'a> {
    pub fn of(grouped: &'a Grouped) -> Self {
        let mut totals = vec![(0.0, 0.0); grouped.patterns.len()];
        for cell in &grouped.cells {
            let (n, events) = &mut totals[cell.pattern as usize];
            *n += f64::from(cell.n);
            *events += f64::from(cell.events);
        }
        Self { grouped, totals }
    }

    /// Patterns with their totals.
    pub fn patterns(&self) -> impl Iterator<Item = (&[u16], (f64, f64))> {
        self.grouped.patterns.iter().map(AsRef::as_ref).zip(self.totals.iter().copied())
    }

    /// The cells of one cluster after the other.
    pub fn clusters(&self) -> impl Iterator<Item = &[Cell]> {
        self.grouped.cells.chunk_by(|a, b| a.cluster == b.cluster)
    }
}

//! The numbers of a regression without its names: sparse 0/1 rows, one per pattern, and how many
//! people and events stand behind each.

use super::dense::Square;

/// Rows of ones (ascending column positions) with counts.
#[derive(Clone, Debug, Default)]
pub struct Problem {
    pub width: usize,
    starts: Vec<usize>,
    ones: Vec<u32>,
    /// People per pattern; 0 for a pattern that takes no part.
    pub n: Vec<f64>,
    pub events: Vec<f64>,
}

impl Problem {
    pub fn new(width: usize) -> Self {
        Self { width, starts: vec![0], ..Self::default() }
    }

    pub fn push(&mut self, ones: &[u32], n: f64, events: f64) {
        self.ones.extend_from_slice(ones);
        self.starts.push(self.ones.len());
        self.n.push(n);
        self.events.push(events);
    }

    pub fn rows(&self) -> usize {
        self.n.len()
    }

    pub fn row(&self, pattern: usize) -> &[u32] {
        &self.ones[self.starts[pattern]..self.starts[pattern + 1]]
    }

    /// Patterns with people, in order.
    pub fn taking_part(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.rows()).filter(|&pattern| self.n[pattern] > 0.0)
    }

    /// The same patterns with only these columns, and without the people of the others.
    pub fn restricted(&self, stays: &[bool], columns: &[usize]) -> Self {
        let mut place = vec![None; self.width];
        for (to, &from) in columns.iter().enumerate() {
            place[from] = u32::try_from(to).ok();
        }
        let mut part = Self::new(columns.len());
        for (pattern, stays) in stays.iter().enumerate() {
            let ones: Vec<u32> = self.row(pattern).iter().filter_map(|&one| place[one as usize]).collect();
            let keep = if *stays { 1.0 } else { 0.0 };
            part.push(&ones, keep * self.n[pattern], keep * self.events[pattern]);
        }
        part
    }

    /// In how many of the patterns two columns are both 1.
    pub fn gram(&self, patterns: impl Iterator<Item = usize>) -> Square {
        let mut gram = Square::zeros(self.width);
        patterns.for_each(|pattern| gram.add_ones(self.row(pattern), 1.0));
        gram.mirror();
        gram
    }

    /// `X beta`, one entry per pattern.
    pub fn linear(&self, beta: &[f64]) -> Vec<f64> {
        (0..self.rows()).map(|pattern| sum_at(self.row(pattern), beta)).collect()
    }
}

/// The sum of the entries at these positions.
pub fn sum_at(ones: &[u32], values: &[f64]) -> f64 {
    ones.iter().map(|&one| values[one as usize]).sum()
}

/// Adds the value at each of these positions.
pub fn add_at(ones: &[u32], value: f64, to: &mut [f64]) {
    ones.iter().for_each(|&one| to[one as usize] += value);
}

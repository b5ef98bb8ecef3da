//! Is there a direction that no row opposes and some row follows? A linear programme in as many
//! unknowns as there are columns, solved through its dual by the revised simplex method.
//!
//! Maximise `sum of a_i d` subject to `a_i d >= 0` (equal to 0 for rows that must not move) and
//! `-1 <= d_j <= 1`. The dual has one equation per column, starts feasible with its slacks, and its
//! multipliers are `d`.

/// A row `a_i`: ones at these columns, all times `sign`.
#[derive(Clone, Copy)]
pub struct Constraint<'a> {
    pub ones: &'a [u32],
    pub sign: f64,
    /// Must not move at all.
    pub fixed: bool,
}

const TOLERANCE: f64 = 1e-9;

/// The best direction, or `None` where only 0 will do (or, never seen, rounding hides the answer).
pub fn direction(width: usize, rows: &[Constraint<'_>]) -> Option<Vec<f64>> {
    let mut basis = Basis::start(width, rows);
    let mut stalled = 0;
    for _ in 0..200 * (width + 10) {
        let multipliers = basis.multipliers();
        // Bland's rule (the first column that improves) cannot cycle; the steepest is faster.
        let Some(entering) = pick(width, rows, &multipliers, stalled > width) else {
            let gain: f64 = basis.gain();
            return (gain > 1e-7).then_some(multipliers);
        };
        stalled = if basis.enter(&entering, rows)? > TOLERANCE { 0 } else { stalled + 1 };
    }
    None
}

/// A column of the dual: the slack of a bound on `d_j`, or the multiplier of a row.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Column {
    Row { row: usize, sign: f64 },
    Bound { at: usize, sign: f64 },
}

impl Column {
    fn cost(self) -> f64 {
        if matches!(self, Self::Bound { .. }) { 1.0 } else { 0.0 }
    }

    /// The first in a fixed order of all columns.
    fn rank(self, rows: usize) -> (usize, bool) {
        match self {
            Self::Row { row, sign } => (row, sign > 0.0),
            Self::Bound { at, sign } => (rows + at, sign > 0.0),
        }
    }
}

/// The column that enters, or `None` at the optimum.
fn pick(width: usize, rows: &[Constraint<'_>], d: &[f64], first: bool) -> Option<Column> {
    let mut best: Option<(f64, Column)> = None;
    let mut offer = |reduced: f64, column: Column| {
        if reduced < -TOLERANCE && best.is_none_or(|(least, _)| !first && reduced < least) {
            best = Some((reduced, column));
        }
    };
    for (row, constraint) in rows.iter().enumerate() {
        let along = constraint.sign * super::problem::sum_at(constraint.ones, d);
        offer(along, Column::Row { row, sign: -1.0 });
        if constraint.fixed {
            offer(-along, Column::Row { row, sign: 1.0 });
        }
    }
    for (at, &value) in d.iter().enumerate().take(width) {
        offer(1.0 + value, Column::Bound { at, sign: -1.0 });
        offer(1.0 - value, Column::Bound { at, sign: 1.0 });
    }
    best.map(|(_, column)| column)
}

struct Basis {
    columns: Vec<Column>,
    values: Vec<f64>,
    /// The inverse of the basis matrix, row by row.
    inverse: Vec<Vec<f64>>,
}

impl Basis {
    fn start(width: usize, rows: &[Constraint<'_>]) -> Self {
        let mut wanted = vec![0.0; width];
        for row in rows.iter().filter(|row| !row.fixed) {
            super::problem::add_at(row.ones, row.sign, &mut wanted);
        }
        let sign = |value: f64| if value < 0.0 { -1.0 } else { 1.0 };
        let columns = wanted.iter().enumerate().map(|(at, &value)| Column::Bound { at, sign: sign(value) });
        let unit = |at: usize| {
            let mut line = vec![0.0; width];
            line[at] = sign(wanted[at]);
            line
        };
        let inverse = (0..width).map(unit).collect();
        Self { columns: columns.collect(), values: wanted.iter().map(|value| value.abs()).collect(), inverse }
    }

    fn multipliers(&self) -> Vec<f64> {
        let mut d = vec![0.0; self.columns.len()];
        for (column, line) in self.columns.iter().zip(&self.inverse) {
            if column.cost() > 0.0 {
                d.iter_mut().zip(line).for_each(|(sum, entry)| *sum += entry);
            }
        }
        d
    }

    /// The objective: the values of the bounds' slacks.
    fn gain(&self) -> f64 {
        self.columns.iter().zip(&self.values).map(|(column, value)| column.cost() * value).sum()
    }

    /// Takes the column in; answers by how much it moved, `None` where nothing limits it.
    fn enter(&mut self, entering: &Column, rows: &[Constraint<'_>]) -> Option<f64> {
        let image: Vec<f64> = self.inverse.iter().map(|line| project(line, *entering, rows)).collect();
        let mut leaving: Option<(f64, usize)> = None;
        for (place, &share) in image.iter().enumerate().filter(|(_, share)| **share > TOLERANCE) {
            let ratio = self.values[place].max(0.0) / share;
            let sooner = leaving.is_none_or(|(least, other)| {
                let (mine, theirs) =
                    (self.columns[place].rank(rows.len()), self.columns[other].rank(rows.len()));
                ratio < least || (ratio == least && mine < theirs)
            });
            if sooner {
                leaving = Some((ratio, place));
            }
        }
        let (moved, place) = leaving?;
        self.pivot(place, &image, moved);
        self.columns[place] = *entering;
        Some(moved)
    }

    fn pivot(&mut self, place: usize, image: &[f64], moved: f64) {
        let pivot: Vec<f64> = self.inverse[place].iter().map(|entry| entry / image[place]).collect();
        for (row, &share) in image.iter().enumerate().filter(|(row, _)| *row != place) {
            self.values[row] -= moved * share;
            self.inverse[row].iter_mut().zip(&pivot).for_each(|(entry, by)| *entry -= share * by);
        }
        self.values[place] = moved;
        self.inverse[place] = pivot;
    }
}

fn project(line: &[f64], column: Column, rows: &[Constraint<'_>]) -> f64 {
    match column {
        Column::Bound { at, sign } => sign * line[at],
        Column::Row { row, sign } => sign * rows[row].sign * super::problem::sum_at(rows[row].ones, line),
    }
}

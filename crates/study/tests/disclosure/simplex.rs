//! The smallest and largest value of a sum under linear equations, all unknowns being at least 0:
//! the two-phase simplex method with Bland's rule (Math. Oper. Res. 1977;2:103-7), so that it ends.

const NEAR: f64 = 1e-7;

/// Equations at a feasible corner.
pub struct Corner {
    unknowns: usize,
    /// One row per basic unknown: coefficients, then the right-hand side.
    rows: Vec<Vec<f64>>,
    basis: Vec<usize>,
}

impl Corner {
    /// `equations`: coefficients of the unknowns and what they add up to, at least 0. They must have a
    /// solution.
    pub fn of(unknowns: usize, equations: &[(Vec<f64>, f64)]) -> Self {
        let wide = unknowns + equations.len();
        let row = |(number, (coefficients, sum)): (usize, &(Vec<f64>, f64))| {
            let mut row = coefficients.clone();
            row.extend((0..equations.len()).map(|other| f64::from(u8::from(other == number))));
            row.push(*sum);
            row
        };
        let rows = equations.iter().enumerate().map(row).collect();
        let mut corner = Corner { unknowns: wide, rows, basis: (unknowns..wide).collect() };
        let artificial: Vec<f64> = (0..wide).map(|at| f64::from(u8::from(at >= unknowns))).collect();
        let left = corner.least(&artificial).unwrap();
        assert!(left < NEAR, "the equations contradict one another by {left}");
        corner.without_artificial(unknowns);
        corner
    }

    /// Between which whole numbers the sum of the marked unknowns lies; `None` is no upper end.
    pub fn range(&mut self, marked: &[bool]) -> (i64, Option<i64>) {
        let up: Vec<f64> = marked.iter().map(|marked| f64::from(u8::from(*marked))).collect();
        let down: Vec<f64> = up.iter().map(|cost| -cost).collect();
        let least = self.least(&up).unwrap();
        let most = self.least(&down).map(|most| (-most + NEAR).floor() as i64);
        ((least - NEAR).ceil() as i64, most)
    }

    /// Minimises; `None` where there is no end to it.
    fn least(&mut self, costs: &[f64]) -> Option<f64> {
        loop {
            let entering = (0..self.unknowns).find(|at| self.reduced(costs, *at) < -NEAR);
            let Some(entering) = entering else { break };
            let leaving = self.leaving(entering)?;
            self.pivot(leaving, entering);
        }
        Some(self.rows.iter().zip(&self.basis).map(|(row, at)| row[self.unknowns] * costs[*at]).sum())
    }

    fn reduced(&self, costs: &[f64], at: usize) -> f64 {
        let basic: f64 = self.rows.iter().zip(&self.basis).map(|(row, basic)| row[at] * costs[*basic]).sum();
        costs[at] - basic
    }

    fn leaving(&self, entering: usize) -> Option<usize> {
        let ratio = |row: usize| self.rows[row][self.unknowns] / self.rows[row][entering];
        let open = (0..self.rows.len()).filter(|row| self.rows[*row][entering] > NEAR);
        open.min_by(|a, b| match (ratio(*a) - ratio(*b)).abs() < 1e-12 {
            true => self.basis[*a].cmp(&self.basis[*b]),
            false => ratio(*a).total_cmp(&ratio(*b)),
        })
    }

    fn pivot(&mut self, leaving: usize, entering: usize) {
        let factor = self.rows[leaving][entering];
        self.rows[leaving].iter_mut().for_each(|value| *value /= factor);
        let pivot = self.rows[leaving].clone();
        for (number, row) in self.rows.iter_mut().enumerate() {
            let factor = row[entering];
            if number != leaving && factor != 0.0 {
                row.iter_mut().zip(&pivot).for_each(|(value, pivot)| *value -= factor * pivot);
            }
        }
        self.basis[leaving] = entering;
    }

    /// Rows that say nothing new still rest on an artificial unknown, at 0: exchange it or drop the row.
    fn without_artificial(&mut self, unknowns: usize) {
        for number in (0..self.rows.len()).rev() {
            if self.basis[number] < unknowns {
                continue;
            }
            match (0..unknowns).find(|at| self.rows[number][*at].abs() > NEAR) {
                Some(entering) => self.pivot(number, entering),
                None => {
                    self.rows.swap_remove(number);
                    self.basis.swap_remove(number);
                }
            }
        }
        for row in &mut self.rows {
            row.drain(unknowns..self.unknowns);
        }
        self.unknowns = unknowns;
    }
}

#[test]
fn the_ends_of_a_sum_are_found() {
    // x + y = 7, y + z = 5.
    let equations = [(vec![1.0, 1.0, 0.0, 0.0], 7.0), (vec![0.0, 1.0, 1.0, 0.0], 5.0)];
    let mut corner = Corner::of(4, &equations);
    assert_eq!(corner.range(&[true, false, false, false]), (2, Some(7)));
    assert_eq!(corner.range(&[false, true, false, false]), (0, Some(5)));
    assert_eq!(corner.range(&[true, false, true, false]), (2, Some(12)));
    assert_eq!(corner.range(&[false, false, false, true]), (0, None));
}

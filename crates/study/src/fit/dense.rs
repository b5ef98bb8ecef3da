//! Small dense symmetric matrices: Cholesky with diagonal scaling, and the sweep operator that finds
//! which columns depend on earlier ones (Goodnight 1979).

/// A square matrix, row by row. Symmetric ones are filled in their lower half, then mirrored.
#[derive(Clone, Debug)]
pub struct Square {
    size: usize,
    values: Vec<f64>,
}

impl Square {
    pub fn zeros(size: usize) -> Self {
        Self { size, values: vec![0.0; size * size] }
    }

    pub fn size(&self) -> usize {
        self.size
    }

    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.size + column]
    }

    pub fn set(&mut self, row: usize, column: usize, value: f64) {
        self.values[row * self.size + column] = value;
    }

    pub fn add(&mut self, row: usize, column: usize, value: f64) {
        self.values[row * self.size + column] += value;
    }

    /// Adds `weight * x x'` for the 0/1 vector whose ones stand at `ones` (ascending), lower half.
    pub fn add_ones(&mut self, ones: &[u32], weight: f64) {
        for (place, &row) in ones.iter().enumerate() {
            for &column in &ones[..=place] {
                self.add(row as usize, column as usize, weight);
            }
        }
    }

    /// Adds `weight * x x'`, lower half.
    pub fn add_outer(&mut self, x: &[f64], weight: f64) {
        for (row, &left) in x.iter().enumerate() {
            if left == 0.0 {
                continue;
            }
            let line = &mut self.values[row * self.size..row * self.size + row + 1];
            for (entry, &right) in line.iter_mut().zip(x) {
                *entry += weight * left * right;
            }
        }
    }

    /// Copies the lower half into the upper one.
    pub fn mirror(&mut self) {
        for row in 0..self.size {
            for column in 0..row {
                self.set(column, row, self.at(row, column));
            }
        }
    }

    pub fn scale(&mut self, factor: f64) {
        self.values.iter_mut().for_each(|value| *value *= factor);
    }

    pub fn diagonal(&self) -> Vec<f64> {
        (0..self.size).map(|place| self.at(place, place)).collect()
    }

    /// `x' M x`.
    pub fn quadratic(&self, x: &[f64]) -> f64 {
        (0..self.size).map(|row| x[row] * self.row_times(row, x)).sum()
    }

    fn row_times(&self, row: usize, x: &[f64]) -> f64 {
        self.values[row * self.size..(row + 1) * self.size].iter().zip(x).map(|(a, b)| a * b).sum()
    }

    /// The rows and columns at these places.
    pub fn part(&self, places: &[usize]) -> Self {
        let values = places.iter().flat_map(|&row| places.iter().map(move |&column| self.at(row, column)));
        Self { size: places.len(), values: values.collect() }
    }

    /// `self * other * self`, both symmetric: a sandwich of bread and meat.
    pub fn around(&self, other: &Self) -> Self {
        self.times(other).times(self)
    }

    fn times(&self, other: &Self) -> Self {
        let mut product = Self::zeros(self.size);
        for row in 0..self.size {
            for middle in 0..self.size {
                let left = self.at(row, middle);
                for column in 0..self.size {
                    product.add(row, column, left * other.at(middle, column));
                }
            }
        }
        product
    }
}

/// The factor of a positive definite matrix whose diagonal was scaled to ones, so that rare and
/// frequent levels are equally precise.
pub struct Cholesky {
    scale: Vec<f64>,
    lower: Square,
}

impl Cholesky {
    /// `None` where the matrix is not positive definite to working precision.
    pub fn of(matrix: &Square) -> Option<Self> {
        Self::with_pivots_above(1e-15, matrix)
    }

    /// `None` where a column leaves no more than this of its diagonal beside those before it.
    pub fn with_pivots_above(least: f64, matrix: &Square) -> Option<Self> {
        let scale: Vec<f64> = matrix.diagonal().iter().map(|value| 1.0 / value.sqrt()).collect();
        if scale.iter().any(|value| !value.is_finite()) {
            return None;
        }
        let size = matrix.size();
        let mut lower = Square::zeros(size);
        for row in 0..size {
            for column in 0..=row {
                let known: f64 = (0..column).map(|k| lower.at(row, k) * lower.at(column, k)).sum();
                let rest = matrix.at(row, column) * scale[row] * scale[column] - known;
                if row > column {
                    lower.set(row, column, rest / lower.at(column, column));
                } else if rest > least {
                    lower.set(row, row, rest.sqrt());
                } else {
                    return None;
                }
            }
        }
        Some(Self { scale, lower })
    }

    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        let size = self.lower.size();
        let mut x: Vec<f64> = right.iter().zip(&self.scale).map(|(value, scale)| value * scale).collect();
        for row in 0..size {
            let known: f64 = (0..row).map(|k| self.lower.at(row, k) * x[k]).sum();
            x[row] = (x[row] - known) / self.lower.at(row, row);
        }
        for row in (0..size).rev() {
            let known: f64 = (row + 1..size).map(|k| self.lower.at(k, row) * x[k]).sum();
            x[row] = (x[row] - known) / self.lower.at(row, row);
        }
        x.iter().zip(&self.scale).map(|(value, scale)| value * scale).collect()
    }

    pub fn inverse(&self) -> Square {
        let size = self.lower.size();
        let mut inverse = Square::zeros(size);
        for column in 0..size {
            let mut unit = vec![0.0; size];
            unit[column] = 1.0;
            for (row, value) in self.solve(&unit).into_iter().enumerate().skip(column) {
                inverse.set(row, column, value);
            }
        }
        inverse.mirror();
        inverse
    }

    /// The natural logarithm of the determinant.
    pub fn log_determinant(&self) -> f64 {
        let size = self.scale.len();
        2.0 * (0..size).map(|k| self.lower.at(k, k).ln() - self.scale[k].ln()).sum::<f64>()
    }
}

/// Which columns of a matrix are independent of those before them, seen in its Gram matrix.
pub struct Independence {
    pub kept: Vec<usize>,
    pub dependent: Vec<Dependent>,
}

/// A column that is a sum of earlier ones, each times its coefficient.
pub struct Dependent {
    pub column: usize,
    pub of: Vec<(usize, f64)>,
}

impl Independence {
    /// `gram` holds whole numbers (counts of rows in which two 0/1 columns are both 1), so a true
    /// dependence leaves a rest of rounding size only, and an independent column one of at least
    /// about 1 / rows of its diagonal.
    pub fn of(gram: &Square) -> Self {
        let mut swept = gram.clone();
        let (mut kept, mut left) = (vec![], vec![]);
        for column in 0..gram.size() {
            if swept.at(column, column) > 1e-9 * gram.at(column, column) {
                sweep(&mut swept, column);
                kept.push(column);
            } else {
                left.push(column);
            }
        }
        let parts = |column: usize| {
            let all = kept.iter().map(|&k| (k, swept.at(k, column)));
            all.filter(|(_, part)| part.abs() > 1e-7).collect()
        };
        let dependent = left.iter().map(|&column| Dependent { column, of: parts(column) }).collect();
        Self { kept, dependent }
    }
}

fn sweep(matrix: &mut Square, pivot: usize) {
    let size = matrix.size();
    let diagonal = matrix.at(pivot, pivot);
    for column in 0..size {
        matrix.set(pivot, column, matrix.at(pivot, column) / diagonal);
    }
    for row in (0..size).filter(|&row| row != pivot) {
        let factor = matrix.at(row, pivot);
        for column in 0..size {
            matrix.add(row, column, -factor * matrix.at(pivot, column));
        }
        matrix.set(row, pivot, -factor / diagonal);
    }
    matrix.set(pivot, pivot, 1.0 / diagonal);
}

//! Rows grouped by cluster and covariate pattern, columns of counts. The likelihood of a binomial
//! regression on the groups is that on the rows, so nothing is lost.

/// A categorical covariate; the first level is the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    pub name: String,
    pub levels: Vec<String>,
}

/// How many rows of one cluster show one pattern, and in how many of them the outcome happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Position in [`Grouped::clusters`].
    pub cluster: u32,
    /// Position in [`Grouped::patterns`].
    pub pattern: u32,
    pub n: u32,
    pub events: u32,
}

/// A cohort as counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grouped {
    pub outcome: String,
    pub cluster_name: String,
    pub variables: Vec<Variable>,
    /// Cluster ids, sorted.
    pub clusters: Vec<String>,
    /// Distinct patterns, sorted: for each variable the position of its level.
    pub patterns: Vec<Box<[u16]>>,
    /// Sorted by cluster, then pattern; each pair at most once; `events <= n`, `n > 0`.
    pub cells: Vec<Cell>,
}

impl Grouped {
    pub fn rows(&self) -> u64 {
        self.cells.iter().map(|cell| u64::from(cell.n)).sum()
    }

    pub fn events(&self) -> u64 {
        self.cells.iter().map(|cell| u64::from(cell.events)).sum()
    }
}

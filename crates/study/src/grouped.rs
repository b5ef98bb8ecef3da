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

    /// The cohort without a covariate: patterns that differ only in it become one.
    pub fn without(&self, variable: usize) -> Grouped {
        let mut shorter: Vec<Box<[u16]>> = Vec::with_capacity(self.patterns.len());
        for pattern in &self.patterns {
            let others = pattern.iter().enumerate().filter(|(at, _)| *at != variable);
            shorter.push(others.map(|(_, level)| *level).collect());
        }
        let mut patterns = shorter.clone();
        patterns.sort_unstable();
        patterns.dedup();
        let place =
            |cell: &Cell| patterns.binary_search(&shorter[cell.pattern as usize]).unwrap_or_default() as u32;
        let mut cells: Vec<Cell> =
            self.cells.iter().map(|cell| Cell { pattern: place(cell), ..*cell }).collect();
        cells.sort_unstable_by_key(|cell| (cell.cluster, cell.pattern));
        cells.dedup_by(|cell, sum| {
            let is_same = (cell.cluster, cell.pattern) == (sum.cluster, sum.pattern);
            if is_same {
                sum.n += cell.n;
                sum.events += cell.events;
            }
            is_same
        });
        let mut variables = self.variables.clone();
        variables.remove(variable);
        Grouped { variables, patterns, cells, ..self.clone() }
    }

    /// Only the people whose pattern is kept.
    pub fn only(&self, keeps: impl Fn(&[u16]) -> bool) -> Grouped {
        let is_kept: Vec<bool> = self.patterns.iter().map(|pattern| keeps(pattern)).collect();
        let mut kept = self.clone();
        kept.cells.retain(|cell| is_kept[cell.pattern as usize]);
        kept.drop_unused();
        kept
    }

    /// The same cohort with its clusters in the order of what is in them, named by their numbers. Then ids that
    /// differ from store to store, or from key to key, change no sum's order and so no figure.
    pub fn by_content(mut self) -> Grouped {
        let content = |cells: &[Cell]| -> Vec<(u32, u32, u32)> {
            cells.iter().map(|cell| (cell.pattern, cell.n, cell.events)).collect()
        };
        let mut clusters: Vec<&[Cell]> = self.cells.chunk_by(|a, b| a.cluster == b.cluster).collect();
        clusters.sort_by_cached_key(|cells| content(cells));
        let width = clusters.len().to_string().len();
        let names = (1..=clusters.len()).map(|number| format!("{number:0width$}")).collect();
        let renumbered = clusters.iter().zip(0u32..);
        let cells =
            renumbered.flat_map(|(cells, cluster)| cells.iter().map(move |cell| Cell { cluster, ..*cell }));
        self.cells = cells.collect();
        self.clusters = names;
        self
    }

    /// Drops patterns and clusters that no cell names.
    pub fn drop_unused(&mut self) {
        let patterns = keep_named(&mut self.patterns, self.cells.iter().map(|cell| cell.pattern));
        let clusters = keep_named(&mut self.clusters, self.cells.iter().map(|cell| cell.cluster));
        for cell in &mut self.cells {
            cell.pattern = patterns[cell.pattern as usize];
            cell.cluster = clusters[cell.cluster as usize];
        }
    }
}

/// Keeps the items at these positions, and says where each position went.
fn keep_named<T>(items: &mut Vec<T>, named: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut is_named = vec![false; items.len()];
    named.for_each(|at| is_named[at as usize] = true);
    let mut kept = is_named.iter();
    items.retain(|_| kept.next().is_some_and(|is_named| *is_named));
    let mut next = 0;
    let count = |is_named: &bool| {
        let at = next;
        next += u32::from(*is_named);
        at
    };
    is_named.iter().map(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cohort(names: [&str; 3]) -> Grouped {
        let cell = |cluster, pattern, n, events| Cell { cluster, pattern, n, events };
        let contents = [vec![(0, 5, 1), (1, 2, 2)], vec![(1, 9, 0)], vec![(0, 4, 1)]];
        let mut order: Vec<usize> = (0..3).collect();
        order.sort_by_key(|at| names[*at]);
        let cells = order.iter().zip(0..).flat_map(|(at, cluster)| {
            contents[*at].iter().map(move |(pattern, n, events)| cell(cluster, *pattern, *n, *events))
        });
        Grouped {
            clusters: order.iter().map(|at| names[*at].to_owned()).collect(),
            patterns: vec![[0u16].into(), [1u16].into()],
            cells: cells.collect(),
            ..Grouped::default()
        }
    }

    #[test]
    fn a_cohort_does_not_depend_on_what_its_clusters_are_called() {
        let one = cohort(["a", "b", "c"]).by_content();
        assert_eq!(one, cohort(["z", "k", "d"]).by_content());
        assert_eq!(one.clusters, ["1", "2", "3"]);
        assert_eq!(one.cells.iter().map(|cell| cell.n).collect::<Vec<_>>(), [4, 5, 2, 9]);
    }
}

//! Reads a counted cohort that a script wrote: cluster, covariates, n, events.

use std::collections::BTreeSet;

use study::grouped::{Cell, Grouped, Variable};

/// Levels are sorted, so "a" is the reference; so R sorts them.
pub fn read(csv: &str) -> Grouped {
    let mut lines = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let rows: Vec<Vec<&str>> = lines.collect();
    let covariates = 1..header.len() - 2;
    let sorted = |column: usize| -> Vec<String> {
        let distinct: BTreeSet<&str> = rows.iter().map(|row| row[column]).collect();
        distinct.into_iter().map(str::to_owned).collect()
    };
    let variables: Vec<Variable> = covariates
        .clone()
        .map(|column| Variable { name: header[column].to_owned(), levels: sorted(column) })
        .collect();
    let clusters = sorted(0);
    let pattern_of = |row: &[&str]| -> Box<[u16]> {
        let level = |column: usize| {
            let place =
                variables[column - 1].levels.binary_search_by(|level| level.as_str().cmp(row[column]));
            u16::try_from(place.unwrap()).unwrap()
        };
        covariates.clone().map(level).collect()
    };
    let patterns: BTreeSet<Box<[u16]>> = rows.iter().map(|row| pattern_of(row)).collect();
    let patterns: Vec<Box<[u16]>> = patterns.into_iter().collect();
    let cell = |row: &Vec<&str>| Cell {
        cluster: place(&clusters, &row[0].to_owned()),
        pattern: place(&patterns, &pattern_of(row)),
        n: row[header.len() - 2].parse().unwrap(),
        events: row[header.len() - 1].parse().unwrap(),
    };
    let mut cells: Vec<Cell> = rows.iter().map(cell).collect();
    cells.sort_by_key(|cell| (cell.cluster, cell.pattern));
    Grouped {
        outcome: "y".to_owned(),
        cluster_name: header[0].to_owned(),
        variables,
        clusters,
        patterns,
        cells,
    }
}

fn place<T: Ord>(sorted: &[T], value: &T) -> u32 {
    u32::try_from(sorted.binary_search(value).unwrap()).unwrap()
}

/// What R calls a coefficient: variable and level, products joined by a colon.
pub fn r_name(variable: &str, level: &str) -> String {
    let parts = variable.split(':').zip(level.split(':'));
    parts.map(|(variable, level)| format!("{variable}{level}")).collect::<Vec<_>>().join(":")
}

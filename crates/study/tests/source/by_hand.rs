//! The naive way to a cohort, which the reader is held against, and short ways to read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use study::grouped::{Cell, Grouped, Variable};
use study::source::{Columns, Covariate, Limits, ReadError, Reading, read};

/// A row by hand: cluster, levels, outcome.
pub type Row = (String, Vec<String>, bool);

/// Counts rows one after another in sorted maps; levels are those found, sorted.
pub fn group(outcome: &str, cluster: &str, names: &[&str], rows: &[Row]) -> Grouped {
    let mut levels: Vec<Vec<String>> = vec![Vec::new(); names.len()];
    for (_, row, _) in rows {
        for (levels, level) in levels.iter_mut().zip(row) {
            levels.push(level.clone());
        }
    }
    for levels in &mut levels {
        levels.sort();
        levels.dedup();
    }
    let code = |row: &[String]| -> Box<[u16]> {
        let codes = row.iter().zip(&levels);
        codes.map(|(level, levels)| levels.iter().position(|it| it == level).unwrap() as u16).collect()
    };
    let mut counts: BTreeMap<(String, Box<[u16]>), (u32, u32)> = BTreeMap::new();
    for (cluster, row, event) in rows {
        let count = counts.entry((cluster.clone(), code(row))).or_default();
        count.0 += 1;
        count.1 += u32::from(*event);
    }
    let mut clusters: Vec<String> = counts.keys().map(|(cluster, _)| cluster.clone()).collect();
    let mut patterns: Vec<Box<[u16]>> = counts.keys().map(|(_, pattern)| pattern.clone()).collect();
    clusters.dedup();
    patterns.sort();
    patterns.dedup();
    let cell = |((cluster, pattern), (n, events)): (&(String, Box<[u16]>), &(u32, u32))| Cell {
        cluster: clusters.iter().position(|it| it == cluster).unwrap() as u32,
        pattern: patterns.iter().position(|it| it == pattern).unwrap() as u32,
        n: *n,
        events: *events,
    };
    let cells = counts.iter().map(cell).collect();
    let variables = names.iter().zip(&levels);
    let variables =
        variables.map(|(name, levels)| Variable { name: (*name).to_owned(), levels: levels.clone() });
    Grouped {
        outcome: outcome.to_owned(),
        cluster_name: cluster.to_owned(),
        variables: variables.collect(),
        clusters,
        patterns,
        cells,
    }
}

/// Outcome `messaged`, cluster `pcp`, these covariates with the levels found.
pub fn columns(covariates: &[&str]) -> Columns {
    Columns {
        outcome: "messaged".to_owned(),
        cluster: "pcp".to_owned(),
        covariates: covariates.iter().map(|name| Covariate::found(name)).collect(),
        ..Columns::default()
    }
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

pub fn read_file(path: &Path, columns: &Columns) -> Result<Reading, ReadError> {
    read(path, columns, &Limits::default(), &|_| {})
}

/// Reads a text as a file.
pub fn read_text(text: &str, columns: &Columns) -> Result<Reading, ReadError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cohort.csv");
    std::fs::write(&path, text).unwrap();
    read_file(&path, columns)
}

/// What was wrong, without the folder.
pub fn complaint(text: &str, columns: &Columns) -> String {
    let error = read_text(text, columns).expect_err("the file should be refused").to_string();
    let folder = std::env::temp_dir();
    let lines = error.lines().map(|line| match line.split_once("cohort.csv") {
        Some((before, rest)) if before.starts_with(folder.to_str().unwrap()) => format!("cohort.csv{rest}"),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

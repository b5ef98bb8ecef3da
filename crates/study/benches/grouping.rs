//! How long a file of rows takes to become a fitted cohort, and how much memory.
//!
//!     cargo bench -p study --bench grouping -- make FILE.parquet 100000000
//!     cargo bench -p study --bench grouping -- fit FILE.parquet [MEMORY_MIB]
//!
//! The rows have the columns of `studies/ralston-2009.toml`; one provider per 1,700 rows, providers
//! taking turns, which is the order that a table of counts likes least.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::time::Instant;
use study::fit::{Plan, analyse};
use study::source::{Columns, Covariate, Limits, read};
use study::table::{Cell, Column, Writer};

const ROWS_PER_PROVIDER: u64 = 1_700;
const LEVELS: [(&str, &[&str]); 5] = [
    ("sex", &["male", "female"]),
    ("age", &["18-35", "36-50", "51-65", "over 65"]),
    ("morbidity", &["very low", "low", "moderate", "high or very high"]),
    ("share", &["<= 10 %", "> 10-20 %", "> 20-50 %", "> 50 %"]),
    ("insurance", &["commercial", "Medicare", "Medicaid", "other"]),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", path, rows] => make(Path::new(path), rows.parse().unwrap()),
        ["fit", path] => fit(Path::new(path), 1024),
        ["fit", path, memory] => fit(Path::new(path), memory.parse().unwrap()),
        _ => eprintln!("grouping: make FILE ROWS | fit FILE [MEMORY_MIB]"),
    }
}

fn make(path: &Path, rows: u64) {
    let levels = LEVELS.iter().map(|(name, levels)| Column::Levels {
        name: (*name).to_owned(),
        levels: levels.iter().map(|level| (*level).to_owned()).collect(),
    });
    let text = |name: &str| Column::Text(name.to_owned());
    let columns = [text("pcp"), Column::Outcome("messaged".to_owned())].into_iter().chain(levels);
    let mut writer = Writer::create(path, columns.collect()).unwrap();
    let providers = (rows / ROWS_PER_PROVIDER).max(2);
    let mut state = 2009u64;
    for row in 0..rows {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let bits = state >> 16;
        let provider = row % providers;
        let level = |at: u64, count: u64| Cell::Level(((bits >> (at * 7)) % count) as u16);
        // Most of a provider's patients share the provider's band.
        let share = if bits % 50 == 0 { level(3, 4) } else { Cell::Level((provider % 4) as u16) };
        let messaged = (bits >> 33) % 100 < 8 + 3 * (bits % 2) + 2 * (provider % 4);
        let name = format!("provider-{provider:06}");
        let cells = [
            Cell::Text(&name),
            Cell::Outcome(messaged),
            level(0, 2),
            level(1, 4),
            level(2, 4),
            share,
            level(4, 4),
        ];
        writer.row(&cells).unwrap();
    }
    println!("{} rows, {} bytes", writer.finish().unwrap(), path.metadata().unwrap().len());
}

fn fit(path: &Path, memory: usize) {
    let covariates = LEVELS.iter().map(|(name, levels)| Covariate::with_levels(name, levels));
    let columns = Columns {
        outcome: "messaged".to_owned(),
        cluster: "pcp".to_owned(),
        covariates: covariates.collect(),
        ..Columns::default()
    };
    let limits = Limits { memory_bytes: memory << 20, ..Limits::default() };
    let start = Instant::now();
    let reading = read(path, &columns, &limits, &|_| {}).unwrap();
    let read_seconds = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let fit = analyse(&reading.grouped, &Plan::default()).unwrap();
    println!(
        "rows {} groups {} clusters {} patterns {}: read {read_seconds:.2} s, fit {:.2} s, spilled {} MB, peak {} MB, {} threads, odds ratio of female {:.4}",
        reading.rows,
        reading.grouped.cells.len(),
        fit.clusters,
        fit.patterns,
        start.elapsed().as_secs_f64(),
        reading.spilled_bytes / 1_000_000,
        peak_kilobytes() / 1_000,
        limits.threads,
        fit.terms[0].adjusted.unwrap().odds_ratio(),
    );
}

/// The most memory that the process ever held.
fn peak_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1))
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}

//! Several sites: each sends counts, and together they are the cohort of all rows.

use crate::by_hand::{columns, read_text};
use std::fmt::Write;
use std::path::Path;
use study::fit::{Plan, analyse};
use study::grouped_file::{GroupedFile, is_grouped, merge, read, write};
use study::protocol::Protocol;
use study::source::{Columns, Covariate, Missing};

const SITES: [&str; 5] = ["coast", "hills", "lake", "plains", "river"];

/// Rows of a site; `prefix` goes before each provider.
fn rows(site: usize, prefix: &str) -> String {
    let mut text = String::new();
    let mut state = site as u64 + 7;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for _ in 0..2000 {
        let (pcp, sex, age) =
            (next(12 + site as u64), ["f", "m", ""][next(3) as usize], next(3 + site as u64));
        let messaged = next(10) < 2 + age;
        writeln!(text, "{prefix}p{pcp},{sex},age {age},{}", u8::from(messaged)).unwrap();
    }
    text
}

fn wanted() -> Columns {
    let mut columns = columns(&["age", "sex"]);
    columns.covariates[1].missing = Missing::Level;
    columns
}

fn site_file(site: usize, columns: &Columns, protocol: Option<&Protocol>) -> GroupedFile {
    let text = format!("pcp,sex,age,messaged\n{}", rows(site, ""));
    GroupedFile::new(read_text(&text, columns).unwrap(), columns, protocol, SITES[site])
}

fn through_disk(file: &GroupedFile, folder: &Path) -> GroupedFile {
    let path = folder.join(format!("{}.json", file.sites.join("+")));
    write(file, &path).unwrap();
    assert!(is_grouped(&path));
    let back = read(&path).unwrap();
    assert_eq!(&back, file);
    back
}

#[test]
fn five_sites_merged_are_the_pooled_cohort_and_the_pooled_fit() {
    let folder = tempfile::tempdir().unwrap();
    let mut files: Vec<(String, GroupedFile)> = (0..5)
        .map(|site| (SITES[site].to_owned(), through_disk(&site_file(site, &wanted(), None), folder.path())))
        .collect();
    let text: String = (0..5).map(|site| rows(site, &format!("{}:", SITES[site]))).collect();
    let pooled = read_text(&format!("pcp,sex,age,messaged\n{text}"), &wanted()).unwrap();
    let merged = merge(files.clone()).unwrap();
    assert_eq!(merged.grouped, pooled.grouped);
    assert_eq!((merged.rows, merged.left.as_slice()), (pooled.rows, pooled.left.as_slice()));
    assert_eq!(merged.sites, SITES);
    files.reverse();
    assert_eq!(merge(files).unwrap(), merged, "the order of the files does not matter");
    through_disk(&merged, folder.path());
    let (one, two) = (analyse(&merged.grouped, &Plan::default()), analyse(&pooled.grouped, &Plan::default()));
    let (one, two) = (one.unwrap(), two.unwrap());
    for (one, two) in one.terms.iter().zip(&two.terms) {
        let (one, two) = (one.adjusted.unwrap(), two.adjusted.unwrap());
        assert!((one.log_or - two.log_or).abs() < 1e-12 && (one.se_cluster - two.se_cluster).abs() < 1e-12);
    }
}

#[test]
fn other_protocols_the_same_site_twice_and_nameless_sites_are_refused() {
    let refusal = |files: Vec<GroupedFile>| {
        let named = files.into_iter().zip(["a.json", "b.json"]).map(|(file, name)| (name.to_owned(), file));
        merge(named.collect()).unwrap_err().to_string()
    };
    let first = site_file(0, &wanted(), None);
    let mut other = wanted();
    other.covariates[0] = Covariate::with_levels("age", &["age 0", "age 1", "age 2", "age 3"]);
    let told = refusal(vec![first.clone(), site_file(1, &other, None)]);
    assert!(
        told.starts_with("a.json and b.json cannot be merged: their protocols differ (columns "),
        "{told}"
    );
    let told = refusal(vec![first.clone(), first.clone()]);
    assert_eq!(told, "a.json and b.json cannot be merged: both are of site coast");
    let text = format!("pcp,sex,age,messaged\n{}", rows(0, ""));
    let nameless = GroupedFile::new(read_text(&text, &wanted()).unwrap(), &wanted(), None, "");
    assert_eq!(refusal(vec![first, nameless]), "b.json: names no site; group it with --site");
}

#[test]
fn a_file_that_was_tampered_with_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("coast.json");
    write(&site_file(0, &wanted(), None), &path).unwrap();
    let whole = std::fs::read_to_string(&path).unwrap();
    let changes = [
        (
            "\"version\":1",
            "\"version\":2",
            "is samechart grouped cohort version 2, not samechart grouped cohort version 1",
        ),
        ("\"rows\":2000", "\"rows\":2001", "has counts that do not add up to its rows"),
        ("\"coast:p0\"", "\"brook:p0\"", "has a cluster that does not start with its site"),
        ("[2,2]]", "[2,9]]", "has a pattern with a level that is not there"),
        ("\"n\":[", "\"n\":[0,", "has columns of unequal length"),
        ("\"stamp\"", "\"stump\"", "unknown field `stump`"),
    ];
    for (from, to, reason) in changes {
        std::fs::write(&path, whole.replacen(from, to, 1)).unwrap();
        let told = read(&path).unwrap_err().to_string();
        assert!(told.contains(reason), "{to}: {told}");
    }
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(read(&path).is_err());
}

#[test]
fn beyond_a_million_groups_the_counts_follow_on_lines() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = site_file(0, &wanted(), None);
    let wide = 1_000_100;
    file.grouped.clusters = (0..wide).map(|at| format!("coast:{at:07}")).collect();
    let cell = file.grouped.cells[0];
    file.grouped.cells =
        (0..wide).map(|at| study::grouped::Cell { cluster: at, n: 3, events: 1, ..cell }).collect();
    file.rows = file.grouped.rows();
    through_disk(&file, folder.path());
    let text = std::fs::read_to_string(folder.path().join("coast.json")).unwrap();
    assert!(text.lines().count() > 10);
}

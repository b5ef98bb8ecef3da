//! Over invented tables: the reader counts as a person would, with any number of threads, any memory and in any order.

use crate::by_hand::{Row, columns, group};
use proptest::prelude::*;
use std::path::Path;
use study::grouped::Grouped;
use study::source::{Limits, Reading, read};

fn write(path: &Path, rows: &[Row]) {
    let mut text = "x,messaged,y,pcp\n".to_owned();
    for (pcp, levels, event) in rows {
        let quoted = levels[0].replace('"', "\"\"");
        text.push_str(&format!("\"{quoted}\",{event},{},{pcp}\n", levels[1]));
    }
    std::fs::write(path, text).unwrap();
}

fn read_with(path: &Path, threads: usize, memory_bytes: usize) -> Reading {
    let limits = Limits { threads, memory_bytes, problems: 20 };
    read(path, &columns(&["x", "y"]), &limits, &|_| {}).unwrap()
}

fn row() -> impl Strategy<Value = Row> {
    let x = prop::sample::select(vec!["a", "b,c", "d\"e", "f\ng", "ü"]);
    ("p[0-9]{1,2}", x, 0..40u8, any::<bool>())
        .prop_map(|(pcp, x, y, event)| (pcp, vec![x.to_owned(), y.to_string()], event))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn grouping_equals_counting_by_hand(rows in prop::collection::vec(row(), 0..400), threads in 1..4usize) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cohort.csv");
        write(&path, &rows);
        let reading = read_with(&path, threads, 1 << 30);
        prop_assert_eq!(&reading.grouped, &group("messaged", "pcp", &["x", "y"], &rows));
        let spilled = read_with(&path, threads, 0);
        prop_assert_eq!(&spilled.grouped, &reading.grouped);
    }
}

fn many_rows() -> Vec<Row> {
    let mut state = 1u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let row = |_| {
        let (pcp, x, y) = (next(500), next(9), next(40));
        (format!("p{pcp}"), vec![format!("x{x}"), y.to_string()], next(3) == 0)
    };
    (0..200_000).map(row).collect()
}

#[test]
fn a_cohort_that_does_not_fit_in_memory_is_spilled_and_comes_out_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cohort.csv");
    let rows = many_rows();
    write(&path, &rows);
    let by_hand: Grouped = group("messaged", "pcp", &["x", "y"], &rows);
    for (threads, memory_bytes) in [(1, 1 << 30), (2, 1 << 30), (1, 1 << 18), (2, 1 << 20), (4, 1 << 20)] {
        let reading = read_with(&path, threads, memory_bytes);
        assert_eq!(
            reading.spilled_bytes > 0,
            memory_bytes < 1 << 30,
            "{threads} threads, {memory_bytes} bytes"
        );
        assert_eq!(reading.grouped, by_hand, "{threads} threads, {memory_bytes} bytes");
    }
}

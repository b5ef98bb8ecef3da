//! The CSV files hold the numbers of the page and of the JSON.

use crate::small::{csv, protocol, table, texts, told};
use serde_json::Value;
use std::collections::HashMap;

/// Whether a cell holds the number, or both are empty.
fn same(cell: &str, number: &Value) -> bool {
    match number {
        Value::Null => cell.is_empty(),
        number => cell.parse::<f64>().ok() == number.as_f64(),
    }
}

/// Each of these columns against these members of an object.
fn compare(row: &HashMap<String, String>, of: &Value, pairs: &[(&str, &str)]) -> usize {
    for (column, path) in pairs {
        let number = of.pointer(path).unwrap_or(&Value::Null);
        assert!(same(&row[*column], number), "{column}: {} and {number}", row[*column]);
    }
    pairs.iter().filter(|(column, _)| !row[*column].is_empty()).count()
}

const ODDS: [(&str, &str); 21] = [
    ("crude_or", "/crude/value"),
    ("crude_low", "/crude/interval/0"),
    ("crude_high", "/crude/interval/1"),
    ("or", "/adjusted/value"),
    ("low", "/adjusted/interval/0"),
    ("high", "/adjusted/interval/1"),
    ("model_low", "/model_interval/0"),
    ("model_high", "/model_interval/1"),
    ("t_low", "/t_interval/0"),
    ("t_high", "/t_interval/1"),
    ("p", "/p"),
    ("gee_or", "/gee/value"),
    ("gee_low", "/gee/interval/0"),
    ("gee_high", "/gee/interval/1"),
    ("firth_or", "/firth/value"),
    ("firth_low", "/firth/interval/0"),
    ("firth_high", "/firth/interval/1"),
    ("probability", "/probability/value"),
    ("probability_low", "/probability/interval/0"),
    ("probability_high", "/probability/interval/1"),
    ("at", "/at"),
];

const TESTS: [(&str, &str); 7] = [
    ("robust_statistic", "/robust_test/statistic"),
    ("robust_df", "/robust_test/degrees"),
    ("robust_within", "/robust_test/within"),
    ("robust_p", "/robust_test/p"),
    ("likelihood_ratio_chi_squared", "/test/chi_squared"),
    ("likelihood_ratio_df", "/test/degrees"),
    ("likelihood_ratio_p", "/test/p"),
];

/// How many figures of the odds ratios and of the tests are in both.
fn compared(rows: &[(&str, [usize; 2])]) -> (usize, usize) {
    let of = "[[covariate]]\nname = \"group\"\nlevels = [\"one\", \"two\", \"three\"]\n";
    let files = texts(&told(&protocol(of), &csv("group", rows)));
    let json: Value = serde_json::from_str(&files["report.json"]).unwrap();
    let variable = &json["variables"][0];
    let levels = variable["levels"].as_array().unwrap();
    let odds = table(&files["odds_ratios.csv"]);
    assert_eq!(odds.len(), levels.len());
    let odds = odds.iter().zip(levels).map(|(row, level)| compare(row, level, &ODDS)).sum();
    let summary =
        [("n", "/n"), ("events", "/events"), ("clusters", "/clusters"), ("c_statistic", "/c_statistic")];
    compare(&table(&files["summary.csv"])[0], &json, &summary);
    (odds, compare(&table(&files["tests.csv"])[0], variable, &TESTS))
}

#[test]
fn odds_ratios_and_tests_are_the_same_in_every_form() {
    let whole = compared(&[("one", [60, 60]), ("two", [50, 70]), ("three", [80, 40])]);
    // Two levels with 17 figures each, Firth's not among them, and three probabilities with intervals for the reference too.
    assert_eq!(whole, (2 * 14 + 3 * 3, 7));
}

#[test]
fn under_separation_firths_estimates_are_in_the_table_too() {
    let rows = [("one", [60, 60]), ("two", [50, 70]), ("three", [80, 0])];
    let (odds, _) = compared(&rows);
    assert!(odds >= 2 * 3, "{odds}");
    let of = "[[covariate]]\nname = \"group\"\nlevels = [\"one\", \"two\", \"three\"]\n";
    let files = texts(&told(&protocol(of), &csv("group", &rows)));
    let three = &table(&files["odds_ratios.csv"])[2];
    assert!(three["or"].is_empty() && three["firth_or"].parse::<f64>().unwrap() > 50.0, "{three:?}");
    assert!(files["report.html"].contains(three["firth_or"].trim_end_matches(".0")));
}

//! Which two levels an odds ratio compares, and of whom. All expected figures are worked by hand: a model with as many
//! coefficients as patterns gives back the odds of its table.

use crate::small::{csv, protocol, table, texts, told};
use study::protocol::Protocol;
use study::report::Report;

/// Odds of writing: English 60/40 in hours and 50/50 out of hours, Spanish 40/60 and 30/70.
fn rows() -> String {
    let rows = [
        ("English,in hours", [60, 40]),
        ("English,out of hours", [50, 50]),
        ("Spanish,in hours", [40, 60]),
        ("Spanish,out of hours", [30, 70]),
    ];
    csv("language,arrived", &rows)
}

fn interacting(more: &str) -> Protocol {
    protocol(&format!(
        "[[covariate]]\nname = \"language\"\nlabel = \"Language\"\nlevels = [\"English\", \"Spanish\"]\n\
         [[covariate]]\nname = \"arrived\"\nlabel = \"Time of arrival\"\nlevels = [\"in hours\", \"out of hours\"]\n\
         [[interaction]]\nbetween = [\"language\", \"arrived\"]\n{more}"
    ))
}

/// A figure has three digits.
fn near(ratio: Option<f64>, by_hand: f64) {
    assert_eq!(ratio, Some(study::disclosure::rounded(by_hand)));
}

fn adjusted(report: &Report, variable: usize, level: usize) -> Option<f64> {
    report.variables[variable].levels[level].adjusted.map(|ratio| ratio.value)
}

#[test]
fn beside_an_interaction_an_odds_ratio_says_at_which_level_it_holds() {
    let told = told(&interacting(""), &rows());
    let spanish_in_hours = (40.0 / 60.0) / (60.0 / 40.0);
    let spanish_out_of_hours = (30.0 / 70.0) / (50.0 / 50.0);
    near(adjusted(&told, 0, 1), spanish_in_hours);
    assert_eq!(told.variables[0].at.as_deref(), Some("Time of arrival \u{201c}in hours\u{201d}"));
    assert_eq!(told.variables[1].at.as_deref(), Some("Language \u{201c}English\u{201d}"));
    let pair = &told.interactions[0];
    assert_eq!((pair.variables.as_str(), pair.products.len()), ("Language × Time of arrival", 1));
    assert_eq!(pair.products[0].levels, "Spanish × out of hours");
    near(pair.products[0].adjusted.map(|it| it.value), spanish_out_of_hours / spanish_in_hours);
    // One product: the test of all is the test of the one, which is that of its ratio.
    assert_eq!(pair.robust_test.unwrap().degrees, 1);
    assert!((pair.robust_test.unwrap().p - pair.products[0].p.unwrap()).abs() < 2e-3);
    let files = texts(&told);
    let page = &files["report.html"];
    let head = "Language <span class=\"at\">adjusted: at Time of arrival \u{201c}in hours\u{201d}</span>";
    assert!(page.contains(head), "the table");
    assert!(page.contains(">at Time of arrival \u{201c}in hours\u{201d}</text>"), "the forest plot");
    let odds = table(&files["odds_ratios.csv"]);
    assert_eq!(odds[1]["at"], "Time of arrival \u{201c}in hours\u{201d}");
    let products = table(&files["interactions.csv"]);
    near(products[0]["ratio_of_odds_ratios"].parse().ok(), spanish_out_of_hours / spanish_in_hours);
    let tests = table(&files["tests.csv"]);
    assert_eq!(tests[2]["tested"], "Language × Time of arrival");
    assert_eq!(tests[2]["robust_p"].parse::<f64>().unwrap(), pair.robust_test.unwrap().p);
}

#[test]
fn without_an_interaction_an_odds_ratio_holds_for_all() {
    let told =
        told(&protocol("[[covariate]]\nname = \"language\"\nlevels = [\"English\", \"Spanish\"]\n"), &rows());
    assert_eq!(told.variables[0].at, None);
    assert!(told.interactions.is_empty());
    assert!(!texts(&told).contains_key("interactions.csv"));
}

#[test]
fn a_products_test_is_withheld_with_the_product() {
    let mut few = rows();
    few.push_str(csv("language,arrived", &[("Spanish,night", [40, 5])]).split_once('\n').unwrap().1);
    let protocol = protocol(
        "[[covariate]]\nname = \"language\"\nlevels = [\"English\", \"Spanish\"]\n\
         [[covariate]]\nname = \"arrived\"\nlevels = [\"in hours\", \"out of hours\", \"night\"]\n\
         [[interaction]]\nbetween = [\"language\", \"arrived\"]\n",
    );
    let told = told(&protocol, &few);
    let pair = &told.interactions[0];
    assert!(pair.test.is_none() && pair.robust_test.is_none());
    assert!(pair.products.iter().all(|product| product.adjusted.is_none()));
}

/// Odds 1, 1.25 and 1.625 of three groups: 3 against 2 is 1.3, against 1 it is 1.625.
fn graded() -> String {
    csv("grade", &[("1", [200, 200]), ("2", [250, 200]), ("3", [325, 200])])
}

fn beside(grades: &str, reference: &str) -> Report {
    let more = format!(
        "[[covariate]]\nname = \"grade\"\n{grades}[[published]]\nrow = \"3\"\nvariable = \"grade\"\nlevel = \"3\"\n{reference}\
         odds_ratio = 1.3\nlow = 1.2\nhigh = 1.5\n"
    );
    told(&protocol(&more), &graded())
}

#[test]
fn a_published_ratio_is_held_only_against_the_same_comparison() {
    let like = beside("reference = \"2\"\n", "reference = \"2\"\n");
    let row = &like.published[0];
    near(row.own.map(|own| own.value), 1.3);
    assert_eq!((row.holds, &row.reason), (Some(true), &None));

    // The levels are found, so that only the data tell that the reference here is 1.
    let other = beside("", "reference = \"2\"\n");
    let row = &other.published[0];
    assert_eq!((row.own, row.holds, row.reference.as_str()), (None, None, "1"));
    assert_eq!(row.reason.as_deref(), Some("the paper compares with \u{201c}2\u{201d}"));
    let files = texts(&other);
    assert!(files["report.html"].contains("not compared: the paper compares with \u{201c}2\u{201d}"));
    let table = table(&files["published.csv"]);
    assert_eq!(["or", "within", "reference"].map(|column| table[0][column].as_str()), ["", "", "1"]);

    let silent = beside("", "");
    let row = &silent.published[0];
    near(row.own.map(|own| own.value), 1.625);
    assert_eq!((row.holds, row.reason.as_deref()), (None, Some("the paper does not state its reference")));
}

#[test]
fn where_nobody_has_the_reference_the_next_one_is_no_stand_in() {
    let levels = "levels = [\"0\", \"1\", \"2\", \"3\"]\n";
    let row = &beside(levels, "reference = \"0\"\n").published[0];
    assert_eq!((row.own, row.holds, row.reference.as_str()), (None, None, "1"));
}

#[test]
fn a_published_ratio_of_all_is_not_held_against_one_at_a_level() {
    let published = "[[published]]\nrow = \"x\"\nvariable = \"language\"\nlevel = \"Spanish\"\nreference = \"English\"\n\
                     odds_ratio = 0.4\nlow = 0.3\nhigh = 0.5\n";
    let told = told(&interacting(published), &rows());
    let row = &told.published[0];
    near(row.own.map(|own| own.value), (40.0 / 60.0) / (60.0 / 40.0));
    assert_eq!(row.holds, None);
    let reason = "here at Time of arrival \u{201c}in hours\u{201d} only, with which it interacts";
    assert_eq!(row.reason.as_deref(), Some(reason));
}

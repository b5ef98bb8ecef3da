//! The methods and the check-lists say what was done, and nothing else.

use crate::small::{csv, protocol, report, told};
use study::report::{Provenance, Report};

fn method<'r>(report: &'r Report, about: &str) -> &'r str {
    &report.methods.iter().find(|paragraph| paragraph.about == about).unwrap().text
}

fn strobe<'r>(report: &'r Report, number: &str) -> &'r str {
    &report.checklist.iter().find(|item| item.list == "STROBE" && item.number == number).unwrap().answer
}

const GROUP: &str =
    "[[covariate]]\nname = \"group\"\nlabel = \"Group\"\nlevels = [\"one\", \"two\", \"three\"]\n";

#[test]
fn under_separation_only_what_there_is_is_claimed() {
    let parted = csv("group", &[("one", [60, 60]), ("two", [50, 70]), ("three", [80, 0])]);
    let told = told(&protocol(GROUP), &parted);
    let analysis = method(&told, "Analysis");
    assert!(analysis.contains("Firth's penalised likelihood"), "{analysis}");
    for absent in ["generalised estimating", "adjusted probabilities", "C-statistic", "Calibration"] {
        assert!(!analysis.contains(absent), "{absent}: {analysis}");
    }
    let estimates = "Table 2 and figure 1; where an estimate is not finite, Firth's in table 2. \
                     Absolute measures: percentages in table 1 only.";
    assert_eq!(strobe(&told, "16"), estimates);

    let whole = csv("group", &[("one", [60, 60]), ("two", [50, 70]), ("three", [80, 40])]);
    let told = crate::small::told(&protocol(GROUP), &whole);
    let analysis = method(&told, "Analysis");
    assert!(!analysis.contains("Firth"), "{analysis}");
    for there in ["generalised estimating", "adjusted probabilities", "C-statistic", "Calibration"] {
        assert!(analysis.contains(there), "{there}: {analysis}");
    }
    assert!(strobe(&told, "16").ends_with("adjusted probabilities in table 3."));
}

#[test]
fn a_refit_that_was_not_fitted_is_not_listed_as_one_that_was() {
    let refits = "[[sensitivity]]\nname = \"before\"\nvariable = \"group\"\ncolumn = \"group_before\"\n\
                  [[sensitivity]]\nname = \"two and one\"\nvariable = \"group\"\nlevels = [\"one\", \"two\"]\n";
    let rows = csv("group", &[("one", [60, 60]), ("two", [50, 70]), ("three", [80, 40])]);
    let told = told(&protocol(&format!("{GROUP}{refits}")), &rows);
    let reason = "the file has no column group_before";
    assert_eq!(told.sensitivity[0].reason.as_deref(), Some(reason));
    let words = "Sensitivity analyses named beforehand: two and one. Named beforehand too, but not fitted here: before.";
    assert!(method(&told, "Analysis").ends_with(words));
    assert!(strobe(&told, "9").contains(words));
    assert_eq!(strobe(&told, "17"), words);
}

#[test]
fn covariates_are_described_as_they_were_read() {
    let more = "[missing]\npolicy = \"level\"\n\
                [[covariate]]\nname = \"sex\"\nlabel = \"Sex\"\nreference = \"m\"\n\
                [[covariate]]\nname = \"group\"\nlabel = \"Group\"\nlevels = [\"nobody\", \"one\", \"two\"]\nmissing = \"complete-case\"\n";
    let cells = [
        ("f,one", [60, 60]),
        ("m,one", [50, 70]),
        ("f,two", [80, 40]),
        ("m,two", [44, 55]),
        ("m,", [20, 20]),
    ];
    let told = told(&protocol(more), &csv("sex,group", &cells));
    let text = method(&told, "Covariates");
    assert!(text.contains("Sex (levels as found in the data; reference m)."), "{text}");
    assert!(text.contains("Group (nobody, one, two; reference one)."), "{text}");
    let missing = "Missing values of Sex were a level of their own. Rows with a missing value of Group were left out and \
                   counted. Rows without the outcome (wrote) or the provider were left out and counted.";
    assert!(text.ends_with(missing), "{text}");
}

#[test]
fn what_nobody_tested_is_not_said_to_be_so() {
    let steps = "[[eligibility]]\nname = \"enrolled\"\n[[eligibility]]\nname = \"grown up\"\ncolumn = \"age\"\nat_least = 18\n";
    let rows = csv(
        "group,age",
        &[("one,40", [60, 60]), ("two,50", [50, 70]), ("three,60", [80, 40]), ("one,9", [20, 20])],
    );
    let of = |provenance: &Provenance| report(&protocol(&format!("{steps}{GROUP}")), &rows, provenance);
    let file = of(&Provenance::default());
    assert_eq!(file.untested, ["enrolled"]);
    let design = method(&file, "Design and participants");
    assert!(
        design
            .contains("Eligible were people: grown up. The protocol asks for: enrolled; it names no column"),
        "{design}"
    );
    assert!(strobe(&file, "6").contains("was not tested here"));
    let record = of(&Provenance { selects: true, ..Provenance::default() });
    let design = method(&record, "Design and participants");
    assert!(design.contains("Eligible were people: enrolled; grown up. The outcome"), "{design}");
}

#[test]
fn a_study_that_follows_people_is_called_one() {
    let rows = csv("group", &[("one", [60, 60]), ("two", [50, 70]), ("three", [80, 40])]);
    let of = |more: &str| told(&protocol_with(more), &rows);
    assert!(
        method(&of(""), "Design and participants").starts_with("This is a cross-sectional study of people.")
    );
    let cohort = of("design = \"cohort\"\n");
    assert!(method(&cohort, "Design and participants").starts_with("This is a cohort study of people."));
    assert!(strobe(&cohort, "4").starts_with("A cohort study"));
    let asks = cohort.checklist.iter().find(|item| item.number == "12").unwrap().asks;
    assert!(asks.contains("loss to follow-up"), "{asks}");
    assert!(crate::small::texts(&cohort)["report.html"].contains("STROBE for cohort studies"));
    assert_ne!(of("").protocol_hash, cohort.protocol_hash);
    assert_eq!(of("").protocol_hash, of("design = \"cross-sectional\"\n").protocol_hash);
    let wrong = study::protocol::Protocol::parse("design = \"trial\"\n", "x.toml").unwrap_err().to_string();
    assert!(wrong.contains("x.toml:1:10: design: wants cross-sectional or cohort"), "{wrong}");
}

/// Settings of the whole stand before the first table.
fn protocol_with(more: &str) -> study::protocol::Protocol {
    let text = format!(
        "{more}format = 1\nname = \"small\"\ntitle = \"Small\"\nquestion = \"What?\"\n[outcome]\ncolumn = \"wrote\"\n\
         definition = \"Wrote.\"\n[cluster]\ncolumn = \"pcp\"\n{GROUP}"
    );
    study::protocol::Protocol::parse(&text, "small.toml").unwrap_or_else(|error| panic!("{error}"))
}

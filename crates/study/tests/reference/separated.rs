//! Separated cohorts: what runs off is named, what stays finite is what R finds on the people whose
//! outcome is not predicted, and Firth's estimates are those of brglm2.

use serde_json::Value;
use study::fit::{Fit, NamedEstimate, Plan};

use crate::cohort::r_name;
use crate::glm::robust;
use crate::rscript::{Differences, Reference, number};

#[test]
fn separated_cohorts_are_named_bounded_and_estimated_with_firths_penalty() {
    let reference = Reference::of("separation.R");
    let mut differences = Differences::default();
    for (name, theirs) in &reference.values {
        let fit = reference.fit(name, &Plan { firth: true, ..Plan::default() });
        firth(&mut differences, name, &fit, &theirs["firth"]);
        let expected = separated(name);
        let named = fit.warnings.first().map(ToString::to_string).unwrap_or_default();
        assert!(named.starts_with(expected.0), "{name}: {named}");
        let columns = fit.separation.iter().flat_map(|found| &found.columns);
        let columns: Vec<_> = columns.map(|at| (r_name(&at.variable, &at.level), at.sign)).collect();
        let columns: Columns = columns.iter().map(|(column, sign)| (column.as_str(), *sign)).collect();
        assert_eq!(columns, expected.1, "{name}");
        assert_eq!(fit.converged, columns.is_empty(), "{name}");
        if let Some(theirs) = theirs.get("remaining") {
            finite(&mut differences, name, &fit, theirs);
        }
    }
    differences.none();
}

type Columns<'a> = Vec<(&'a str, i8)>;

/// How the warning begins, and the columns with the way they run off.
fn separated(name: &str) -> (&'static str, Columns<'static>) {
    match name {
        "level_without_events" => (
            "quasi-complete separation: the data predict the outcome perfectly along drug \"c\", which",
            vec![("drugc", -1)],
        ),
        "level_all_events" => (
            "quasi-complete separation: the data predict the outcome perfectly along drug \"b\", which",
            vec![("drugb", 1)],
        ),
        "reference_without_events" => (
            "quasi-complete separation: the data predict the outcome perfectly along drug \"a\", drug \"b\", drug \"c\", which",
            vec![("(intercept)", -1), ("drugb", 1), ("drugc", 1)],
        ),
        "two_levels" => (
            "quasi-complete separation: the data predict the outcome perfectly along drug \"b\", drug \"c\", which",
            vec![("drugb", -1), ("drugc", 1)],
        ),
        "crossed" => (
            "quasi-complete separation: the data predict the outcome perfectly along left \"b\", right \"b\", which",
            vec![("leftb", -1), ("rightb", 1)],
        ),
        "complete" => (
            "complete separation: the data predict the outcome perfectly along sex \"b\", which",
            vec![("sexb", 1)],
        ),
        _ => ("", vec![]),
    }
}

fn firth(differences: &mut Differences, name: &str, fit: &Fit, theirs: &Value) {
    let ours = fit.firth.as_ref().unwrap();
    let intercept =
        NamedEstimate { variable: "(Intercept)".to_owned(), level: String::new(), estimate: ours.intercept };
    for term in std::iter::once(&intercept).chain(&ours.terms) {
        let column = r_name(&term.variable, &term.level);
        let (log_or, se) = (number(&theirs["coef"][&column]), number(&theirs["se"][&column]));
        let what = format!("{name} Firth {column}");
        differences.check(what.clone(), term.estimate.log_or, log_or, 1e-7 * log_or.abs().max(se));
        differences.check(format!("{what} error"), term.estimate.se, se, 1e-7 * se);
    }
}

fn finite(differences: &mut Differences, name: &str, fit: &Fit, theirs: &Value) {
    let likelihood = number(&theirs["log_likelihood"]);
    differences.check(format!("{name} limit"), fit.log_likelihood, likelihood, 1e-10 * likelihood.abs());
    for (variable, theirs) in theirs["tests"].as_object().unwrap() {
        let ours = fit.tests.iter().find(|test| test.variable == *variable).unwrap();
        robust(differences, &format!("{name} test of {variable}"), ours, theirs);
    }
    let mut finite = 0;
    for term in &fit.terms {
        let Some(ours) = term.adjusted else { continue };
        finite += 1;
        let column = r_name(&term.variable, &term.level);
        let of = |value: &str| number(&theirs[value][&column]);
        let (log_or, se, robust) = (of("coef"), of("se_model"), of("se_cluster"));
        let what = format!("{name} {column}");
        differences.check(what.clone(), ours.log_or, log_or, 1e-8 * log_or.abs().max(se));
        differences.check(format!("{what} model error"), ours.se_model, se, 1e-7 * se);
        differences.check(format!("{what} robust error"), ours.se_cluster, robust, 1e-7 * robust);
    }
    assert!(finite >= 6, "{name}: {finite}");
}

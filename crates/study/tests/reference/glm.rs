//! Maximum likelihood, model-based and cluster-robust errors, crude odds ratios and likelihood-ratio
//! tests at the bars that the study promises.

use serde_json::Value;
use study::fit::{Coefficient, Fit, Plan, VariableTest, Warning};

use crate::cohort::r_name;
use crate::rscript::{Differences, Reference, number};

#[test]
fn twelve_cohorts_are_fitted_as_r_fits_them() {
    let reference = Reference::of("glm.R");
    assert!(reference.values.len() >= 12);
    let mut differences = Differences::default();
    for (name, theirs) in &reference.values {
        let fit = reference.fit(name, &plan(name));
        assert!(fit.converged, "{name}");
        whole(&mut differences, name, &fit, theirs);
        coefficients(&mut differences, name, &fit, theirs);
        if theirs.get("crude").is_some() {
            crude(&mut differences, name, &fit, &theirs["crude"]);
            tests(&mut differences, name, &fit, &theirs["tests"]);
        }
        notes(name, &fit);
    }
    differences.none();
}

pub fn plan(name: &str) -> Plan {
    let product = ["sex".to_owned(), "age".to_owned()];
    Plan { interactions: (name == "interaction").then_some(product).into_iter().collect(), ..Plan::default() }
}

fn whole(differences: &mut Differences, name: &str, fit: &Fit, theirs: &Value) {
    assert_eq!(fit.n as f64, number(&theirs["n"]), "{name}");
    assert_eq!(fit.events as f64, number(&theirs["events"]), "{name}");
    assert_eq!(fit.clusters as f64, number(&theirs["clusters"]), "{name}");
    let theirs = number(&theirs["log_likelihood"]);
    differences.check(format!("{name} log-likelihood"), fit.log_likelihood, theirs, 1e-11 * theirs.abs());
}

fn coefficients(differences: &mut Differences, name: &str, fit: &Fit, theirs: &Value) {
    let terms = fit.terms.iter().map(|term| (r_name(&term.variable, &term.level), term.adjusted.unwrap()));
    let ours: Vec<(String, Coefficient)> =
        std::iter::once(("(Intercept)".to_owned(), fit.intercept.unwrap())).chain(terms).collect();
    let columns = theirs["coef"].as_object().unwrap();
    assert_eq!(ours.iter().map(|(column, _)| column).collect::<Vec<_>>(), columns.keys().collect::<Vec<_>>());
    for (column, ours) in ours {
        let of = |value: &str| number(&theirs[value][&column]);
        let (log_or, se, robust) = (of("coef"), of("se_model"), of("se_cluster"));
        let what = format!("{name} {column}");
        differences.check(what.clone(), ours.log_or, log_or, 1e-8 * log_or.abs().max(se));
        differences.check(format!("{what} model error"), ours.se_model, se, 1e-7 * se);
        differences.check(format!("{what} robust error"), ours.se_cluster, robust, 1e-7 * robust);
        let p = number(&theirs["p"][&column]);
        differences.check(format!("{what} p"), ours.p().unwrap(), p, 1e-6 * p);
        if let Some(t) = ours.t {
            differences.check(format!("{what} t"), t.quantile, number(&theirs["t_quantile"]), 1e-9);
        }
    }
}

fn crude(differences: &mut Differences, name: &str, fit: &Fit, theirs: &Value) {
    for term in fit.terms.iter().filter(|term| !term.variable.contains(':')) {
        let (ours, theirs) = (term.crude.unwrap(), &theirs[&term.variable]);
        let column = r_name(&term.variable, &term.level);
        let (log_or, robust) = (number(&theirs["coef"][&column]), number(&theirs["se_cluster"][&column]));
        let what = format!("{name} crude {column}");
        differences.check(what.clone(), ours.log_or, log_or, 1e-8 * log_or.abs().max(robust));
        differences.check(format!("{what} robust error"), ours.se_cluster, robust, 1e-7 * robust);
    }
}

fn tests(differences: &mut Differences, name: &str, fit: &Fit, theirs: &Value) {
    for (variable, theirs) in theirs.as_object().unwrap() {
        let ours = fit.tests.iter().find(|test| test.variable == *variable);
        // Nothing to test where the other columns say the same.
        assert_eq!(ours.map_or(0, |test| test.degrees) as f64, number(&theirs["df"]), "{name} {variable}");
        let Some(ours) = ours else { continue };
        let statistic = number(&theirs["statistic"]);
        let what = format!("{name} test of {variable}");
        differences.check(what.clone(), ours.statistic, statistic, 1e-9 * fit.log_likelihood.abs());
        let p = number(&theirs["p"]);
        differences.check(format!("{what} p"), ours.p, p, 1e-6 * p);
        robust(differences, &what, ours, &theirs["robust"]);
    }
}

/// The joint Wald test with `vcovCL`: none where a variable's columns are what another's leave over.
pub fn robust(differences: &mut Differences, what: &str, ours: &VariableTest, theirs: &Value) {
    assert_eq!(ours.robust.is_none(), theirs.is_null(), "{what}");
    let Some(ours) = ours.robust else { return };
    assert_eq!(ours.degrees as f64, number(&theirs["df"]), "{what}");
    assert_eq!(ours.within.map(|it| it as f64), theirs["within"].as_f64(), "{what}");
    let (statistic, p) = (number(&theirs["statistic"]), number(&theirs["p"]));
    differences.check(format!("{what}, robust"), ours.statistic, statistic, 1e-6 * statistic);
    differences.check(format!("{what}, robust p"), ours.p, p, 1e-5 * p);
}

fn notes(name: &str, fit: &Fit) {
    let told: Vec<String> = fit.warnings.iter().map(ToString::to_string).collect();
    match name {
        "duplicated_column" => assert_eq!(
            told,
            [
                "again \"x\": dropped, determined by age \"b\" (collinear)",
                "again \"y\": dropped, determined by age \"c\" (collinear)",
                "again \"z\": dropped, determined by age \"d\" (collinear)",
            ]
        ),
        "nested_levels" => assert_eq!(
            told,
            [
                "region \"b\": dropped, determined by area \"b\", area \"c\" (collinear)",
                "region \"c\": dropped, determined by area \"d\", area \"e\" (collinear)",
            ]
        ),
        "few_clusters" => assert_eq!(fit.warnings, [Warning::FewClusters { clusters: 12 }]),
        _ => assert!(told.is_empty(), "{name}: {told:?}"),
    }
}

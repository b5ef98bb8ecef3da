//! Adjusted probabilities, C-statistic, calibration and standardized differences against base R.

use serde_json::Value;
use study::fit::{Fit, Prediction};

use crate::glm::plan;
use crate::rscript::{Differences, Reference, number};

#[test]
fn what_stands_beside_the_odds_ratios_is_what_r_finds() {
    let reference = Reference::of("report.R");
    let mut differences = Differences::default();
    for (name, theirs) in &reference.values {
        let fit = reference.fit(name, &plan(name));
        let prediction = fit.prediction.as_ref().unwrap();
        adjusted(&mut differences, name, prediction, &theirs["adjusted"]);
        calibration(&mut differences, name, prediction, &theirs["calibration"]);
        standardized(&mut differences, name, &fit, &theirs["differences"]);
        let c = number(&theirs["c_statistic"]);
        differences.check(format!("{name} C"), prediction.c_statistic, c, 1e-9);
    }
    differences.none();
}

fn adjusted(differences: &mut Differences, name: &str, prediction: &Prediction, theirs: &Value) {
    let levels: usize = theirs.as_object().unwrap().values().map(|of| of.as_object().unwrap().len()).sum();
    assert_eq!(prediction.adjusted.len(), levels, "{name}");
    for row in &prediction.adjusted {
        let theirs = &theirs[&row.variable][&row.level];
        let what = format!("{name} adjusted {} {}", row.variable, row.level);
        let (probability, se) = (number(&theirs["probability"]), number(&theirs["se"]));
        differences.check(what.clone(), row.probability, probability, 1e-9);
        differences.check(format!("{what} error"), row.se, se, 1e-7 * se);
    }
}

fn calibration(differences: &mut Differences, name: &str, prediction: &Prediction, theirs: &Value) {
    let theirs = theirs.as_array().unwrap();
    assert_eq!(prediction.calibration.len(), theirs.len(), "{name}");
    for (ours, theirs) in prediction.calibration.iter().zip(theirs) {
        assert_eq!(ours.n as f64, number(&theirs["n"]), "{name}");
        assert_eq!(ours.events as f64, number(&theirs["events"]), "{name}");
        let expected = number(&theirs["expected"]);
        differences.check(format!("{name} tenth of {}", ours.n), ours.expected, expected, 1e-8 * expected);
    }
}

fn standardized(differences: &mut Differences, name: &str, fit: &Fit, theirs: &Value) {
    for row in &fit.characteristics {
        let theirs = &theirs[&row.variable];
        let what = format!("{name} difference of {}", row.variable);
        differences.check(what.clone(), row.difference.unwrap(), number(&theirs["joint"]), 1e-9);
        for level in &row.levels {
            let theirs = number(&theirs["levels"][&level.level]);
            differences.check(format!("{what} {}", level.level), level.difference.unwrap(), theirs, 1e-9);
        }
    }
}

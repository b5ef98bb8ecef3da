//! The exchangeable estimating equations against geepack.

use study::fit::{NamedEstimate, Plan};

use crate::cohort::r_name;
use crate::rscript::{Differences, Reference, number};

#[test]
fn exchangeable_estimating_equations_are_solved_as_geepack_solves_them() {
    let reference = Reference::of("gee.R");
    let mut differences = Differences::default();
    for (name, theirs) in &reference.values {
        let fit = reference.fit(name, &Plan { gee: true, ..Plan::default() });
        let ours = fit.gee.unwrap();
        let intercept = NamedEstimate {
            variable: "(Intercept)".to_owned(),
            level: String::new(),
            estimate: ours.intercept,
        };
        for term in std::iter::once(&intercept).chain(&ours.terms) {
            let column = r_name(&term.variable, &term.level);
            let (log_or, se) = (number(&theirs["coef"][&column]), number(&theirs["se"][&column]));
            let what = format!("{name} GEE {column}");
            differences.check(what.clone(), term.estimate.log_or, log_or, 1e-7 * log_or.abs().max(se));
            differences.check(format!("{what} error"), term.estimate.se, se, 1e-6 * se);
        }
        let (alpha, scale) = (number(&theirs["alpha"]), number(&theirs["scale"]));
        differences.check(format!("{name} alpha"), ours.alpha, alpha, 1e-7);
        differences.check(format!("{name} scale"), ours.scale, scale, 1e-7);
    }
    differences.none();
}

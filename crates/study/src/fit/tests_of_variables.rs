//! Likelihood-ratio tests: the model against the one without a variable (and its interactions), or
//! without an interaction.

use super::counted::Counted;
use super::design::{Design, Model};
use super::logistic::maximise;
use super::result::VariableTest;
use super::wald::p_chi_squared;
use super::{separation, warning::FitError};

/// The supremum of the log-likelihood of a design, whether or not it is reached.
pub fn supremum(design: &Design) -> Result<f64, FitError> {
    if let Some(found) = separation::find(&design.problem) {
        let limit = separation::limit(&design.problem, &found).ok_or(FitError::NoMaximum)?;
        return Ok(limit.log_likelihood());
    }
    maximise(&design.problem).map(|estimate| estimate.log_likelihood).ok_or(FitError::NoMaximum)
}

/// One test for each variable and interaction whose columns the model holds.
pub fn tests(
    counted: &Counted<'_>,
    model: &Model,
    full: &Design,
    reached: f64,
) -> Result<Vec<VariableTest>, FitError> {
    let name = |variable: usize| counted.grouped.variables[variable].name.clone();
    let mains = model.variables.iter().map(|&variable| (name(variable), model.without(variable)));
    let products = model.interactions.iter().map(|&pair| {
        let [a, b] = pair.map(name);
        (format!("{a}:{b}"), model.without_interaction(pair))
    });
    let mut tests = vec![];
    for (variable, smaller) in mains.chain(products) {
        let reduced = Design::of(counted, &smaller);
        let degrees = full.columns.len() - reduced.columns.len();
        let statistic = (2.0 * (reached - supremum(&reduced)?)).max(0.0);
        if let Some(p) = p_chi_squared(statistic, degrees) {
            tests.push(VariableTest { variable, degrees, statistic, p });
        }
    }
    Ok(tests)
}

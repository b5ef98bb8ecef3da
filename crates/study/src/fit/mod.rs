//! Logistic regression on grouped counts: exact maximum likelihood, errors that allow for clusters,
//! what to do when an odds ratio has no estimate, and the numbers that a report prints beside it.

mod adjusted;
mod analysis;
mod balance;
mod calibration;
mod counted;
mod crude;
mod dense;
mod design;
mod firth;
mod gee;
mod json;
mod likelihood;
mod logistic;
mod problem;
mod result;
mod robust;
mod separation;
mod simplex;
mod tests_of_variables;
mod wald;
mod warning;

pub use analysis::{Plan, analyse};
pub use json::Counts;
pub use result::*;
pub use warning::{FitError, Warning};

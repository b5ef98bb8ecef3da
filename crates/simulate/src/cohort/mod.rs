//! Cohorts with known truth: people of providers, whose odds of the outcome multiply by stated
//! **marginal** odds ratios, rows made one at a time so that a hundred million need no memory.

mod bridge;
mod draws;
mod person;
mod plan;
mod ralston_2009;

pub use person::{Cohort, MOST_COVARIATES, Person};
pub use plan::{CohortPlan, Covariate, Level, PlanError, Unit};
pub use ralston_2009::{people_per_provider, ralston_2009};

//! Cohorts with known truth, and whether the study engine finds it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod coverage;
mod people;
mod truth;

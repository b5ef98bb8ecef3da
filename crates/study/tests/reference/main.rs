//! The fit against R 4 with sandwich, geepack and brglm2, run live on the same seeded cohorts, and the
//! product-limit estimate against survival.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cohort;
mod gee;
mod glm;
mod report;
mod rscript;
mod separated;
mod survival;

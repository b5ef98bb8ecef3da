//! The fit against R 4 with sandwich, geepack and brglm2, run live on the same seeded cohorts.

mod cohort;
mod glm;
mod rscript;

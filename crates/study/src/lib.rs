//! Cohorts, models and report numbers of a study; reads only from readers handed to it.

pub mod disclosure;
pub mod grouped;
pub mod morbidity;
pub mod share;

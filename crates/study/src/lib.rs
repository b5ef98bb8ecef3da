//! Cohorts, models and report numbers of a study; reads only from readers handed to it.

pub mod disclosure;
pub mod fit;
pub mod grouped;
pub mod grouped_file;
pub mod morbidity;
pub mod plot;
pub mod protocol;
pub mod report;
pub mod share;
pub mod source;
pub mod sql;
pub mod survival;
pub mod table;

//! What pages show: plain data, already checked for access, in no language yet (labels carry both).

pub mod audit;
pub mod boards;
pub mod chart;
pub mod inbox;
pub mod looked;
pub mod name;
pub mod office;
pub mod person;
pub mod record;
pub mod study;
pub mod study_run;
pub mod thread;
pub mod warning;

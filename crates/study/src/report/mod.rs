//! What a study publishes: the same numbers as a page, as JSON and as CSV. Published grade: no small count
//! follows from what is shown, and figures carry three digits, unless exact counts are asked for.

mod attrition;
mod build;
mod checklist;
mod digits;
mod disclose;
mod files;
mod methods;
mod model;
mod page;
mod plots;
mod products;
mod related;
mod sensitivity;
mod steps;
mod tables;
mod tenths;

pub use build::{Material, Provenance, build, others};
pub use files::{FileError, files, write, write_all};
pub use model::Report;

//! FHIR R4 without I/O: check, index, references, dates, chart projections, plain words.
//! Resources are `serde_json::Value`s; what R4 says of them stands in generated tables (`tables/`).

pub mod check;
pub mod compartment;
pub mod date;
pub mod json;
pub mod plain;
pub mod project;
pub mod reference;
pub mod search;
pub mod ucum;

mod primitive;
mod tables;

pub use tables::{is_resource_type, resource_types};

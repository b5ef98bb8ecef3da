//! The generated R4 tables, parsed once at first use. Written by `cargo run -p xtask -- fhir-tables`.

mod names;
mod parse;
mod types;

pub use names::Names;
pub use parse::{is_resource_type, resource_types, tables};
pub use types::{Kind, Member, Shape, Tables, Type};

//! Checks a resource against R4: members, cardinality, types, primitive syntax, required codes, references.
//! The rule: a resource is stored only after it has passed. What is said of a problem never quotes a value.

mod problem;
mod reference;
mod value;
mod walk;

pub use problem::Problem;
pub use walk::resource;

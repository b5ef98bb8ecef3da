//! Search parameters of R4 (search 3.1.1): which a type has, and what a resource says for each.
//! Composite parameters and `near` are not indexed; a search over them combines the simple ones.

mod convert;
mod extract;
mod params;
mod path;
mod tree;
mod value;
mod when;

pub use extract::extract;
pub use params::{Param, ParamKind, param, params};
pub use value::{IndexValue, Indexed};

pub(crate) use path::{each, is_reference_to};

//! What measuring needs below the service: scratch databases that are thrown away, the rows of sends
//! written once more by hand, and how much of the disk each table takes.

mod raw;
mod scratch;
mod sizes;

pub use raw::SentRows;
pub use scratch::Scratch;
pub use sizes::{Relation, sizes};

//! Plain words for a chart: a versioned table of what codes are called (`words.tsv`), and for everything
//! else terminology displays and units brought nearer to what people say.

mod clean;
mod drug;
mod group;
mod table;
mod unit;

pub use clean::clean;
pub use group::Group;
pub use table::{Words, version, words};
pub use unit::unit;

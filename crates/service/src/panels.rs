//! Panels: which patient belongs to which primary care provider and pool. Derived from the record
//! for those of whom nothing is known, or taken from a site's own list.

mod derive;
mod file;
mod import;

pub use derive::Derived;
pub use import::{PanelImport, RefusedLine};

//! `grouped.json`: a cohort as counts, on its way from a site to those who fit several sites as one. It holds
//! small cells: a limited data set, never shown on a page. One JSON object; beyond a million groups the
//! counts follow on lines of their own.

mod format;
mod merge;
mod read;
mod write;

pub use format::{GroupedError, GroupedFile};
pub use merge::merge;
pub use read::{is_grouped, read};
pub use write::write;

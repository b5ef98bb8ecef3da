//! The care team's pages, under `/team`.

pub mod acts;
pub mod compose;
pub mod drafts;
pub mod emergency;
pub mod inbox;
pub mod office;
pub mod patient;
pub mod patients;
pub mod result;
pub mod search;
pub mod thread;

//! The care team's pages, under `/team`.

pub mod account;
pub mod acts;
pub mod board;
pub mod compose;
pub mod copy;
pub mod drafts;
pub mod emergency;
pub mod entries;
pub mod inbox;
pub mod me;
pub mod office;
pub mod patient;
pub mod patients;
pub mod place;
pub mod result;
pub mod search;
pub mod thread;

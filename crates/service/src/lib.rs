//! The only way to data: every call checks access, does its work in one transaction and leaves an
//! audit row, for reads as for changes.

mod about;
pub mod accounts;
pub mod activations;
pub mod acts;
pub mod anchor;
pub mod checks;
pub mod clock;
mod banner;
mod compose;
pub mod ctx;
pub mod drafts;
mod entries;
pub mod error;
mod inbox;
pub mod import;
pub mod live;
mod messages;
pub mod organisation;
pub mod page;
mod passwords;
mod persons;
pub mod panels;
pub mod pools;
pub mod sealer;
mod search;
mod sending;
pub mod service;
pub mod sessions;
pub mod shred;
pub mod sign_ins;
mod status;
mod team_threads;
mod thread_acts;
mod threads;
pub mod view;

pub use error::ServiceError;
pub use service::Service;

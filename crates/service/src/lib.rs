//! The only way to data: every call checks access, does its work in one transaction and leaves an
//! audit row, for reads as for changes.

pub mod acts;
pub mod clock;
pub mod ctx;
pub mod error;
pub mod live;
pub mod page;
pub mod accounts;
pub mod activations;
pub mod organisation;
mod passwords;
pub mod pools;
pub mod sessions;
pub mod sign_ins;
pub mod service;
pub mod view;

pub use error::ServiceError;
pub use service::Service;

//! The only SQL and the only keys. Everything that describes a person is sealed here before it
//! reaches a table, and found again by blind tokens.

pub mod activation_code;
pub mod blind;
pub mod chain;
pub mod db;
mod dictionary;
pub mod error;
pub mod ids;
pub mod keys;
pub mod schema;
pub mod seal;
pub mod secret_token;
#[cfg(feature = "testing")]
pub mod testing;
pub mod store;
pub mod vault;

pub use error::StoreError;
pub use store::Store;

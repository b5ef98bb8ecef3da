//! The only SQL and the only keys. Everything that describes a person is sealed here before it
//! reaches a table, and found again by blind tokens.

pub mod account;
pub mod activation;
pub mod activation_code;
pub mod audit;
pub mod audit_seal;
pub mod bench;
pub mod blind;
pub mod break_glass;
pub mod care_relation;
pub mod chain;
pub mod check;
pub mod close_reason;
pub mod db;
mod dictionary;
pub mod draft;
pub mod empanelment;
pub mod enrolment;
pub mod error;
pub mod ids;
pub mod import_progress;
pub mod inbox;
pub mod keys;
pub mod lease;
pub mod looked;
pub mod message;
pub mod organisation;
pub mod outbox;
pub mod patient;
pub mod patient_token;
pub mod pool;
pub mod pool_word;
pub mod record_batch;
pub mod reference;
pub mod resource;
pub mod resource_directory;
pub mod resource_reader;
pub mod schema;
pub mod seal;
pub mod secret_token;
pub mod session;
pub mod shred;
pub mod sign_in_failure;
pub mod site;
pub mod staff_role;
pub mod store;
#[cfg(feature = "testing")]
pub mod testing;
pub mod thread;
pub mod thread_reader;
pub mod topic;
pub mod vault;
pub mod word;

pub use error::StoreError;
pub use store::Store;

//! The keys: a root key outside the database wraps data keys inside it, one per patient and one
//! for the organisation; every other key is derived from a data key (HKDF-SHA-256, RFC 5869).
//! Rule: key bytes live in zeroized memory and never appear in `Debug`, errors or logs.

mod data;
mod error;
mod organisation;
mod root;
mod root_file;
mod root_source;

pub use data::{DataKey, KeyOwner, wrapped_root_key_id};
pub use error::KeyError;
pub use organisation::{OrganisationKeys, STUDY_KEY_NUMBER};
pub use root::{RootKey, RootKeyId, RootKeys};
pub use root_source::{CREDENTIAL_NAME, ENVIRONMENT_NAME, RootKeySource};

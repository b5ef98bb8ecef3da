//! Keys, sealed bytes, blind tokens, audit chain and secrets, without a database.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod attachments;
mod audit_chain;
mod blind_tokens;
mod dictionaries;
mod root_key_file;
mod sealed_bytes;
mod secrets;
mod wrapped_keys;

use store::keys::{DataKey, KeyOwner};
use uuid::Uuid;

/// An id that stands for a patient in a test.
fn patient(number: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number)
}

fn key_of(number: u128) -> DataKey {
    DataKey::generate(KeyOwner::Patient(patient(number)), 1).unwrap()
}

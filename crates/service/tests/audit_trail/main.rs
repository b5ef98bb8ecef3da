//! The audit trail on both databases: sealed, checked, tampered with, rolled back, shredded, read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::type_complexity, clippy::result_large_err, reason = "a test's own tuples and reports")]

mod changed_bytes;
mod changed_rows;
mod imported;
mod looked;
#[path = "../people/mod.rs"]
mod people;
mod plans;
mod put_back;
#[path = "../record/mod.rs"]
mod record;
mod rolled_back;
mod sealing;
mod shredding;
mod tampering;
mod world;

//! Databases for tests, on both engines: fresh, migrated, thrown away afterwards. A machine
//! without PostgreSQL fails the test that needs it; nothing is skipped.
#![allow(clippy::panic, clippy::expect_used, reason = "a test whose set-up fails has failed")]

mod cluster;
mod database;

pub use database::{TestDatabase, each, each_migrated};

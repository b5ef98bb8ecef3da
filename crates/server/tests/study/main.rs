//! An analyst's command line: a file and a protocol, no settings, no keys, no database of ours.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod database;
mod files;
mod folder;
mod record;

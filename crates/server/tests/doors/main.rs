//! The doors and the forms, over HTTP on real databases: what is verified before it is read, what is
//! kept when it cannot be sent, and what a page weighs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod browser;
mod forms;
mod headers;
mod limits;
mod sessions;
mod warnings;
#[path = "../access/world.rs"]
#[allow(dead_code, reason = "the access tests use all of it")]
mod world;

//! Reading rows: whatever the file's form, the cohort is that of counting by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod by_hand;
mod csv;
mod grouping;
mod parquet;
mod sites;
mod written;

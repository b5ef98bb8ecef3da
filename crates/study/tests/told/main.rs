//! What a report says of its own figures: what they compare, how they were made, and the same in every form.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod contrasts;
mod methods;
mod small;
mod tables;

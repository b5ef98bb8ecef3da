//! The demo: a made-up clinic of [`simulate`], brought into a store through the service as if its
//! people had worked there for fifteen months.

mod accounts;
mod clock;
mod day;
mod enrol;
mod folder;
mod found;
mod play;
mod records;
mod run;
mod traffic;

pub use run::{Asked, make, run};

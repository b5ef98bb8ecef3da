//! What only a made-up clinic may ask for, to play its story and to open on its own morning: whole
//! finished conversations, enrolments and sites at once, with the sealing, audit, counters and word
//! index of the ordinary calls. Refused where the organisation is not marked as a demo.

mod day;
mod enrol;
mod told;
mod words;

pub use day::DemoDay;
pub use enrol::Enrolled;
pub use told::{Told, ToldAct, ToldStep};
pub use words::DemoWords;

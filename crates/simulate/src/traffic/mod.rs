//! Fifteen months of messages of the crowd: who begins to write and when, what about, when it is
//! opened and answered. Calibrated to published figures where there are any (`docs/demo.md`;
//! the tests compare); everything else is an assumption of ours and says so.

mod adoption;
mod delays;
mod enrolment;
mod panel;
mod phrase;
mod talk;
mod town;
mod words;

pub use adoption::Writer;
pub use enrolment::Enrolment;
pub use panel::Panel;
pub use town::Town;

//! What a study will do, written down before any data are read: a TOML file, checked as a whole.

mod columns;
mod fields;
mod model;
mod parse;
mod readings;
mod rules;
mod section;

pub use model::{
    Change, Cluster, Design, Eligibility, Measure, Missing, Outcome, Protocol, Published, Sensitivity, Stage,
    Time, Window,
};
pub use readings::{STAGES, sensitivity_name, time_name};
pub use section::{Problem, ProtocolError};

//! Importing FHIR R4: bundles and bulk files into the sealed record. A resource is checked before it
//! is stored; a repeat changes nothing; an update keeps the version before it.

mod batch;
mod card;
mod chunk;
pub(crate) mod facts;
mod files;
mod item;
mod parse;
mod pipeline;
mod registry;
mod report;
mod resolve;
mod run;
mod seal;
mod tally;

pub use report::{ImportReport, Phases, Progress, Refusal, Unresolved};
pub use run::Import;

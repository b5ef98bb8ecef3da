//! Every sentence that a person reads: Fluent files per language, and the voice that speaks them.

mod bundle;
mod sentence;
mod voice;
mod when;

pub use bundle::{WordsError, check, text_of};
pub use sentence::{Count, Sentence};
pub use voice::Voice;
pub use when::TimeTag;

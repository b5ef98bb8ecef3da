//! Warning words: signs of an emergency in what a patient writes, in English and Spanish. The rules
//! are a text that a clinician can read and change (`rules.txt`); negation and history are understood.

mod context;
#[cfg(test)]
mod effort;
mod index;
mod measure;
mod parse;
mod pattern;
mod rules;
mod statements;
mod text;

pub use measure::{Measured, Miss, Sentence, Tally, sentences};
pub use parse::RulesProblem;
pub use rules::{Advice, BUILT_IN, RedFlags, Sign};

/// The sentences by which the built-in rules were made.
pub const SENTENCES: &str = include_str!("sentences.txt");
/// Sentences that no rule was made by.
pub const UNSEEN: &str = include_str!("unseen.txt");

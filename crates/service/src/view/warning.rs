//! What somebody is told whose text has warning words.

use super::person::Person;
use domain::language::Label;
use domain::red_flags::Advice;

/// Signs of an emergency in a text, and what to do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub person: Person,
    /// By the words of the rules.
    pub signs: Vec<String>,
    pub labels: Vec<Label>,
    /// The most pressing first.
    pub advice: Vec<Advice>,
}

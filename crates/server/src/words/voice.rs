//! The voice of a page: the reader's language, the clinic's clock, and about whom the page speaks.

use super::sentence::Sentence;
use domain::actor::Relation;
use domain::language::{Label, Language};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Speaks every sentence of one page.
#[derive(Clone, Debug)]
pub struct Voice {
    pub language: Language,
    /// The site's zone: an answer is due by the clinic's clock.
    pub zone: TimeZone,
    pub now: Timestamp,
    /// `$relation` of every sentence.
    pub relation: Relation,
    /// `$name` of every sentence.
    pub called: String,
}

impl Voice {
    /// A voice for pages about nobody: sign-in, the team's lists.
    pub fn new(language: Language, zone: TimeZone, now: Timestamp) -> Voice {
        Voice { language, zone, now, relation: Relation::Myself, called: String::new() }
    }

    /// The same voice, about a person.
    pub fn about(mut self, relation: Relation, called: &str) -> Voice {
        self.relation = relation;
        called.clone_into(&mut self.called);
        self
    }

    /// The sentence of a key; its arguments follow.
    pub fn t(&self, key: &str) -> Sentence<'_> {
        Sentence::new(self, key)
    }

    /// The sentence of a key that ends in a word, such as `role-nurse`.
    pub fn word(&self, family: &str, word: &str) -> Sentence<'_> {
        Sentence::new(self, &format!("{family}-{}", word.replace('_', "-")))
    }

    pub fn label<'a>(&self, label: &'a Label) -> &'a str {
        label.in_language(self.language)
    }

    /// The BCP 47 tag for `lang=`.
    pub fn lang(&self) -> &'static str {
        self.language.tag()
    }

    /// Whether the page speaks to the patient about the patient.
    pub fn is_self(&self) -> bool {
        self.relation == Relation::Myself
    }
}

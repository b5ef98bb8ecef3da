//! The languages that every sentence of Samechart is written in.

use serde::{Deserialize, Serialize};

/// A person's language (BCP 47 primary tag).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    En,
    Es,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::En, Language::Es];

    /// The BCP 47 tag, as stored and as written in `lang=`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Es => "es",
        }
    }

    /// Reads `es`, `es-US`, `ES_mx`; anything that is not a language of ours is `None`.
    pub fn from_tag(tag: &str) -> Option<Language> {
        match tag.get(..2)?.to_ascii_lowercase().as_str() {
            "en" => Some(Language::En),
            "es" => Some(Language::Es),
            _ => None,
        }
    }
}

/// A label in every language of ours: pools, topics and close reasons carry one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    pub en: String,
    pub es: String,
}

impl Label {
    pub fn new(en: impl Into<String>, es: impl Into<String>) -> Label {
        Label { en: en.into(), es: es.into() }
    }

    /// The label in the reader's language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Es => &self.es,
        }
    }
}

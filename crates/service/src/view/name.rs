//! What a chart item is called: in the reader's plain words, with the record's own words behind them.

use domain::language::Language;
use fhir::plain;
use fhir::project::CodeKey;
use fhir::project::coded::Named;
use std::fmt;
use std::ops::Deref;

pub use fhir::plain::Group;

/// The name of a problem, medicine, vaccine, procedure or test. Written into a page, it is its plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartName {
    /// In the reader's language where the words table knows the code; else the record's words.
    pub plain: String,
    /// One sentence on what it is, in the reader's language.
    pub explanation: Option<&'static str>,
    pub group: Option<Group>,
    /// The record's own words, where they are others.
    pub clinical: Option<String>,
}

impl ChartName {
    /// The name of what the record calls `display` and codes as `key`.
    pub fn of(display: String, key: Option<&CodeKey>, language: Language) -> ChartName {
        match key.and_then(|key| plain::words(key, language)) {
            Some(words) => ChartName {
                plain: words.name.to_owned(),
                explanation: words.explanation,
                group: Some(words.group),
                clinical: (!display.eq_ignore_ascii_case(words.name)).then_some(display),
            },
            None => ChartName::from(display),
        }
    }

    pub fn named(named: Named, language: Language) -> ChartName {
        ChartName::of(named.words, named.key.as_ref(), language)
    }
}

impl From<String> for ChartName {
    fn from(plain: String) -> ChartName {
        ChartName { plain, explanation: None, group: None, clinical: None }
    }
}

impl From<&str> for ChartName {
    fn from(plain: &str) -> ChartName {
        plain.to_owned().into()
    }
}

impl Deref for ChartName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.plain
    }
}

impl fmt::Display for ChartName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.plain)
    }
}

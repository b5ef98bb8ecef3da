//! One sentence with its arguments, written into a page. Arguments are escaped here; the Fluent
//! files hold no markup, so the result is HTML text that is also good inside an attribute.

use super::bundle::text_of;
use super::voice::Voice;
use super::when::TimeTag;
use askama::filters::HtmlSafe;
use fluent_bundle::{FluentArgs, FluentValue};
use jiff::Timestamp;
use std::fmt;

/// A whole number as templates hold it.
pub trait Count {
    fn count(&self) -> i64;
}

impl Count for i64 {
    fn count(&self) -> i64 {
        *self
    }
}

impl Count for usize {
    fn count(&self) -> i64 {
        i64::try_from(*self).unwrap_or(i64::MAX)
    }
}

impl<T: Count> Count for &T {
    fn count(&self) -> i64 {
        (**self).count()
    }
}

/// A sentence of the reader's language, filled in as it is written out.
pub struct Sentence<'a> {
    voice: &'a Voice,
    key: String,
    args: FluentArgs<'static>,
}

impl<'a> Sentence<'a> {
    pub(super) fn new(voice: &'a Voice, key: &str) -> Sentence<'a> {
        let mut args = FluentArgs::new();
        args.set("relation", voice.relation.word());
        args.set("name", escape(&voice.called));
        Sentence { voice, key: key.to_owned(), args }
    }

    /// Words of a person or of the record.
    pub fn text(mut self, name: &'static str, value: &str) -> Self {
        self.args.set(name, escape(value));
        self
    }

    /// A count: the sentence chooses its plural form by it.
    pub fn num(mut self, name: &'static str, value: impl Count) -> Self {
        self.args.set(name, FluentValue::from(value.count()));
        self
    }

    /// A moment as an adverb: "yesterday at 10:41 AM", inside a `time` element.
    pub fn at(mut self, name: &'static str, at: &Timestamp) -> Self {
        self.args.set(name, self.voice.at(at).to_string());
        self
    }

    /// A time's words alone, where no element may stand.
    pub fn words(mut self, name: &'static str, time: &TimeTag) -> Self {
        self.args.set(name, time.words().to_owned());
        self
    }

    /// A promise: "by 2:40 PM on Tuesday", inside a `time` element.
    pub fn by(mut self, name: &'static str, at: &Timestamp) -> Self {
        self.args.set(name, self.voice.by(at).to_string());
        self
    }

    /// A calendar day: "May 3, 2026", inside a `time` element.
    pub fn day(mut self, name: &'static str, at: &Timestamp) -> Self {
        self.args.set(name, self.voice.day(at).to_string());
        self
    }
}

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match text_of(self.voice.language, &self.key, Some(&self.args)) {
            // An abbreviation's period ("a. m.") ends the sentence as well.
            Some(text) => f.write_str(&text.replace(".</time>.", ".</time>")),
            // Tests look for this mark on every page.
            None => write!(f, "\u{27e6}{}\u{27e7}", self.key),
        }
    }
}

impl HtmlSafe for Sentence<'_> {}

/// Escapes text for HTML, also inside a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&#38;"),
            '<' => safe.push_str("&#60;"),
            '>' => safe.push_str("&#62;"),
            '"' => safe.push_str("&#34;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

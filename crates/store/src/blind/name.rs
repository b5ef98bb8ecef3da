//! Tokens of names and other strings. Callers fold first (accents off, lower case); `:exact`
//! takes the text as it is written.

use super::BlindIndex;
use super::index::token;

/// A longer prefix is searched by its first so many characters, then compared after unsealing.
pub const LONGEST_PREFIX: usize = 12;

impl BlindIndex {
    /// Tokens of every prefix of a folded string, of 1 to [`LONGEST_PREFIX`] characters.
    pub fn prefixes(&self, parameter: &str, folded: &str) -> Vec<i64> {
        let key = self.parameter(parameter);
        prefix_ends(folded).map(|end| token(&key, &["prefix", &folded[..end]])).collect()
    }

    /// The token that finds strings beginning with a folded text; `None` for an empty one, which
    /// every string begins with.
    pub fn prefix(&self, parameter: &str, folded: &str) -> Option<i64> {
        let end = prefix_ends(folded).last()?;
        Some(self.token(parameter, &["prefix", &folded[..end]]))
    }

    /// The token of a whole string, as it is written.
    pub fn exact(&self, parameter: &str, text: &str) -> i64 {
        self.token(parameter, &["exact", text])
    }
}

fn prefix_ends(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().map(|(start, letter)| start + letter.len_utf8()).take(LONGEST_PREFIX)
}

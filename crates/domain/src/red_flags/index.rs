//! Which rules could begin at a word: an ordinary message is looked at once per word, not once per rule.

use super::pattern::{Pattern, Word};
use std::collections::HashMap;

/// A rule by its sign and its line.
pub(super) type RuleNo = (usize, usize);

/// Rules by the words with which their first part begins.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    exact: HashMap<String, Vec<RuleNo>>,
    /// By first letter, so that most are not looked at.
    begins: HashMap<char, Vec<(Word, RuleNo)>>,
    others: Vec<(Word, RuleNo)>,
}

impl Index {
    pub fn add(&mut self, pattern: &Pattern, no: RuleNo) {
        let firsts = pattern.0.first().into_iter().flat_map(|part| &part.phrases);
        for word in firsts.filter_map(|phrase| phrase.first()) {
            match word {
                Word::Is(text) => self.exact.entry(text.clone()).or_default().push(no),
                Word::Begins(text) => {
                    let first = text.chars().next().unwrap_or_default();
                    self.begins.entry(first).or_default().push((word.clone(), no));
                }
                Word::Number(_) | Word::Year => self.others.push((word.clone(), no)),
            }
        }
    }

    /// The rules that could begin at this word, each once.
    pub fn at(&self, word: &str) -> Vec<RuleNo> {
        let mut found: Vec<RuleNo> = self.exact.get(word).cloned().unwrap_or_default();
        let first = word.chars().next().unwrap_or_default();
        let begins = self.begins.get(&first).into_iter().flatten().chain(&self.others);
        found.extend(begins.filter(|(begin, _)| begin.fits(word)).map(|(_, no)| *no));
        found.sort_unstable();
        found.dedup();
        found
    }
}

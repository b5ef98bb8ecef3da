//! The rules in force, and what they find in a text.

use super::context::Context;
use super::index::Index;
use super::parse::{self, RulesProblem};
use super::pattern::Pattern;
use super::text::{Token, sentences};
use crate::language::Label;
use std::sync::{Arc, LazyLock};

/// The rules that come with the program, as text.
pub const BUILT_IN: &str = include_str!("rules.txt");

/// What to do now, whatever becomes of the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Advice {
    /// Emergency services.
    Call911,
    /// The suicide and crisis lifeline.
    Call988,
    /// Poison control, 1-800-222-1222.
    CallPoisonControl,
    /// The clinic's own telephone, at once.
    CallClinic,
}

impl Advice {
    pub const ALL: [Advice; 4] =
        [Advice::Call911, Advice::Call988, Advice::CallPoisonControl, Advice::CallClinic];

    /// As the rules write it.
    pub fn word(self) -> &'static str {
        match self {
            Advice::Call911 => "911",
            Advice::Call988 => "988",
            Advice::CallPoisonControl => "poison",
            Advice::CallClinic => "clinic",
        }
    }

    pub fn from_word(word: &str) -> Option<Advice> {
        Advice::ALL.into_iter().find(|advice| advice.word() == word)
    }
}

/// One sign of an emergency.
#[derive(Clone, Debug)]
pub struct Sign {
    /// Its stable name, as stored: `chest_pain`.
    pub word: String,
    pub label: Label,
    /// What to do, the most pressing first.
    pub advice: Vec<Advice>,
    pub(super) patterns: Vec<Pattern>,
    pub(super) exceptions: Vec<Pattern>,
}

/// All signs, with the context in which they count.
#[derive(Clone, Debug, Default)]
pub struct RedFlags {
    signs: Vec<Sign>,
    context: Context,
    index: Index,
}

impl RedFlags {
    /// The rules that come with the program; a test keeps them readable.
    pub fn built_in() -> Arc<RedFlags> {
        static RULES: LazyLock<Arc<RedFlags>> =
            LazyLock::new(|| Arc::new(RedFlags::parse(BUILT_IN).unwrap_or_default()));
        RULES.clone()
    }

    /// Reads rules; a problem names its line.
    pub fn parse(text: &str) -> Result<RedFlags, RulesProblem> {
        let (signs, context) = parse::rules(text)?;
        let mut index = Index::default();
        for (n, sign) in signs.iter().enumerate() {
            sign.patterns.iter().enumerate().for_each(|(line, pattern)| index.add(pattern, (n, line)));
        }
        Ok(RedFlags { signs, context, index })
    }

    pub fn signs(&self) -> &[Sign] {
        &self.signs
    }

    /// A sign by its word; `None` where the rules no longer have it.
    pub fn sign(&self, word: &str) -> Option<&Sign> {
        self.signs.iter().find(|sign| sign.word == word)
    }

    /// What a sign is called; its own word where the rules no longer have it.
    pub fn label(&self, word: &str) -> Label {
        let unknown = || Label::new(word.replace('_', " "), word.replace('_', " "));
        self.sign(word).map_or_else(unknown, |sign| sign.label.clone())
    }

    /// What to do for these signs, the most pressing first.
    pub fn advice(&self, words: &[String]) -> Vec<Advice> {
        let signs = words.iter().filter_map(|word| self.sign(word));
        let given: Vec<Advice> = signs.flat_map(|sign| sign.advice.iter().copied()).collect();
        Advice::ALL.into_iter().filter(|advice| given.contains(advice)).collect()
    }

    /// The words of the signs that a text speaks of as present, in the order of the rules.
    pub fn read(&self, text: &str) -> Vec<String> {
        let mut found = vec![false; self.signs.len()];
        for sentence in sentences(text) {
            self.read_sentence(&sentence, &mut found);
        }
        let named = self.signs.iter().zip(found).filter(|(_, found)| *found);
        named.map(|(sign, _)| sign.word.clone()).collect()
    }

    fn read_sentence(&self, sentence: &[Token], found: &mut [bool]) {
        for (at, token) in sentence.iter().enumerate() {
            for (n, line) in self.index.at(&token.word) {
                if !found[n] {
                    found[n] = self.signs[n].stands(line, &self.context, (sentence, at));
                }
            }
        }
    }
}

impl Sign {
    /// Whether this line of the sign stands at this word and is meant.
    fn stands(&self, line: usize, context: &Context, (sentence, at): (&[Token], usize)) -> bool {
        let everything = vec![true; sentence.len()];
        let pattern = &self.patterns[line];
        // Exceptions are looked for only where there is something to except from.
        if pattern.matches_at(sentence, &everything, at).is_empty() {
            return false;
        }
        let mut free = everything.clone();
        for exception in &self.exceptions {
            for place in 0..sentence.len() {
                for (from, to) in exception.matches_at(sentence, &everything, place).into_iter().flatten() {
                    free[from..to].fill(false);
                }
            }
        }
        pattern.matches_at(sentence, &free, at).iter().any(|spans| context.is_meant(sentence, spans))
    }
}

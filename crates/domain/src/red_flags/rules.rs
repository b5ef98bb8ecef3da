//! The rules in force, and what they find in a text.

use super::context::Context;
use super::index::Index;
use super::parse::{self, RulesProblem};
use super::pattern::Pattern;
use super::text::{Token, sentences};
use crate::language::Label;
use std::cell::OnceCell;
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
        // Both are worked out only where a sign stands, and once for the sentence however often one does.
        let statements = OnceCell::new();
        let taken: Vec<OnceCell<Vec<bool>>> = vec![OnceCell::new(); self.signs.len()];
        for (at, token) in sentence.iter().enumerate() {
            for (n, line) in self.index.at(&token.word) {
                let (sign, pattern) = (&self.signs[n], &self.signs[n].patterns[line]);
                if found[n] || !pattern.stands_at((sentence, &[]), at, &mut |_| true) {
                    continue;
                }
                let taken = taken[n].get_or_init(|| sign.taken_from(sentence));
                let statements = statements.get_or_init(|| self.context.statements(sentence));
                found[n] = pattern
                    .stands_at((sentence, taken), at, &mut |spans| self.context.is_meant(statements, spans));
            }
        }
    }
}

impl Sign {
    /// The words of a sentence that the sign's exceptions take away from its rules.
    fn taken_from(&self, sentence: &[Token]) -> Vec<bool> {
        let mut taken = vec![false; sentence.len()];
        for exception in &self.exceptions {
            for at in 0..sentence.len() {
                exception.stands_at((sentence, &[]), at, &mut |spans| {
                    spans.iter().for_each(|(from, to)| taken[*from..*to].fill(true));
                    false
                });
            }
        }
        taken
    }
}

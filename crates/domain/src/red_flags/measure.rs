//! How well rules read a table of sentences: what a clinician said stands there, beside what was found.

use super::parse::RulesProblem;
use super::rules::RedFlags;
use crate::language::Language;
use std::collections::{BTreeMap, BTreeSet};

/// A sentence with the signs that it speaks of; none for an ordinary one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub line: usize,
    pub signs: BTreeSet<String>,
    pub language: Language,
    pub text: String,
}

/// A sentence that was read otherwise than the table says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    pub sentence: Sentence,
    pub overlooked: Vec<String>,
    pub invented: Vec<String>,
}

/// Right and wrong answers about one sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub found: usize,
    pub overlooked: usize,
    pub invented: usize,
}

impl Tally {
    /// The share of what is there that was found; `None` where nothing is there.
    pub fn sensitivity(&self) -> Option<f64> {
        share(self.found, self.overlooked)
    }

    /// The share of what was found that is there; `None` where nothing was found.
    pub fn predictive_value(&self) -> Option<f64> {
        share(self.found, self.invented)
    }
}

fn share(right: usize, wrong: usize) -> Option<f64> {
    let all = right + wrong;
    // A table of sentences has far fewer lines than a double counts exactly.
    #[allow(clippy::cast_precision_loss)]
    (all > 0).then(|| right as f64 / all as f64)
}

/// What a table showed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    pub sentences: usize,
    /// Ordinary sentences, and those among them in which a sign was found.
    pub ordinary: usize,
    pub false_alarms: usize,
    pub by_sign: BTreeMap<String, Tally>,
    pub by_language: BTreeMap<&'static str, Tally>,
    pub misses: Vec<Miss>,
}

impl Measured {
    /// All signs together.
    pub fn all(&self) -> Tally {
        self.by_sign.values().fold(Tally::default(), |sum, one| Tally {
            found: sum.found + one.found,
            overlooked: sum.overlooked + one.overlooked,
            invented: sum.invented + one.invented,
        })
    }
}

/// Reads a table: `chest_pain, breathing | en | sentence` or `none | es | sentence` on each line.
pub fn sentences(text: &str) -> Result<Vec<Sentence>, RulesProblem> {
    let mut table = Vec::new();
    for (n, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        table.push(sentence(n + 1, line).ok_or_else(|| RulesProblem {
            line: n + 1,
            problem: "is not: signs or none | en or es | sentence".to_owned(),
        })?);
    }
    Ok(table)
}

fn sentence(line: usize, text: &str) -> Option<Sentence> {
    let mut parts = text.splitn(3, '|').map(str::trim);
    let (signs, language, text) = (parts.next()?, parts.next()?, parts.next()?);
    let signs = signs.split(',').map(|sign| sign.trim().to_owned()).filter(|sign| sign != "none").collect();
    Some(Sentence { line, signs, language: Language::from_tag(language)?, text: text.to_owned() })
}

impl RedFlags {
    /// Reads every sentence and compares.
    pub fn measure(&self, table: &[Sentence]) -> Measured {
        let mut measured = Measured { sentences: table.len(), ..Measured::default() };
        for sentence in table {
            let found: BTreeSet<String> = self.read(&sentence.text).into_iter().collect();
            if sentence.signs.is_empty() {
                measured.ordinary += 1;
                measured.false_alarms += usize::from(!found.is_empty());
            }
            measured.count(sentence, &found);
        }
        measured
    }
}

impl Measured {
    fn count(&mut self, sentence: &Sentence, found: &BTreeSet<String>) {
        let overlooked: Vec<String> = sentence.signs.difference(found).cloned().collect();
        let invented: Vec<String> = found.difference(&sentence.signs).cloned().collect();
        let right = sentence.signs.intersection(found).cloned();
        let language = self.by_language.entry(sentence.language.tag()).or_default();
        language.overlooked += overlooked.len();
        language.invented += invented.len();
        for sign in right {
            language.found += 1;
            self.by_sign.entry(sign).or_default().found += 1;
        }
        for sign in &overlooked {
            self.by_sign.entry(sign.clone()).or_default().overlooked += 1;
        }
        for sign in &invented {
            self.by_sign.entry(sign.clone()).or_default().invented += 1;
        }
        if !overlooked.is_empty() || !invented.is_empty() {
            self.misses.push(Miss { sentence: sentence.clone(), overlooked, invented });
        }
    }
}

//! The text of the rules: sections in brackets, definitions, and one rule on a line.

use super::context::Context;
use super::pattern::{Joint, Part, Pattern, Phrase, Word};
use super::rules::{Advice, Sign};
use crate::language::Label;
use crate::words::fold;
use std::collections::HashMap;

/// What is wrong with the rules, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct RulesProblem {
    /// 1 for the first line.
    pub line: usize,
    pub problem: String,
}

/// Signs in their order, and the words around them.
pub(super) fn rules(text: &str) -> Result<(Vec<Sign>, Context), RulesProblem> {
    let mut reading = Reading::default();
    for (n, line) in text.lines().enumerate() {
        let line = line.trim();
        // "#" alone begins a comment; "#:" defines the words for numbers.
        if line.is_empty() || (line.starts_with('#') && !line.starts_with("#:")) {
            continue;
        }
        reading.line(line).map_err(|problem| RulesProblem { line: n + 1, problem })?;
    }
    let lines = text.lines().count();
    let none = |problem: &str| RulesProblem { line: lines, problem: problem.to_owned() };
    if reading.signs.is_empty() {
        return Err(none("there is no sign"));
    }
    if let Some(sign) = reading.signs.iter().find(|sign| sign.patterns.is_empty() || sign.advice.is_empty()) {
        return Err(none(&format!("[{}] needs a rule, en:, es: and do:", sign.word)));
    }
    Ok((reading.signs, reading.context))
}

#[derive(Default)]
struct Reading {
    section: String,
    words: HashMap<String, Vec<Phrase>>,
    numbers: Vec<String>,
    context: Context,
    signs: Vec<Sign>,
}

impl Reading {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            return self.begin(name.trim());
        }
        match (self.section.as_str(), line.split_at_checked(1)) {
            ("", _) => Err("stands before the first section".to_owned()),
            ("words" | "context", _) => self.define(line),
            (_, Some(("-", rule))) => {
                let pattern = self.pattern(rule)?;
                self.sign()?.patterns.push(pattern);
                Ok(())
            }
            (_, Some(("!", rule))) => {
                let pattern = self.pattern(rule)?;
                self.sign()?.exceptions.push(pattern);
                Ok(())
            }
            _ => self.fact(line),
        }
    }

    fn begin(&mut self, name: &str) -> Result<(), String> {
        name.clone_into(&mut self.section);
        if matches!(name, "words" | "context") {
            return Ok(());
        }
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            return Err("a sign's name has small letters and _".to_owned());
        }
        if self.signs.iter().any(|sign| sign.word == name) {
            return Err(format!("[{name}] was there before"));
        }
        self.signs.push(Sign {
            word: name.to_owned(),
            label: Label::new(name.replace('_', " "), name.replace('_', " ")),
            advice: Vec::new(),
            patterns: Vec::new(),
            exceptions: Vec::new(),
        });
        Ok(())
    }

    fn sign(&mut self) -> Result<&mut Sign, String> {
        self.signs.last_mut().ok_or_else(|| "stands in no sign".to_owned())
    }

    /// `en: chest pain`, `do: 911`.
    fn fact(&mut self, line: &str) -> Result<(), String> {
        let (key, value) = split(line)?;
        let advice = |word: &str| Advice::from_word(word).ok_or_else(|| format!("{word} is no advice"));
        let sign = self.sign()?;
        match key {
            "en" => value.clone_into(&mut sign.label.en),
            "es" => value.clone_into(&mut sign.label.es),
            "do" => sign.advice = value.split_whitespace().map(advice).collect::<Result<_, _>>()?,
            _ => return Err(format!("{key} is none of en, es, do; a rule begins with -")),
        }
        Ok(())
    }

    /// `pain: pain, hurt*` or `past: years ago, died`.
    fn define(&mut self, line: &str) -> Result<(), String> {
        let (key, value) = split(line)?;
        let listed = value.split(',').map(str::trim).filter(|one| !one.is_empty());
        if key == "#" {
            self.numbers = listed.map(fold).collect();
            return Ok(());
        }
        let phrases: Vec<Phrase> =
            listed.map(|one| one.split_whitespace().map(|word| self.word(word)).collect()).collect();
        if self.section == "words" {
            self.words.insert(key.to_owned(), phrases);
            return Ok(());
        }
        let context = &mut self.context;
        *match key {
            "not before" => &mut context.not_before,
            "says so" => &mut context.says_so,
            "not meant" => &mut context.not_meant,
            "not after" => &mut context.not_after,
            "never before" => &mut context.never_before,
            "list" => &mut context.list,
            "turn" => &mut context.turn,
            "past" => &mut context.past,
            "now" => &mut context.now,
            "only asked" => &mut context.only_asked,
            _ => return Err(format!("[context] knows no {key}")),
        } = phrases;
        Ok(())
    }

    fn pattern(&self, rule: &str) -> Result<Pattern, String> {
        let (mut parts, mut joint) = (Vec::new(), Joint::Next);
        for piece in rule.split_whitespace() {
            match piece {
                "~" => joint = Joint::Near,
                ".." => joint = Joint::Later,
                _ => {
                    parts.push(Part { joint, phrases: self.phrases(piece)? });
                    joint = Joint::Next;
                }
            }
        }
        match parts.is_empty() || joint != Joint::Next {
            true => Err("a rule begins and ends with words".to_owned()),
            false => Ok(Pattern(parts)),
        }
    }

    fn phrases(&self, piece: &str) -> Result<Vec<Phrase>, String> {
        let mut phrases = Vec::new();
        for one in piece.split('/') {
            match one.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
                Some(name) => {
                    let defined = self.words.get(name);
                    phrases.extend(defined.ok_or_else(|| format!("<{name}> is not defined above"))?.clone());
                }
                None if one.is_empty() => return Err("there is nothing beside /".to_owned()),
                None => phrases.push(vec![self.word(one)]),
            }
        }
        Ok(phrases)
    }

    fn word(&self, text: &str) -> Word {
        match (text, text.strip_suffix('*')) {
            ("#", _) => Word::Number(self.numbers.clone()),
            ("####", _) => Word::Year,
            (_, Some(begin)) => Word::Begins(bare(begin)),
            _ => Word::Is(bare(text)),
        }
    }
}

/// As a text's words are read: folded, without apostrophes.
fn bare(word: &str) -> String {
    fold(word).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn split(line: &str) -> Result<(&str, &str), String> {
    let (key, value) = line.split_once(':').ok_or_else(|| "has no \":\"".to_owned())?;
    Ok((key.trim(), value.trim()))
}

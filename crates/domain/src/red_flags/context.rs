//! Whether a sign that stands in a sentence is meant: not denied, not long past, not only asked about.

use super::pattern::{Phrase, Span, phrase_at};
use super::statements::{Statement, Statements};
use super::text::Token;

/// Words before a sign among which a "no" makes it untrue.
const NOT_WITHIN: usize = 6;
/// Words after a sign among which "like this" makes "never" a "now".
const LIKE_THIS_WITHIN: usize = 3;
/// Words before a sign among which "the risk of" makes it a question.
const ASKED_WITHIN: usize = 6;
/// Words of an item in a list that one "no" denies as a whole.
const LONGEST_ITEM: usize = 4;

/// The words of the rules' `[context]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Context {
    pub not_before: Vec<Phrase>,
    pub says_so: Vec<Phrase>,
    pub not_meant: Vec<Phrase>,
    pub not_after: Vec<Phrase>,
    pub never_before: Vec<Phrase>,
    pub list: Vec<Phrase>,
    pub turn: Vec<Phrase>,
    pub past: Vec<Phrase>,
    pub now: Vec<Phrase>,
    pub only_asked: Vec<Phrase>,
}

fn starts(phrases: &[Phrase], sentence: &[Token], at: usize) -> Option<usize> {
    phrases.iter().find_map(|phrase| phrase_at(phrase, sentence, at))
}

/// Whether one of the phrases ends right before this place; where it begins.
fn ends(phrases: &[Phrase], sentence: &[Token], end: usize) -> Option<usize> {
    phrases.iter().find_map(|phrase| {
        let at = end.checked_sub(phrase.len())?;
        phrase_at(phrase, sentence, at).map(|_| at)
    })
}

fn any(phrases: &[Phrase], sentence: &[Token], (from, to): Span) -> bool {
    (from..to).any(|at| starts(phrases, sentence, at).is_some_and(|end| end <= to))
}

impl Context {
    /// The statements of a sentence.
    pub fn statements<'a>(&self, sentence: &'a [Token]) -> Statements<'a> {
        let turns = (1..sentence.len()).filter(|at| starts(&self.turn, sentence, *at).is_some());
        let is_past = |span| any(&self.past, sentence, span) && !any(&self.now, sentence, span);
        let listed = (0..sentence.len()).rev().find(|at| starts(&self.list, sentence, *at).is_some());
        Statements::divide(sentence, turns, is_past).listed_until(listed)
    }

    /// Whether the sign at these places is one of now.
    pub fn is_meant(&self, statements: &Statements<'_>, spans: &[Span]) -> bool {
        let mut parts = spans.to_vec();
        parts.sort_unstable();
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
        let (sentence, statement) = (statements.sentence, statements.at(first.0));
        let asked_from = first.0.saturating_sub(ASKED_WITHIN).max(statement.from);
        !statement.is_past
            && !self.is_denied(statements, &parts, statement)
            && !self.is_denied_after(sentence, last.1)
            && !any(&self.only_asked, sentence, (asked_from, first.0))
    }

    fn is_denied(&self, statements: &Statements<'_>, parts: &[Span], statement: Statement) -> bool {
        let sentence = statements.sentence;
        let last = parts.last().map_or(0, |part| part.1);
        let until = (last + LIKE_THIS_WITHIN).min(sentence.len());
        if any(&self.never_before, sentence, (last, until)) {
            return false;
        }
        let mut floor = statement.from;
        parts.iter().any(|part| {
            // "No answer and no pulse": a sign that is itself a "no" is not denied by another.
            let is_no = starts(&self.not_before, sentence, part.0).is_some();
            let denied = !is_no && self.is_denied_before(statements, part.0, floor);
            floor = part.1;
            denied
        })
    }

    /// "Chest pain: none." The "no" is all that follows, up to a comma or the end.
    fn is_denied_after(&self, sentence: &[Token], at: usize) -> bool {
        starts(&self.not_after, sentence, at)
            .is_some_and(|end| sentence.get(end).is_none_or(|token| token.after_comma))
    }

    /// Looks back from a word for a "no" that reaches it.
    fn is_denied_before(&self, statements: &Statements<'_>, at: usize, floor: usize) -> bool {
        let sentence = statements.sentence;
        let lowest = at.saturating_sub(NOT_WITHIN * 2).max(floor);
        let (mut end, mut item, mut is_list) = (at, 0, false);
        while end > lowest {
            if sentence.get(end).is_some_and(|token| token.after_comma) {
                is_list = is_list || statements.is_list(end);
                if !is_list {
                    return false;
                }
                item = 0;
            }
            if let Some(begin) = ends(&self.not_before, sentence, end) {
                return !self.is_not_meant(sentence, begin);
            }
            if let Some(begin) = ends(&self.says_so, sentence, end) {
                return begin > floor
                    && ends(&self.not_before, sentence, begin)
                        .is_some_and(|no| !self.is_not_meant(sentence, no));
            }
            item += 1;
            let longest = if is_list { LONGEST_ITEM } else { NOT_WITHIN };
            if item > longest {
                return false;
            }
            end -= 1;
        }
        false
    }

    /// "Not sure", "no relief": a "no" that denies nothing.
    fn is_not_meant(&self, sentence: &[Token], no: usize) -> bool {
        (no.saturating_sub(3)..=no)
            .any(|at| starts(&self.not_meant, sentence, at).is_some_and(|end| end > no))
    }
}

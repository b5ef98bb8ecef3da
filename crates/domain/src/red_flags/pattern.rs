//! One line of the rules: parts that follow each other, come later or stand near each other.

use super::text::Token;

/// Words between two parts of which the second comes later.
const LATER: usize = 4;
/// Words between two parts that stand near each other, and where a comma is between them.
const NEAR: usize = 5;
const NEAR_ACROSS_COMMA: usize = 3;

/// One word of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Is(String),
    Begins(String),
    /// Digits, or one of the words for numbers.
    Number(Vec<String>),
    Year,
}

/// Words one after the other.
pub(super) type Phrase = Vec<Word>;

/// How a part stands to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    Next,
    Later,
    Near,
}

/// One of several phrases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub joint: Joint,
    pub phrases: Vec<Phrase>,
}

/// A whole line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern(pub Vec<Part>);

/// Where a part was found: from the first word to behind the last.
pub(super) type Span = (usize, usize);

impl Word {
    pub fn fits(&self, word: &str) -> bool {
        match self {
            Word::Is(text) => word == text,
            Word::Begins(text) => word.starts_with(text.as_str()),
            Word::Number(names) => {
                word.bytes().all(|byte| byte.is_ascii_digit()) || names.iter().any(|name| name == word)
            }
            Word::Year => word.len() == 4 && word.parse().is_ok_and(|year: u16| (1900..2100).contains(&year)),
        }
    }
}

/// Whether a phrase stands at this place; the end of it.
pub(super) fn phrase_at(phrase: &[Word], sentence: &[Token], at: usize) -> Option<usize> {
    let end = at + phrase.len();
    let words = sentence.get(at..end)?;
    phrase.iter().zip(words).all(|(word, token)| word.fits(&token.word)).then_some(end)
}

impl Part {
    fn spans_at(&self, sentence: &[Token], at: usize) -> impl Iterator<Item = Span> {
        self.phrases.iter().filter_map(move |phrase| Some((at, phrase_at(phrase, sentence, at)?)))
    }
}

impl Pattern {
    /// All ways in which the pattern stands in a sentence with its first part at this place. Words that
    /// an exception has taken are not free.
    pub fn matches_at(&self, sentence: &[Token], free: &[bool], at: usize) -> Vec<Vec<Span>> {
        let mut found = Vec::new();
        let Some((first, rest)) = self.0.split_first() else { return found };
        for span in first.spans_at(sentence, at).filter(|span| is_free(free, *span)) {
            extend(rest, (sentence, free), &mut vec![span], &mut found);
        }
        found
    }
}

fn is_free(free: &[bool], (from, to): Span) -> bool {
    free.get(from..to).is_some_and(|words| words.iter().all(|free| *free))
}

fn extend(
    parts: &[Part],
    (sentence, free): (&[Token], &[bool]),
    spans: &mut Vec<Span>,
    found: &mut Vec<Vec<Span>>,
) {
    let Some((part, rest)) = parts.split_first() else {
        found.push(spans.clone());
        return;
    };
    let Some(last) = spans.last().copied() else { return };
    let (from, to) = match part.joint {
        Joint::Next => (last.1, last.1),
        Joint::Later => (last.1, last.1 + LATER),
        Joint::Near => (last.0.saturating_sub(NEAR + 4), last.1 + NEAR),
    };
    for at in from..=to {
        for span in part.spans_at(sentence, at).collect::<Vec<_>>() {
            let is_apart = spans.iter().all(|other| span.1 <= other.0 || other.1 <= span.0);
            let is_near = part.joint != Joint::Near || is_near(sentence, last, span);
            if is_apart && is_near && is_free(free, span) {
                spans.push(span);
                extend(rest, (sentence, free), spans, found);
                spans.pop();
            }
        }
    }
}

/// Whether few enough words stand between; fewer where there is a comma.
fn is_near(sentence: &[Token], one: Span, other: Span) -> bool {
    let (first, second) = if one.0 < other.0 { (one, other) } else { (other, one) };
    let Some(between) = second.0.checked_sub(first.1) else { return false };
    let commas = sentence[first.1..=second.0].iter().any(|token| token.after_comma);
    between <= if commas { NEAR_ACROSS_COMMA } else { NEAR }
}

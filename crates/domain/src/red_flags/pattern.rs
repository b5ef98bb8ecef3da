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
    #[cfg(test)]
    super::effort::LOOKS.with(|looks| looks.set(looks.get() + 1));
    let end = at + phrase.len();
    let words = sentence.get(at..end)?;
    phrase.iter().zip(words).all(|(word, token)| word.fits(&token.word)).then_some(end)
}

impl Part {
    fn spans_at(&self, sentence: &[Token], at: usize) -> impl Iterator<Item = Span> {
        self.phrases.iter().filter_map(move |phrase| Some((at, phrase_at(phrase, sentence, at)?)))
    }
}

/// A sentence, and its words that an exception has taken; none where the second list is empty.
pub(super) type Words<'a> = (&'a [Token], &'a [bool]);

impl Pattern {
    /// Whether the pattern stands in a sentence with its first part at this place, outside what is taken,
    /// in a way that `accepts`. How much is looked at depends on the pattern, not on the sentence.
    pub fn stands_at(&self, words: Words<'_>, at: usize, accepts: &mut dyn FnMut(&[Span]) -> bool) -> bool {
        let Some((first, rest)) = self.0.split_first() else { return false };
        first
            .spans_at(words.0, at)
            .filter(|span| is_free(words.1, *span))
            .any(|span| extend(rest, words, &mut vec![span], accepts))
    }
}

fn is_free(taken: &[bool], (from, to): Span) -> bool {
    !taken.get(from..to).is_some_and(|words| words.contains(&true))
}

fn extend(
    parts: &[Part],
    words: Words<'_>,
    spans: &mut Vec<Span>,
    accepts: &mut dyn FnMut(&[Span]) -> bool,
) -> bool {
    let Some((part, rest)) = parts.split_first() else { return accepts(spans) };
    let Some(last) = spans.last().copied() else { return false };
    let (from, to) = match part.joint {
        Joint::Next => (last.1, last.1),
        Joint::Later => (last.1, last.1 + LATER),
        Joint::Near => (last.0.saturating_sub(NEAR + 4), last.1 + NEAR),
    };
    for span in (from..=to).flat_map(|at| part.spans_at(words.0, at)) {
        let is_apart = spans.iter().all(|other| span.1 <= other.0 || other.1 <= span.0);
        let is_near = part.joint != Joint::Near || is_near(words.0, last, span);
        if is_apart && is_near && is_free(words.1, span) {
            spans.push(span);
            let is_accepted = extend(rest, words, spans, accepts);
            spans.pop();
            if is_accepted {
                return true;
            }
        }
    }
    false
}

/// Whether few enough words stand between; fewer where there is a comma.
fn is_near(sentence: &[Token], one: Span, other: Span) -> bool {
    let (first, second) = if one.0 < other.0 { (one, other) } else { (other, one) };
    let Some(between) = second.0.checked_sub(first.1) else { return false };
    let commas = sentence[first.1..=second.0].iter().any(|token| token.after_comma);
    between <= if commas { NEAR_ACROSS_COMMA } else { NEAR }
}

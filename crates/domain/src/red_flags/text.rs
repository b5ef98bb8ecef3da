//! A text as rules read it: sentences of folded words, each with whether a comma stands before it.

use crate::words::fold;

/// One word, without accents, capitals and apostrophes: "can't" is `cant`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub word: String,
    pub after_comma: bool,
}

/// The sentences of a text; a line is a sentence of its own.
pub(super) fn sentences(text: &str) -> Vec<Vec<Token>> {
    let folded = fold(text);
    let mut reading = Reading::default();
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        let ends_here = chars.peek().is_none_or(|next| next.is_whitespace());
        match c {
            '\'' | '\u{2019}' | '\u{2bc}' | '`' => {}
            c if c.is_alphanumeric() => reading.word.push(c),
            '!' | '?' | ';' | '\n' => reading.end_sentence(),
            '.' if ends_here => reading.end_sentence(),
            ',' | ':' | '(' | ')' | '\u{2013}' | '\u{2014}' => reading.comma(),
            '-' if reading.word.is_empty() && ends_here => reading.comma(),
            _ => reading.end_word(),
        }
    }
    reading.end_sentence();
    reading.sentences
}

#[derive(Default)]
struct Reading {
    word: String,
    after_comma: bool,
    sentence: Vec<Token>,
    sentences: Vec<Vec<Token>>,
}

impl Reading {
    fn end_word(&mut self) {
        if !self.word.is_empty() {
            let word = std::mem::take(&mut self.word);
            self.sentence.push(Token { word, after_comma: self.after_comma });
            self.after_comma = false;
        }
    }

    fn comma(&mut self) {
        self.end_word();
        self.after_comma = !self.sentence.is_empty();
    }

    fn end_sentence(&mut self) {
        self.end_word();
        self.after_comma = false;
        if !self.sentence.is_empty() {
            self.sentences.push(std::mem::take(&mut self.sentence));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Vec<String>> {
        sentences(text).into_iter().map(|one| one.into_iter().map(|token| token.word).collect()).collect()
    }

    #[test]
    fn a_text_is_sentences_of_words_without_accents_and_apostrophes() {
        assert_eq!(
            words("I can’t breathe, help! Me falta el AÍRE"),
            vec![vec!["i", "cant", "breathe", "help"], vec!["me", "falta", "el", "aire"]]
        );
        assert_eq!(
            words("98.6 at 7.\nchest x-ray"),
            vec![vec!["98", "6", "at", "7"], vec!["chest", "x", "ray"]]
        );
        let commas: Vec<bool> =
            sentences("No fever, chest pain").remove(0).iter().map(|token| token.after_comma).collect();
        assert_eq!(commas, [false, false, true, false]);
    }
}

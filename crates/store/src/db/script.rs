//! Cutting SQL text into tokens and statements, as far as translating a migration needs it:
//! words, quoted text, comments, blanks and single characters.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Quoted,
    Comment,
    Blank,
    Other,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
}

impl Token<'_> {
    pub fn is_any_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }

    pub fn is_blank(&self) -> bool {
        matches!(self.kind, Kind::Blank | Kind::Comment)
    }

    /// The text inside a `/* ... */` comment.
    pub fn comment(&self) -> Option<&str> {
        (self.kind == Kind::Comment)
            .then(|| self.text.strip_prefix("/*")?.strip_suffix("*/").map(str::trim))
            .flatten()
    }
}

/// The whole text as tokens; joined again they are the text.
pub(crate) fn tokens(sql: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let (kind, length) = measure(rest, first);
        let (text, after) = rest.split_at(length);
        out.push(Token { kind, text });
        rest = after;
    }
    out
}

fn measure(rest: &str, first: char) -> (Kind, usize) {
    let to_end = |end: Option<usize>, width: usize| end.map_or(rest.len(), |at| at + width);
    let word = |c: char| c.is_alphanumeric() || c == '_';
    if rest.starts_with("--") {
        return (Kind::Comment, to_end(rest.find('\n'), 0));
    }
    if rest.starts_with("/*") {
        return (Kind::Comment, to_end(rest.find("*/"), 2));
    }
    if first == '\'' || first == '"' {
        // A doubled quote is two quoted tokens side by side, which joins to the same text.
        return (Kind::Quoted, to_end(rest[1..].find(first), 2));
    }
    if first.is_whitespace() {
        return (Kind::Blank, to_end(rest.find(|c: char| !c.is_whitespace()), 0));
    }
    if word(first) {
        return (Kind::Word, to_end(rest.find(|c: char| !word(c)), 0));
    }
    (Kind::Other, first.len_utf8())
}

/// The statements between the semicolons, without those that hold only blanks.
pub(crate) fn statements(sql: &str) -> Vec<String> {
    let tokens = tokens(sql);
    tokens
        .split(|token| token.kind == Kind::Other && token.text == ";")
        .filter(|statement| statement.iter().any(|token| !token.is_blank()))
        .map(|statement| statement.iter().map(|token| token.text).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn semicolons_in_texts_and_comments_end_no_statement() {
        let script = "INSERT INTO t VALUES ('a;''b;'); -- c; d\n /* e; f */ DELETE FROM \"g;h\" ; ;\n";
        let found = statements(script);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[1].ends_with("DELETE FROM \"g;h\" "), "{found:?}");
    }

    proptest! {
        #[test]
        fn tokens_joined_again_are_the_text(sql in "[a-zé0-9_'\"/*; \n()-]{0,60}") {
            let joined: String = tokens(&sql).iter().map(|token| token.text).collect();
            prop_assert_eq!(joined, sql);
        }
    }
}

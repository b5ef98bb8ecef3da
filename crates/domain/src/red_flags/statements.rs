//! The statements of a sentence: its parts between two turns ("but", "and now"). They are found once for
//! a sentence, so that a sign in it is judged by looking around it and not along all of it.

use super::pattern::Span;
use super::text::Token;

/// One statement, by its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    pub from: usize,
    /// It tells of what was, and not of now.
    pub is_past: bool,
}

/// A sentence and its statements, in their order.
#[derive(Clone, Debug)]
pub(super) struct Statements<'a> {
    pub sentence: &'a [Token],
    statements: Vec<Statement>,
    /// The last word that makes one list of what stands before it ("or").
    last_listed: Option<usize>,
}

impl<'a> Statements<'a> {
    /// Divides a sentence at these words, of which none is its first.
    pub fn divide(
        sentence: &'a [Token],
        turns: impl Iterator<Item = usize>,
        is_past: impl Fn(Span) -> bool,
    ) -> Statements<'a> {
        let begins: Vec<usize> = std::iter::once(0).chain(turns).collect();
        let ends = begins.iter().skip(1).copied().chain([sentence.len()]);
        let statement = |(from, to): Span| Statement { from, is_past: is_past((from, to)) };
        let statements = begins.iter().copied().zip(ends).map(statement).collect();
        Statements { sentence, statements, last_listed: None }
    }

    pub fn listed_until(self, last_listed: Option<usize>) -> Statements<'a> {
        Statements { last_listed, ..self }
    }

    /// The statement that holds this word.
    pub fn at(&self, word: usize) -> Statement {
        let after = self.statements.partition_point(|statement| statement.from <= word);
        let found = after.checked_sub(1).and_then(|at| self.statements.get(at));
        found.copied().unwrap_or(Statement { from: 0, is_past: false })
    }

    /// "No fever, chest pain or cough": an "or" behind the comma makes it one list.
    pub fn is_list(&self, comma: usize) -> bool {
        self.last_listed.is_some_and(|last| comma <= last)
    }
}

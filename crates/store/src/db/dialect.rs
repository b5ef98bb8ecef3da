//! Every difference between the two engines' SQL that is not hidden by a driver: the words of a
//! `CREATE TABLE`, row locks, the database's clock and the statements a closure may issue.

use crate::db::script::{Token, tokens};
use crate::error::StoreError;

/// Which database answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// The suffix of a SELECT that locks its rows. SQLite has one writer and needs none.
    pub fn for_update(self) -> &'static str {
        match self {
            Engine::Sqlite => "",
            Engine::Postgres => " FOR UPDATE",
        }
    }

    /// The suffix of a SELECT that claims rows nobody else has claimed.
    pub fn skip_locked(self) -> &'static str {
        match self {
            Engine::Sqlite => "",
            Engine::Postgres => " FOR UPDATE SKIP LOCKED",
        }
    }

    /// The database's own clock, microseconds UTC.
    pub(crate) fn now_micros(self) -> &'static str {
        match self {
            Engine::Sqlite => "CAST(unixepoch('subsec') * 1000000 AS INTEGER)",
            Engine::Postgres => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)",
        }
    }

    /// One statement of a migration in this engine's words; None where it is meant for the other.
    pub(crate) fn translate(self, statement: &str) -> Result<Option<String>, StoreError> {
        let tokens = tokens(statement);
        if let Some(only) = tokens.iter().find_map(only_for)
            && only != self
        {
            return Ok(None);
        }
        if tokens.iter().any(|token| token.is_word("DEFERRABLE")) {
            // A deferred constraint would fail the commit of a whole group of writes.
            return Err(StoreError::Migration("deferrable constraints are not used".into()));
        }
        match self {
            Engine::Postgres => Ok(Some(statement.trim().to_owned())),
            Engine::Sqlite => Ok(Some(sqlite_statement(&tokens))),
        }
    }
}

fn only_for(token: &Token) -> Option<Engine> {
    match token.comment()? {
        "postgres" => Some(Engine::Postgres),
        "sqlite" => Some(Engine::Sqlite),
        _ => None,
    }
}

fn sqlite_statement(tokens: &[Token]) -> String {
    let mut out = String::new();
    let mut rest = tokens;
    while let Some(token) = rest.first() {
        let (text, used) = sqlite_words(rest).unwrap_or((token.text, 1));
        out.push_str(text);
        rest = &rest[used..];
    }
    let mut out = out.trim().to_owned();
    let mut words = tokens.iter().filter(|token| token.is_any_word());
    let first = words.next().is_some_and(|token| token.is_word("CREATE"));
    if first && words.next().is_some_and(|token| token.is_word("TABLE")) {
        let clustered = tokens.iter().any(|token| token.comment() == Some("clustered"));
        out.push_str(if clustered { " STRICT, WITHOUT ROWID" } else { " STRICT" });
    }
    out
}

const IDENTITY: &[&str] = &["BIGINT", "GENERATED", "BY", "DEFAULT", "AS", "IDENTITY", "PRIMARY", "KEY"];

/// The SQLite words for the type that starts here, and how many tokens it replaces.
fn sqlite_words(tokens: &[Token]) -> Option<(&'static str, usize)> {
    for (phrase, words) in [
        (IDENTITY, "INTEGER PRIMARY KEY AUTOINCREMENT"),
        (&["DOUBLE", "PRECISION"], "REAL"),
        (&["BIGINT"], "INTEGER"),
        (&["BYTEA"], "BLOB"),
        (&["BOOLEAN"], "INTEGER"),
    ] {
        if let Some(used) = match_phrase(tokens, phrase) {
            return Some((words, used));
        }
    }
    None
}

fn match_phrase(tokens: &[Token], phrase: &[&str]) -> Option<usize> {
    let mut used = 0;
    for (position, word) in phrase.iter().enumerate() {
        while position > 0 && tokens.get(used)?.is_blank() {
            used += 1;
        }
        if !tokens.get(used)?.is_word(word) {
            return None;
        }
        used += 1;
    }
    Some(used)
}

/// What a closure may issue. Transactions belong to the engine, the schema to the migrations.
const ALLOWED: &[&str] =
    &["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "VALUES", "EXPLAIN", "NOTIFY", "ANALYZE"];

/// Refuses statements that would end or nest the transaction, or change settings or schema.
pub(crate) fn check_statement(sql: &str) -> Result<(), StoreError> {
    let sql = sql.trim_start();
    let first = sql.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    if ALLOWED.iter().any(|word| word.eq_ignore_ascii_case(first)) {
        return Ok(());
    }
    Err(StoreError::Invalid(format!("a statement may not start with {first:?}")))
}

/// Refuses anything but a plain lower-case name, where a name becomes part of a statement.
pub(crate) fn check_name(name: &str) -> Result<(), StoreError> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.is_empty() || !name.chars().all(plain) {
        return Err(StoreError::Invalid("a table or column name is not plain".into()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sqlite(statement: &str) -> String {
        Engine::Sqlite.translate(statement).unwrap().unwrap()
    }

    #[test]
    fn a_table_becomes_strict_in_sqlite_words() {
        assert_eq!(
            sqlite("CREATE TABLE t (a BIGINT, b BYTEA, c boolean, d DOUBLE\n PRECISION, e TEXT)"),
            "CREATE TABLE t (a INTEGER, b BLOB, c INTEGER, d REAL, e TEXT) STRICT"
        );
    }

    #[test]
    fn a_clustered_table_has_no_rowid() {
        assert_eq!(
            sqlite("CREATE TABLE t (id BYTEA PRIMARY KEY) /* clustered */"),
            "CREATE TABLE t (id BLOB PRIMARY KEY) /* clustered */ STRICT, WITHOUT ROWID"
        );
    }

    #[test]
    fn a_counted_key_never_gives_a_number_twice() {
        assert_eq!(
            sqlite("CREATE TABLE t (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY)"),
            "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT"
        );
    }

    #[test]
    fn names_texts_and_comments_keep_their_words() {
        let untouched = "INSERT INTO t (bigint_count) VALUES ('a BIGINT; it''s') -- BYTEA";
        assert_eq!(sqlite(untouched), untouched);
    }

    #[test]
    fn an_index_is_the_same_on_both() {
        let index = "CREATE UNIQUE INDEX i ON t (a, b) WHERE c IS NOT NULL";
        assert_eq!(sqlite(index), index);
        assert_eq!(Engine::Postgres.translate(index).unwrap().unwrap(), index);
    }

    #[test]
    fn a_statement_can_be_for_one_engine_only() {
        let statement = "/* postgres */ ALTER TABLE t SET (fillfactor = 80)";
        assert_eq!(Engine::Sqlite.translate(statement).unwrap(), None);
        assert!(Engine::Postgres.translate(statement).unwrap().is_some());
    }
}

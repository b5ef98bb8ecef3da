//! Stored words as values of the domain.

use crate::db::{Row, StoreError};

/// Reads a column that holds one of a fixed set of words.
pub fn stored<T>(
    row: &Row<'_>,
    column: usize,
    from_word: impl Fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    let word: String = row.get(column)?;
    from_word(&word).ok_or_else(|| StoreError::Corrupt("a word that this version does not know".into()))
}

/// The same for a column that may be null.
pub fn stored_or_null<T>(
    row: &Row<'_>,
    column: usize,
    from_word: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    match row.get::<Option<String>>(column)? {
        Some(_) => stored(row, column, from_word).map(Some),
        None => Ok(None),
    }
}

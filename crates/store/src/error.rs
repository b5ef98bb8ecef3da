//! What can go wrong in the store. No variant carries a value of a row or of a parameter, so an
//! error can be logged.

/// An error of the store, without any parameter or row value in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached or cannot work now (down, locked, disk full). Nothing was
    /// committed; the same call may be made again.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// The commit was asked for and its answer is not known: the work may or may not be there.
    #[error("the outcome of the commit is unknown")]
    CommitUnknown,
    /// A unique constraint or index, here by name, holds such a row already.
    #[error("a row with this key exists already ({constraint})")]
    Conflict { constraint: String },
    /// What was read cannot be what was written.
    #[error("stored data is damaged: {0}")]
    Corrupt(String),
    /// The statement, a parameter's kind or a column's kind is wrong, or a check or foreign key
    /// refuses the row.
    #[error("invalid: {0}")]
    Invalid(String),
    /// The schema cannot be brought to this program's version.
    #[error("migration: {0}")]
    Migration(String),
    /// A fault of this program.
    #[error("internal: {0}")]
    Internal(String),
}

impl StoreError {
    /// Whether `constraint` is the one that refused the row.
    pub fn is_conflict_on(&self, constraint: &str) -> bool {
        matches!(self, StoreError::Conflict { constraint: name } if name == constraint)
    }
}

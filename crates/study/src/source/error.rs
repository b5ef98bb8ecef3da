//! Why a file was not read, and where in it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Where a malformed value stands; the value itself is never repeated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The line of a text file, from 1, and the field, from 1 (0 is the whole line).
    Line { line: u64, field: u32 },
    /// The row of a table, from 1.
    Row(u64),
}

/// One malformed value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub place: Place,
    /// The column's name; empty where the row as a whole is wrong.
    pub column: String,
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Line { line, field: 0 } => write!(out, "line {line}")?,
            Place::Line { line, field } => write!(out, "line {line}, field {field}")?,
            Place::Row(row) => write!(out, "row {row}")?,
        }
        if !self.column.is_empty() {
            write!(out, " (column {})", self.column)?;
        }
        write!(out, ": {}", self.reason)
    }
}

/// Why a file was not read; nothing has been computed then.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("{}: {error}", file.display())]
    Io { file: PathBuf, error: io::Error },
    #[error("{}: {reason}", file.display())]
    Format { file: PathBuf, reason: String },
    #[error("{}: there is no column {column}; the columns are {found}", file.display())]
    Column { file: PathBuf, column: String, found: String },
    /// The first problems in the order of the file; `has_more` where reading stopped at the limit.
    #[error("{}", malformed(file, problems, *has_more))]
    Malformed { file: PathBuf, problems: Vec<Problem>, has_more: bool },
}

impl ReadError {
    pub(crate) fn io(file: &Path, error: io::Error) -> ReadError {
        ReadError::Io { file: file.to_owned(), error }
    }

    /// Why, in words for a report: without the path, which differs where the data lie elsewhere, and without rows, which
    /// may be few.
    pub fn without_place(&self) -> String {
        match self {
            ReadError::Io { .. } | ReadError::Format { .. } => "the file does not answer it".to_owned(),
            ReadError::Column { column, .. } => format!("the file has no column {column}"),
            ReadError::Malformed { problems, .. } => {
                let mut columns: Vec<&str> = problems.iter().map(|problem| problem.column.as_str()).collect();
                columns.sort_unstable();
                columns.dedup();
                format!("values that the protocol does not know, or none, in: {}", columns.join(", "))
            }
        }
    }

    pub(crate) fn format(file: &Path, reason: impl Into<String>) -> ReadError {
        ReadError::Format { file: file.to_owned(), reason: reason.into() }
    }
}

fn malformed(file: &Path, problems: &[Problem], has_more: bool) -> String {
    let mut lines: Vec<String> =
        problems.iter().map(|problem| format!("{}: {problem}", file.display())).collect();
    if has_more {
        lines.push(format!("{}: and more; reading stopped at {}", file.display(), problems.len()));
    }
    lines.join("\n")
}

//! A table that is written row by row, its form told by the file's name.

use super::{csv::CsvRows, parquet::ParquetRows};
use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// A file that only its owner reads: rows about people hold small cells.
pub(super) fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// 0 or 1.
    Outcome(String),
    /// A text that many rows share, such as a cluster's id.
    Text(String),
    /// One of these levels.
    Levels { name: String, levels: Vec<String> },
}

impl Column {
    pub fn name(&self) -> &str {
        match self {
            Column::Outcome(name) | Column::Text(name) | Column::Levels { name, .. } => name,
        }
    }
}

/// One value of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    Absent,
    Outcome(bool),
    Text(&'a str),
    /// Position in the column's levels.
    Level(u16),
}

/// Why a table was not written.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Parquet(#[from] ::parquet::errors::ParquetError),
    #[error("{0}: write .csv or .parquet")]
    Form(String),
    #[error("row {row} does not fit its columns")]
    Row { row: u64 },
}

/// A table being written.
pub enum Writer {
    Csv(CsvRows),
    Parquet(ParquetRows),
}

impl Writer {
    /// Begins a table in `path`, which must not be read before [`Writer::finish`].
    pub fn create(path: &Path, columns: Vec<Column>) -> Result<Writer, TableError> {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("csv") => Ok(Writer::Csv(CsvRows::create(path, columns)?)),
            Some("parquet") => Ok(Writer::Parquet(ParquetRows::create(path, columns)?)),
            _ => Err(TableError::Form(path.display().to_string())),
        }
    }

    /// Appends a row, a cell for each column.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), TableError> {
        match self {
            Writer::Csv(rows) => rows.row(cells),
            Writer::Parquet(rows) => rows.row(cells),
        }
    }

    /// Completes the file; answers how many rows it holds.
    pub fn finish(self) -> Result<u64, TableError> {
        match self {
            Writer::Csv(rows) => rows.finish(),
            Writer::Parquet(rows) => rows.finish(),
        }
    }
}

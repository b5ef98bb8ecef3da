//! Reading the columns of a row, by position and with a check of the kind.

use crate::error::StoreError;
use jiff::Timestamp;
use uuid::Uuid;

/// One row of an answer; lives only inside the mapping closure of a query.
pub struct Row<'a>(pub(crate) Source<'a>);

pub(crate) enum Source<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

/// What stands in one column of one row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    Null,
    Int(i64),
    Real(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
    Bool(bool),
}

impl Row<'_> {
    /// The value of column `index` (from 0). `Invalid` where the column holds another kind.
    pub fn get<T: FromValue>(&self, index: usize) -> Result<T, StoreError> {
        let cell = self.cell(index)?;
        T::from_cell(cell).ok_or_else(|| {
            StoreError::Invalid(format!("column {index} holds {}, not {}", cell.kind(), T::KIND))
        })
    }

    fn cell(&self, index: usize) -> Result<Cell<'_>, StoreError> {
        match self.0 {
            Source::Sqlite(row) => crate::db::sqlite::cell(row, index),
            Source::Postgres(row) => crate::db::postgres::cell(row, index),
        }
    }
}

impl Cell<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Cell::Null => "null",
            Cell::Int(_) => "an integer",
            Cell::Real(_) => "a real",
            Cell::Text(_) => "text",
            Cell::Bytes(_) => "bytes",
            Cell::Bool(_) => "a boolean",
        }
    }
}

/// A type that a column can be read as.
pub trait FromValue: Sized {
    /// The type's name in errors.
    const KIND: &'static str;
    /// None where the cell holds another kind.
    fn from_cell(cell: Cell<'_>) -> Option<Self>;
}

impl FromValue for i64 {
    const KIND: &'static str = "an integer";
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Int(value) => Some(value),
            _ => None,
        }
    }
}

impl FromValue for i32 {
    const KIND: &'static str = "a 32-bit integer";
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        i64::from_cell(cell)?.try_into().ok()
    }
}

impl FromValue for u32 {
    const KIND: &'static str = "an unsigned 32-bit integer";
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        i64::from_cell(cell)?.try_into().ok()
    }
}

impl FromValue for f64 {
    const KIND: &'static str = "a real";
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Real(value) => Some(value),
            _ => None,
        }
    }
}

impl FromValue for bool {
    const KIND: &'static str = "a boolean";
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Bool(value) => Some(value),
            // SQLite has no boolean type: FALSE and TRUE are 0 and 1.
            Cell::Int(0) => Some(false),
            Cell::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl FromValue for String {
    const KIND: &'static str = "text";
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Text(value) => Some(value.to_owned()),
            _ => None,
        }
    }
}

impl FromValue for Vec<u8> {
    const KIND: &'static str = "bytes";
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Bytes(value) => Some(value.to_vec()),
            _ => None,
        }
    }
}

impl<const N: usize> FromValue for [u8; N] {
    const KIND: &'static str = "bytes of the fixed length";
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Bytes(value) => value.try_into().ok(),
            _ => None,
        }
    }
}

impl FromValue for Uuid {
    const KIND: &'static str = "the 16 bytes of an id";
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        <[u8; 16]>::from_cell(cell).map(Uuid::from_bytes)
    }
}

impl FromValue for Timestamp {
    const KIND: &'static str = "a time in microseconds";
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        // A record may name a day beyond the last moment that can be written (9999-12-31, "no end").
        let micros = i64::from_cell(cell)?;
        let known = micros.clamp(Timestamp::MIN.as_microsecond(), Timestamp::MAX.as_microsecond());
        Timestamp::from_microsecond(known).ok()
    }
}

impl<T: FromValue> FromValue for Option<T> {
    const KIND: &'static str = T::KIND;
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Null => Some(None),
            cell => T::from_cell(cell).map(Some),
        }
    }
}

//! SQLite's errors in our words. Unique violations get the name PostgreSQL would give the
//! constraint, so callers can tell them apart on both engines.

use crate::error::StoreError;
use rusqlite::ffi::{self, ErrorCode};
use rusqlite::{Connection, Error};

/// Our error for SQLite's; its message holds names of tables and columns, never values.
pub(super) fn store_error(connection: &Connection, error: &Error) -> StoreError {
    let Error::SqliteFailure(failure, message) = error else {
        return other_error(error);
    };
    let message = message.clone().unwrap_or_else(|| failure.to_string());
    match failure.code {
        ErrorCode::ConstraintViolation => constraint(connection, failure.extended_code, &message),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            StoreError::Unavailable("another process holds the write lock".into())
        }
        ErrorCode::DiskFull => StoreError::Unavailable("the disk is full".into()),
        ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::OutOfMemory => {
            StoreError::Unavailable(format!("SQLite result {}", failure.extended_code))
        }
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Corrupt(message),
        ErrorCode::ReadOnly => StoreError::Invalid("a write where only reads are allowed".into()),
        _ => StoreError::Invalid(message),
    }
}

fn other_error(error: &Error) -> StoreError {
    match error {
        Error::InvalidColumnIndex(index) => StoreError::Invalid(format!("no column {index}")),
        Error::Utf8Error(..) => StoreError::Corrupt("text is not UTF-8".into()),
        Error::MultipleStatement => StoreError::Invalid("more than one statement".into()),
        Error::ExecuteReturnedResults => {
            StoreError::Invalid("execute of a statement that returns rows".into())
        }
        // The message quotes the statement, which holds no values.
        Error::SqlInputError { msg, .. } => StoreError::Invalid(msg.clone()),
        _ => StoreError::Internal("the SQLite driver refused".into()),
    }
}

fn constraint(connection: &Connection, code: i32, message: &str) -> StoreError {
    let columns = message.split_once(": ").map_or("", |(_, columns)| columns);
    match code {
        ffi::SQLITE_CONSTRAINT_UNIQUE => {
            StoreError::Conflict { constraint: unique_name(connection, columns) }
        }
        ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            let table = columns.split('.').next().unwrap_or_default();
            StoreError::Conflict { constraint: format!("{table}_pkey") }
        }
        _ => StoreError::Invalid(message.to_owned()),
    }
}

/// From `t.a, t.b` or `index 'name'` to the name of the index, or `t_a_b_key` where the constraint
/// was written in the table.
fn unique_name(connection: &Connection, columns: &str) -> String {
    if let Some(name) = columns.strip_prefix("index ") {
        return name.trim_matches('\'').to_owned();
    }
    let pairs: Vec<_> = columns.split(", ").filter_map(|pair| pair.split_once('.')).collect();
    let table = pairs.first().map_or("", |(table, _)| table);
    let names: Vec<_> = pairs.iter().map(|(_, column)| *column).collect();
    created_index(connection, table, &names)
        .ok()
        .flatten()
        .unwrap_or_else(|| format!("{table}_{}_key", names.join("_")))
}

fn created_index(connection: &Connection, table: &str, columns: &[&str]) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT l.name, (SELECT group_concat(name, ',') FROM
            (SELECT i.name FROM pragma_index_info(l.name) i ORDER BY i.seqno))
         FROM pragma_index_list(?1) l WHERE l.origin = 'c' AND l.\"unique\" = 1",
    )?;
    let mut rows = statement.query([table])?;
    while let Some(row) = rows.next()? {
        let indexed: Option<String> = row.get(1)?;
        if indexed.as_deref() == Some(columns.join(",").as_str()) {
            return row.get(0).map(Some);
        }
    }
    Ok(None)
}

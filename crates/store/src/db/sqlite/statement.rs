//! Running one statement. SQLite takes `$N` for a name, so parameters are bound by the number in
//! that name, not by the order of appearance.

use super::error::store_error;
use crate::db::row::{Cell, Row, Source};
use crate::db::value::Value;
use crate::error::StoreError;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ToSql};

/// Runs a statement that returns no rows; the number of rows it changed.
pub(crate) fn execute(connection: &Connection, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
    let mut statement = prepare(connection, sql)?;
    bind(connection, &mut statement, params)?;
    let changed = statement.raw_execute().map_err(|error| store_error(connection, &error))?;
    Ok(changed as u64)
}

/// Every row of the answer, mapped.
pub(crate) fn query<T>(
    connection: &Connection,
    sql: &str,
    params: &[Value],
    mut map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = prepare(connection, sql)?;
    bind(connection, &mut statement, params)?;
    let mut rows = statement.raw_query();
    let mut out = Vec::new();
    while let Some(row) = rows.next().map_err(|error| store_error(connection, &error))? {
        out.push(map(&Row(Source::Sqlite(row)))?);
    }
    Ok(out)
}

/// Inserts the rows one by one with one prepared statement.
pub(crate) fn insert_many(
    connection: &Connection,
    table: &str,
    columns: &[&str],
    rows: &[Vec<Value>],
) -> Result<u64, StoreError> {
    let places: Vec<String> = (1..=columns.len()).map(|number| format!("${number}")).collect();
    let sql = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), places.join(", "));
    let mut statement = prepare(connection, &sql)?;
    for row in rows {
        // The places are numbered in their order here.
        for (place, value) in row.iter().enumerate() {
            statement
                .raw_bind_parameter(place + 1, value)
                .map_err(|error| store_error(connection, &error))?;
        }
        statement.raw_execute().map_err(|error| store_error(connection, &error))?;
    }
    Ok(rows.len() as u64)
}

/// What stands in a column.
pub(crate) fn cell<'a>(row: &'a rusqlite::Row<'_>, index: usize) -> Result<Cell<'a>, StoreError> {
    let value = row.get_ref(index).map_err(|_| StoreError::Invalid(format!("no column {index}")))?;
    Ok(match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(value) => Cell::Int(value),
        ValueRef::Real(value) => Cell::Real(value),
        ValueRef::Blob(value) => Cell::Bytes(value),
        ValueRef::Text(value) => Cell::Text(
            std::str::from_utf8(value)
                .map_err(|_| StoreError::Corrupt(format!("column {index} is not UTF-8")))?,
        ),
    })
}

fn prepare<'a>(connection: &'a Connection, sql: &str) -> Result<CachedStatement<'a>, StoreError> {
    connection.prepare_cached(sql).map_err(|error| store_error(connection, &error))
}

fn bind(
    connection: &Connection,
    statement: &mut CachedStatement<'_>,
    params: &[Value],
) -> Result<(), StoreError> {
    let count = statement.parameter_count();
    if count != params.len() {
        let given = params.len();
        return Err(StoreError::Invalid(format!("{count} parameters expected, {given} given")));
    }
    for place in 1..=count {
        let value = statement
            .parameter_name(place)
            .and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok())
            .and_then(|number| params.get(number.checked_sub(1)?))
            .ok_or_else(|| StoreError::Invalid("parameters are $1, $2, ... without gaps".into()))?;
        statement.raw_bind_parameter(place, value).map_err(|error| store_error(connection, &error))?;
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(value) => ValueRef::Integer(*value),
            Value::Real(value) => ValueRef::Real(*value),
            Value::Text(value) => ValueRef::Text(value.as_bytes()),
            Value::Bytes(value) => ValueRef::Blob(value),
            Value::Id(value) => ValueRef::Blob(value),
            Value::Bool(value) => ValueRef::Integer((*value).into()),
        }))
    }
}

//! What stands in a column of a PostgreSQL row.

use crate::db::row::Cell;
use crate::error::StoreError;
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};

/// The column's value. `Invalid` for types outside the common subset, such as `numeric`.
pub(crate) fn cell(row: &Row, index: usize) -> Result<Cell<'_>, StoreError> {
    let column = row.columns().get(index).ok_or_else(|| StoreError::Invalid(format!("no column {index}")))?;
    match *column.type_() {
        Type::INT8 => read(row, index, Cell::Int),
        Type::INT4 => read(row, index, |value: i32| Cell::Int(value.into())),
        Type::INT2 => read(row, index, |value: i16| Cell::Int(value.into())),
        Type::FLOAT8 => read(row, index, Cell::Real),
        Type::FLOAT4 => read(row, index, |value: f32| Cell::Real(value.into())),
        Type::BOOL => read(row, index, Cell::Bool),
        Type::BYTEA => read(row, index, Cell::Bytes),
        Type::TEXT | Type::VARCHAR | Type::NAME | Type::BPCHAR | Type::UNKNOWN => {
            read(row, index, Cell::Text)
        }
        Type::VOID => Ok(Cell::Null),
        ref other => {
            let name = other.name();
            Err(StoreError::Invalid(format!("column {index} is {name}: CAST it in the query")))
        }
    }
}

fn read<'a, T: FromSql<'a>>(
    row: &'a Row,
    index: usize,
    cell: impl FnOnce(T) -> Cell<'a>,
) -> Result<Cell<'a>, StoreError> {
    let value: Option<T> =
        row.try_get(index).map_err(|_| StoreError::Corrupt(format!("column {index} cannot be decoded")))?;
    Ok(value.map_or(Cell::Null, cell))
}

//! Parameters for PostgreSQL. The server says each parameter's type, so a NULL fits any of them
//! and a value of another kind is refused here, by kind and not by value.

use crate::db::value::Value;
use crate::error::StoreError;
use std::fmt;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

/// A parameter whose kind does not fit the type that the server expects.
#[derive(Debug)]
pub(super) struct WrongKind {
    given: &'static str,
    expected: String,
}

impl fmt::Display for WrongKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} given where the database expects {}", self.given, self.expected)
    }
}

impl std::error::Error for WrongKind {}

type Outcome = Result<IsNull, Box<dyn std::error::Error + Sync + Send>>;

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Outcome {
        let wrong = || WrongKind { given: self.kind(), expected: ty.name().to_owned() };
        match (self, ty) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(value), &Type::INT8) => value.to_sql(ty, out),
            (Value::Int(value), &Type::INT4) => i32::try_from(*value).map_err(|_| wrong())?.to_sql(ty, out),
            (Value::Int(value), &Type::INT2) => i16::try_from(*value).map_err(|_| wrong())?.to_sql(ty, out),
            (Value::Real(value), &Type::FLOAT8) => value.to_sql(ty, out),
            (Value::Text(value), &Type::TEXT | &Type::VARCHAR | &Type::NAME | &Type::UNKNOWN) => {
                value.to_sql(ty, out)
            }
            (Value::Bytes(value), &Type::BYTEA) => value.to_sql(ty, out),
            (Value::Id(value), &Type::BYTEA) => value.as_slice().to_sql(ty, out),
            (Value::Bool(value), &Type::BOOL) => value.to_sql(ty, out),
            _ => Err(wrong().into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// The parameters as the driver wants them, after a check of their number.
pub(super) fn parameters(expected: usize, params: &[Value]) -> Result<Vec<&(dyn ToSql + Sync)>, StoreError> {
    let given = params.len();
    if expected != given {
        return Err(StoreError::Invalid(format!("{expected} parameters expected, {given} given")));
    }
    Ok(params.iter().map(|value| value as &(dyn ToSql + Sync)).collect())
}

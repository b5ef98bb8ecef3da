//! PostgreSQL's errors in our words. The server's detail lines quote row values, so only the
//! SQLSTATE, the message's kind and the constraint's name are kept.

use super::param::WrongKind;
use crate::error::StoreError;
use deadpool_postgres::PoolError;
use std::error::Error as _;
use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};

/// What a failed statement means for the transaction as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    None,
    /// The database asks for the whole transaction again.
    Again,
    /// The connection is gone.
    Lost,
}

pub(super) fn trouble(error: &Error) -> Trouble {
    let Some(code) = error.code() else {
        let io = error.source().is_some_and(|source| source.is::<std::io::Error>());
        return if error.is_closed() || io { Trouble::Lost } else { Trouble::None };
    };
    if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED {
        return Trouble::Again;
    }
    // Shutdown, crash and broken-connection codes; a prepared plan that a migration made stale
    // needs a fresh connection just the same.
    let stale = error.as_db_error().and_then(DbError::routine) == Some("RevalidateCachedQuery");
    match is_unavailable(code.code()) || stale {
        true => Trouble::Lost,
        false => Trouble::None,
    }
}

fn is_unavailable(code: &str) -> bool {
    code.starts_with("08") || code.starts_with("57P") || code == "25P03"
}

pub(super) fn store_error(error: &Error) -> StoreError {
    if let Some(failure) = error.as_db_error() {
        return server_error(failure);
    }
    if trouble(error) == Trouble::Lost {
        return StoreError::Unavailable("the connection to PostgreSQL was lost".into());
    }
    match error.source().and_then(|source| source.downcast_ref::<WrongKind>()) {
        Some(wrong) => StoreError::Invalid(wrong.to_string()),
        None => StoreError::Internal(error.to_string()),
    }
}

fn server_error(failure: &DbError) -> StoreError {
    let code = failure.code().code();
    let constraint = failure.constraint().unwrap_or("unnamed");
    match code {
        "23505" => StoreError::Conflict { constraint: constraint.to_owned() },
        "23502" => {
            let column = failure.column().unwrap_or("unnamed");
            StoreError::Invalid(format!("column {column} may not be null"))
        }
        "23503" => StoreError::Invalid(format!("foreign key {constraint} refuses the row")),
        "23514" => StoreError::Invalid(format!("check {constraint} refuses the row")),
        "40001" | "40P01" => StoreError::Unavailable("the transaction kept colliding".into()),
        "53300" => StoreError::Unavailable("PostgreSQL has no connection left".into()),
        _ if code.starts_with("53") || code.starts_with("58") || is_unavailable(code) => {
            StoreError::Unavailable(format!("PostgreSQL SQLSTATE {code}"))
        }
        // A syntax error's message quotes the statement and its names, which hold no values.
        _ if code.starts_with("42") => StoreError::Invalid(failure.message().to_owned()),
        _ if code.starts_with("XX") => StoreError::Corrupt(format!("PostgreSQL SQLSTATE {code}")),
        _ => StoreError::Invalid(format!("PostgreSQL SQLSTATE {code}")),
    }
}

/// The error of a COMMIT. Only what rolls back by definition is certain; any other failure can
/// come after the commit took effect.
pub(super) fn commit_error(error: &Error) -> StoreError {
    let code = error.code().map_or("", SqlState::code);
    match code {
        "40001" | "40P01" => store_error(error),
        _ if code.starts_with("23") => store_error(error),
        _ => StoreError::CommitUnknown,
    }
}

pub(super) fn pool_error(failure: &PoolError) -> StoreError {
    match failure {
        PoolError::Backend(error) => match error.as_db_error() {
            Some(failure) => {
                let code = failure.code().code();
                StoreError::Unavailable(format!("PostgreSQL refuses the connection ({code})"))
            }
            None => StoreError::Unavailable("no connection to PostgreSQL".into()),
        },
        PoolError::Timeout(_) => StoreError::Unavailable("no connection became free".into()),
        PoolError::Closed => StoreError::Unavailable("the database is closed".into()),
        _ => StoreError::Internal("the connection pool".into()),
    }
}

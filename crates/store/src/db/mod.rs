//! The database engine: one `Db` over SQLite and PostgreSQL, one SQL text for both.
//! Work is a synchronous closure over a `Tx` that may be run again, so it has no side effects.

mod attempt;
mod database;
mod dialect;
mod migrate;
mod options;
mod postgres;
mod row;
mod script;
mod sqlite;
mod stats;
mod tx;
mod url;
mod value;

pub use database::Db;
pub use dialect::Engine;
pub use migrate::{Migrated, Migration};
pub use options::DbOptions;
pub use postgres::Heard;
pub use row::{Cell, FromValue, Row};
pub(crate) use sqlite::raw_writer;
pub use stats::Stats;
pub use tx::Tx;
pub use url::DatabaseUrl;
pub use value::Value;

pub use crate::error::StoreError;

//! Opening a connection, and the statements that steer it.

use super::error::store_error;
use crate::error::StoreError;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where the database lies and how long to wait for another process's lock.
#[derive(Clone)]
pub(super) struct Place {
    pub path: PathBuf,
    pub wait: Duration,
    pub max_bytes: Option<u64>,
}

const CACHED_STATEMENTS: usize = 256;
/// Page cache: the writer's, and one reader's.
const WRITER_CACHE_KIB: i64 = 32 * 1024;
const READER_CACHE_KIB: i64 = 8 * 1024;
/// Pages in the log before they are moved into the database file. Word postings fall all over
/// their index, so a page is often written again before it is moved: with the default of 1000, one
/// group of sends fills the log, and moving it doubles what a send writes.
const LOG_PAGES: i64 = 8_000;
/// The log is cut back to this size after a checkpoint.
const LOG_LIMIT_BYTES: i64 = 64 * 1024 * 1024;

impl Place {
    pub fn writer(&self) -> Result<Connection, StoreError> {
        create_private(&self.path)?;
        let connection = self.open(OpenFlags::SQLITE_OPEN_READ_WRITE, WRITER_CACHE_KIB)?;
        set_up_writer(&connection, self.max_bytes).map_err(|error| store_error(&connection, &error))?;
        Ok(connection)
    }

    pub fn reader(&self) -> Result<Connection, StoreError> {
        // Opened for writing, because a reader of a WAL database writes its own lock marks.
        let connection = self.open(OpenFlags::SQLITE_OPEN_READ_WRITE, READER_CACHE_KIB)?;
        connection
            .pragma_update(None, "query_only", true)
            .map_err(|error| store_error(&connection, &error))?;
        Ok(connection)
    }

    fn open(&self, flags: OpenFlags, cache_kib: i64) -> Result<Connection, StoreError> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)
            .map_err(|_| StoreError::Unavailable("the database file cannot be opened".into()))?;
        set_up(&connection, self.wait, cache_kib).map_err(|error| store_error(&connection, &error))?;
        Ok(connection)
    }
}

fn set_up(connection: &Connection, wait: Duration, cache_kib: i64) -> rusqlite::Result<()> {
    connection.busy_timeout(wait)?;
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", -cache_kib)
}

fn set_up_writer(connection: &Connection, max_bytes: Option<u64>) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "journal_size_limit", LOG_LIMIT_BYTES)?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
    let Some(max_bytes) = max_bytes else { return Ok(()) };
    let page_bytes: u32 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    let pages = max_bytes / u64::from(page_bytes);
    connection.pragma_update(None, "max_page_count", i64::try_from(pages).unwrap_or(i64::MAX))
}

/// Creates the file readable by its owner only; SQLite gives its log files the same rights.
fn create_private(path: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .map(drop)
        .map_err(|error| StoreError::Unavailable(format!("the database file: {}", error.kind())))
}

/// Runs one statement of transaction control. Kept prepared: parsing a savepoint's two statements
/// anew costs as much as an insert.
pub(crate) fn steer(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.raw_execute())
        .map(drop)
        .map_err(|error| store_error(connection, &error))
}

/// Runs a statement that changes the schema or a setting.
pub(crate) fn control(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    connection.execute_batch(sql).map_err(|error| store_error(connection, &error))
}

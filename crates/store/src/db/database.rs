//! The handle that everyone holds: one way to write, one way to read.

use crate::db::dialect::Engine;
use crate::db::migrate::{self, Migrated, Migration};
use crate::db::options::DbOptions;
use crate::db::postgres::{Heard, Postgres};
use crate::db::sqlite::Sqlite;
use crate::db::stats::Stats;
use crate::db::tx::Tx;
use crate::db::url::DatabaseUrl;
use crate::error::StoreError;
use std::sync::Arc;
use tokio::sync::mpsc::Receiver;

/// An open database; clones share its connections.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

enum Inner {
    Sqlite(Sqlite),
    Postgres(Box<Postgres>),
}

impl Db {
    /// Opens the database; a SQLite file is created where there is none.
    pub async fn open(url: &DatabaseUrl, options: &DbOptions) -> Result<Db, StoreError> {
        let inner = match url {
            DatabaseUrl::Sqlite(path) => Inner::Sqlite(Sqlite::open(path, options).await?),
            DatabaseUrl::Postgres(place) => Inner::Postgres(Box::new(Postgres::open(place, options).await?)),
        };
        Ok(Db(Arc::new(inner)))
    }

    /// Runs the work in one write transaction and commits it. The work may be run several times,
    /// so it has no side effects; on PostgreSQL it locks its root row first (`for_update`). Its
    /// error rolls everything back. It runs to its end even where the caller stops waiting.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &*self.0 {
            Inner::Sqlite(sqlite) => sqlite.write(work, false).await,
            Inner::Postgres(postgres) => postgres.write(work).await,
        }
    }

    /// As `write`, for work known to be long: on SQLite it shares its commit with nobody.
    pub async fn write_alone<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &*self.0 {
            Inner::Sqlite(sqlite) => sqlite.write(work, true).await,
            Inner::Postgres(postgres) => postgres.write(work).await,
        }
    }

    /// Runs the work on one snapshot; it cannot write.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &*self.0 {
            Inner::Sqlite(sqlite) => sqlite.read(work).await,
            Inner::Postgres(postgres) => postgres.read(work).await,
        }
    }

    /// Brings the schema to the last of `migrations`, in one transaction. Refuses a database that
    /// is newer than them or was made by other texts.
    pub async fn migrate(&self, migrations: &[Migration]) -> Result<Migrated, StoreError> {
        migrate::run(self, migrations).await
    }

    /// Which database answers.
    pub fn engine(&self) -> Engine {
        match &*self.0 {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }

    /// What the write path has done since `open`.
    pub fn stats(&self) -> Stats {
        match &*self.0 {
            Inner::Sqlite(sqlite) => sqlite.stats(),
            Inner::Postgres(postgres) => postgres.stats(),
        }
    }

    /// Says words to the other nodes on this database, after a commit. A file has only this one.
    pub async fn say(&self, words: Vec<String>) -> Result<(), StoreError> {
        match &*self.0 {
            Inner::Sqlite(_) => Ok(()),
            Inner::Postgres(postgres) => postgres.say(words).await,
        }
    }

    /// What nodes on this database say from now on; `None` where there can be no other node.
    pub fn listen(&self) -> Option<Receiver<Heard>> {
        match &*self.0 {
            Inner::Sqlite(_) => None,
            Inner::Postgres(postgres) => Some(postgres.listen()),
        }
    }

    /// Empties SQLite's log into the database file, so that overwritten rows are in neither.
    /// `Unavailable` while a reader holds on to the log. Does nothing on PostgreSQL.
    pub async fn checkpoint(&self) -> Result<(), StoreError> {
        match &*self.0 {
            Inner::Sqlite(sqlite) => sqlite.checkpoint().await,
            Inner::Postgres(_) => Ok(()),
        }
    }

    /// Finishes waiting writes, empties the log and closes the connections. Calls through other
    /// clones answer `Unavailable` from now on.
    pub async fn close(self) {
        match &*self.0 {
            Inner::Sqlite(sqlite) => sqlite.close().await,
            Inner::Postgres(postgres) => postgres.close(),
        }
    }
}

//! The embedded engine: WAL, `synchronous=FULL`, one writer thread with group commit, a pool of
//! readers.

mod connection;
mod error;
mod group;
mod job;
mod readers;
mod statement;
mod writer;

use crate::db::options::DbOptions;
use crate::db::stats::{Counters, Stats};
use crate::db::tx::Tx;
use crate::error::StoreError;
use std::path::Path;
use std::sync::Arc;

pub(crate) use connection::{control, steer};
pub(crate) use statement::{cell, execute, insert_many, query};

/// A connection with the writer's settings and nothing around it, for measuring.
pub(crate) fn raw_writer(path: &Path) -> Result<rusqlite::Connection, StoreError> {
    let wait = DbOptions::default().wait;
    connection::Place { path: path.to_owned(), wait, max_bytes: None }.writer()
}

/// An open SQLite database.
pub(crate) struct Sqlite {
    writer: writer::Writer,
    readers: readers::Readers,
    counters: Arc<Counters>,
}

impl Sqlite {
    pub async fn open(path: &Path, options: &DbOptions) -> Result<Self, StoreError> {
        let counters = Arc::<Counters>::default();
        let place =
            connection::Place { path: path.to_owned(), wait: options.wait, max_bytes: options.max_bytes };
        let writer = writer::Writer::start(place.clone(), options.clone(), counters.clone()).await?;
        let readers = readers::Readers::new(place, options);
        Ok(Sqlite { writer, readers, counters })
    }

    pub async fn write<T, E, F>(&self, work: F, alone: bool) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.writer.write(work, alone).await
    }

    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.readers.read(work).await
    }

    pub async fn checkpoint(&self) -> Result<(), StoreError> {
        self.writer.checkpoint().await
    }

    pub async fn close(&self) {
        self.readers.close();
        self.writer.close().await;
    }

    pub fn stats(&self) -> Stats {
        self.counters.read()
    }
}

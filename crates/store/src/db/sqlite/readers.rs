//! The pool of reading connections. A read sees one snapshot for its whole closure.

use super::connection::{Place, steer};
use crate::db::attempt::attempt;
use crate::db::options::DbOptions;
use crate::db::tx::{Backend, Tx};
use crate::error::StoreError;
use rusqlite::Connection;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub(super) struct Readers {
    shared: Arc<Shared>,
    places: Arc<Semaphore>,
    wait: Duration,
}

struct Shared {
    place: Place,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub fn new(place: Place, options: &DbOptions) -> Self {
        let shared = Shared { place, idle: Mutex::new(Vec::new()) };
        Readers {
            shared: Arc::new(shared),
            places: Arc::new(Semaphore::new(options.connections.max(1))),
            wait: options.wait,
        }
    }

    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let place = self.place().await?;
        let shared = self.shared.clone();
        let read = tokio::task::spawn_blocking(move || {
            let _place = place;
            let connection = shared.take()?;
            steer(&connection, "BEGIN DEFERRED")?;
            let outcome = attempt(work, &mut Tx::new(Backend::Sqlite(&connection)));
            // A connection that cannot end its snapshot is closed instead of kept.
            if connection.is_autocommit() || steer(&connection, "ROLLBACK").is_ok() {
                shared.give_back(connection);
            }
            outcome
        });
        read.await.unwrap_or_else(|_| Err(StoreError::Internal("the read did not finish".into()).into()))
    }

    /// No further reads; connections close as they come back.
    pub fn close(&self) {
        self.places.close();
        self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, StoreError> {
        match tokio::time::timeout(self.wait, self.places.clone().acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) => Err(StoreError::Unavailable("the database is closed".into())),
            Err(_) => Err(StoreError::Unavailable("no reader became free".into())),
        }
    }
}

impl Shared {
    fn take(&self) -> Result<Connection, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| self.place.reader(), Ok)
    }

    fn give_back(&self, connection: Connection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }
}

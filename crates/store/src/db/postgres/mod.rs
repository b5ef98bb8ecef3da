//! The engine for more than one machine: a pool of connections, each write one READ COMMITTED
//! transaction that is run again after a deadlock or serialization failure, each read one
//! REPEATABLE READ snapshot.

mod cell;
mod copy;
mod error;
mod param;
mod session;
mod tls;
mod transaction;
mod word;

use crate::db::options::DbOptions;
use crate::db::stats::{Counters, Stats};
use crate::db::url::PostgresPlace;
use crate::error::StoreError;
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use std::sync::Arc;
use std::time::Duration;

pub(crate) use cell::cell;
pub(crate) use session::Session;
pub use word::Heard;

/// Runs one statement on the cluster outside any transaction, as making a database needs.
pub(crate) async fn administer(place: &PostgresPlace, sql: &str) -> Result<(), StoreError> {
    let tls = tls::connector(place.root_certificate.as_deref())?;
    let connected = place.config.connect(tls).await.map_err(|error| error::store_error(&error));
    let (client, connection) = connected?;
    let connection = tokio::spawn(connection);
    let done = client.batch_execute(sql).await.map_err(|error| error::store_error(&error));
    drop(client);
    // The connection ends with its client.
    let _ = connection.await;
    done
}

/// An open PostgreSQL database.
pub(crate) struct Postgres {
    pool: Pool,
    /// For the connection that listens, which is no part of the pool.
    place: PostgresPlace,
    counters: Arc<Counters>,
    slow: Duration,
}

impl Postgres {
    /// Makes the pool and its first connection, so that a wrong URL fails here.
    pub async fn open(place: &PostgresPlace, options: &DbOptions) -> Result<Self, StoreError> {
        let tls = tls::connector(place.root_certificate.as_deref())?;
        // A connection that died while it was idle is found by its closed socket.
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_config(place.config.clone(), tls, recycling);
        let pool = Pool::builder(manager)
            .max_size(options.connections.max(1))
            .wait_timeout(Some(options.wait))
            .create_timeout(Some(options.wait))
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|_| StoreError::Internal("the connection pool".into()))?;
        let postgres = Postgres { pool, place: place.clone(), counters: Arc::default(), slow: options.slow };
        drop(postgres.connection().await?);
        Ok(postgres)
    }

    async fn connection(&self) -> Result<Object, StoreError> {
        self.pool.get().await.map_err(|failure| error::pool_error(&failure))
    }

    pub fn close(&self) {
        self.pool.close();
    }

    pub fn stats(&self) -> Stats {
        self.counters.read()
    }
}

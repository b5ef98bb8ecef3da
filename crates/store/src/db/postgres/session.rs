//! One connection in one transaction, driven from a blocking thread. A connection whose
//! transaction was not ended properly never goes back to the pool.

use super::error::{Trouble, commit_error, store_error, trouble};
use super::param::parameters;
use crate::db::row::{Row, Source};
use crate::db::tx::only;
use crate::db::value::Value;
use crate::error::StoreError;
use deadpool_postgres::Object;
use futures_util::future::try_join_all;
use tokio::runtime::Handle;
use tokio_postgres::{Error, Statement};
use tokio_stream::StreamExt;

/// A connection lent to one transaction.
pub(crate) struct Session {
    /// None only while it is dropped.
    pub(super) client: Option<Object>,
    pub(super) handle: Handle,
    is_open: bool,
    trouble: Trouble,
}

impl Session {
    /// Takes the connection and begins a transaction on it with `begin`.
    pub(super) async fn begin(client: Object, begin: &str) -> (Self, Result<(), StoreError>) {
        // The session exists before the first await: a caller that goes away here must not hand a
        // connection with an open transaction back to the pool.
        let handle = Handle::current();
        let mut session = Session { client: Some(client), handle, is_open: true, trouble: Trouble::None };
        let begun = match session.client() {
            Ok(client) => Ok(client.batch_execute(begin).await),
            Err(error) => Err(error),
        };
        let begun = begun.and_then(|outcome| session.checked(outcome));
        (session, begun)
    }

    /// What the failures so far mean for the whole transaction.
    pub(super) fn trouble(&self) -> Trouble {
        self.trouble
    }

    pub(super) fn commit(mut self) -> (Trouble, Result<(), StoreError>) {
        let outcome = match self.client.as_ref() {
            Some(client) => self.handle.block_on(client.batch_execute("COMMIT")),
            None => return (Trouble::Lost, Err(lost())),
        };
        match outcome {
            Ok(()) => {
                self.is_open = false;
                (Trouble::None, Ok(()))
            }
            Err(error) => {
                let answer = commit_error(&error);
                let certain = answer != StoreError::CommitUnknown;
                let trouble = if certain { trouble(&error) } else { Trouble::None };
                (trouble, Err(answer))
            }
        }
    }

    pub(super) fn roll_back(mut self) {
        if self.trouble != Trouble::Lost && self.control("ROLLBACK").is_ok() {
            self.is_open = false;
        }
    }

    pub fn control(&mut self, sql: &str) -> Result<(), StoreError> {
        let outcome = self.handle.block_on(self.client()?.batch_execute(sql));
        self.checked(outcome)
    }

    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let statement = self.prepare(sql)?;
        let params = parameters(statement.params().len(), params)?;
        let outcome = self.handle.block_on(self.client()?.execute(&statement, &params));
        self.checked(outcome)
    }

    pub fn query<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        mut map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let statement = self.prepare(sql)?;
        let params = parameters(statement.params().len(), params)?;
        let client = self.client()?;
        let outcome = self.handle.block_on(async {
            // Row by row, so that a long answer is not held twice.
            let mut rows = std::pin::pin!(client.query_raw(&statement, params).await?);
            let mut out = Vec::new();
            while let Some(row) = rows.next().await {
                match map(&Row(Source::Postgres(&row?))) {
                    Ok(mapped) => out.push(mapped),
                    Err(error) => return Ok(Err(error)),
                }
            }
            Ok(Ok(out))
        });
        self.checked(outcome)?
    }

    /// The questions are sent one behind the other before the first answer is awaited.
    pub fn query_opt_each<T>(
        &mut self,
        sql: &str,
        each: &[Vec<Value>],
        mut map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<Option<T>>, StoreError> {
        let statement = self.prepare(sql)?;
        let expected = statement.params().len();
        let each: Vec<_> =
            each.iter().map(|params| parameters(expected, params)).collect::<Result<_, _>>()?;
        let client = self.client()?;
        let asked = each.iter().map(|params| client.query(&statement, params));
        let outcome = self.handle.block_on(try_join_all(asked));
        let mut row = |row: &tokio_postgres::Row| map(&Row(Source::Postgres(row)));
        self.checked(outcome)?
            .iter()
            .map(|rows| only(rows.iter().map(&mut row).collect::<Result<_, _>>()?))
            .collect()
    }

    pub(super) fn prepare(&mut self, sql: &str) -> Result<Statement, StoreError> {
        let outcome = self.handle.block_on(self.client()?.prepare_cached(sql));
        self.checked(outcome)
    }

    pub(super) fn client(&self) -> Result<&Object, StoreError> {
        self.client.as_ref().ok_or_else(lost)
    }

    pub(super) fn checked<T>(&mut self, outcome: Result<T, Error>) -> Result<T, StoreError> {
        outcome.map_err(|error| {
            let trouble = trouble(&error);
            if trouble != Trouble::None {
                self.trouble = trouble;
            }
            store_error(&error)
        })
    }
}

fn lost() -> StoreError {
    StoreError::Unavailable("the connection to PostgreSQL was lost".into())
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(client) = self.client.take()
            && self.is_open
        {
            // Taken out of the pool, the connection closes and the server rolls back.
            drop(Object::take(client));
        }
    }
}

//! An open transaction as the work sees it. A failed statement fails the transaction, on both
//! engines alike, unless it happened inside a savepoint.

use crate::db::dialect::{Engine, check_name, check_statement};
use crate::db::row::Row;
use crate::db::value::{Value, check_values};
use crate::db::{postgres, sqlite};
use crate::error::StoreError;

/// An open transaction.
pub struct Tx<'a> {
    backend: Backend<'a>,
    aborted: bool,
    depth: usize,
    /// No savepoint is made: an error inside one spoils the transaction, whose work is then run
    /// again with savepoints.
    bold: bool,
    /// The database could not do a statement: a full disk, a lost connection.
    refused: bool,
    /// While it is there, every statement leaves its plan here.
    #[cfg(feature = "testing")]
    plans: Option<Vec<Planned>>,
}

/// A statement that was run, and the lines of its plan.
#[cfg(feature = "testing")]
type Planned = (String, Vec<String>);

pub(crate) enum Backend<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(&'a mut postgres::Session),
}

impl<'a> Tx<'a> {
    pub(crate) fn new(backend: Backend<'a>) -> Self {
        Tx {
            backend,
            aborted: false,
            depth: 0,
            bold: false,
            refused: false,
            #[cfg(feature = "testing")]
            plans: None,
        }
    }

    /// A transaction that makes no savepoints.
    pub(crate) fn bold(backend: Backend<'a>) -> Self {
        Tx { bold: true, ..Tx::new(backend) }
    }

    pub(crate) fn is_aborted(&self) -> bool {
        self.aborted
    }

    pub(crate) fn is_refused(&self) -> bool {
        self.refused
    }

    /// Which database answers.
    pub fn engine(&self) -> Engine {
        match self.backend {
            Backend::Sqlite(_) => Engine::Sqlite,
            Backend::Postgres(_) => Engine::Postgres,
        }
    }

    /// The suffix of a SELECT that locks the root row; empty on SQLite, which has one writer.
    pub fn for_update(&self) -> &'static str {
        self.engine().for_update()
    }

    /// The suffix of a SELECT that claims rows nobody else has claimed; empty on SQLite.
    pub fn skip_locked(&self) -> &'static str {
        self.engine().skip_locked()
    }

    /// Runs a statement that returns no rows; the number of rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        self.statement(sql, params, |backend| match backend {
            Backend::Sqlite(connection) => sqlite::execute(connection, sql, params),
            Backend::Postgres(session) => session.execute(sql, params),
        })
    }

    /// Every row of the answer, mapped.
    pub fn query<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.statement(sql, params, |backend| match backend {
            Backend::Sqlite(connection) => sqlite::query(connection, sql, params, map),
            Backend::Postgres(session) => session.query(sql, params, map),
        })
    }

    /// The only row of the answer, or None. `Invalid` where there are more.
    pub fn query_opt<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        only(self.query(sql, params, map)?)
    }

    /// The only row of the answer. `Invalid` where there is none or more than one.
    pub fn query_one<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.query_opt(sql, params, map)?
            .ok_or_else(|| StoreError::Invalid("no row where one was expected".into()))
    }

    /// Asks the same with each set of parameters: the only row of each answer, or None, in their order.
    /// On PostgreSQL the questions travel together, so that all of them wait for one round trip.
    pub fn query_opt_each<T>(
        &mut self,
        sql: &str,
        each: &[Vec<Value>],
        mut map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<Option<T>>, StoreError> {
        let Some(first) = each.first() else { return Ok(Vec::new()) };
        each.iter().try_for_each(|params| check_values(params))?;
        self.statement(sql, first, |backend| match backend {
            Backend::Sqlite(connection) => {
                each.iter().map(|params| only(sqlite::query(connection, sql, params, &mut map)?)).collect()
            }
            Backend::Postgres(session) => session.query_opt_each(sql, each, map),
        })
    }

    /// Inserts many rows at once: a prepared loop on SQLite, a binary COPY on PostgreSQL.
    pub fn insert_many(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: &[Vec<Value>],
    ) -> Result<u64, StoreError> {
        check_name(table)?;
        columns.iter().try_for_each(|column| check_name(column))?;
        if rows.iter().any(|row| row.len() != columns.len()) {
            return Err(StoreError::Invalid("a row has not one value per column".into()));
        }
        rows.iter().try_for_each(|row| check_values(row))?;
        if rows.is_empty() {
            return Ok(0);
        }
        self.guarded(|backend| match backend {
            Backend::Sqlite(connection) => sqlite::insert_many(connection, table, columns, rows),
            Backend::Postgres(session) => session.insert_many(table, columns, rows),
        })
    }

    /// Runs `inner` in a savepoint: its error undoes what it did, and the outer transaction stands.
    pub fn savepoint<T, E: From<StoreError>>(
        &mut self,
        inner: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.bold {
            let outcome = inner(self);
            self.aborted |= outcome.is_err();
            return outcome;
        }
        let name = format!("inner_{}", self.depth);
        self.steer(&format!("SAVEPOINT {name}"))?;
        self.depth += 1;
        let outcome = inner(self);
        self.depth -= 1;
        if outcome.is_ok() && !self.aborted {
            self.steer(&format!("RELEASE SAVEPOINT {name}"))?;
            return outcome;
        }
        // Where even this fails, the transaction stays failed and the first error is the telling one.
        let undone = self.undo(&name);
        outcome?;
        undone?;
        Err(StoreError::Internal("a failed statement was passed over".into()).into())
    }

    fn undo(&mut self, name: &str) -> Result<(), StoreError> {
        self.aborted = false;
        self.steer(&format!("ROLLBACK TO SAVEPOINT {name}"))?;
        self.steer(&format!("RELEASE SAVEPOINT {name}"))
    }

    /// The plan of a query, one line per step, with sequential scans and sorts avoided where the
    /// engine can: it tells whether an index serves the query, however small the tables are.
    pub fn plan(&mut self, sql: &str, params: &[Value]) -> Result<Vec<String>, StoreError> {
        match self.engine() {
            Engine::Sqlite => self.query(&format!("EXPLAIN QUERY PLAN {sql}"), params, |row| row.get(3)),
            Engine::Postgres => {
                for way in ["seqscan", "sort", "bitmapscan"] {
                    self.control(&format!("SET LOCAL enable_{way} = off"))?;
                }
                self.query(&format!("EXPLAIN {sql}"), params, |row| row.get(0))
            }
        }
    }

    /// The statements that `work` runs, each with its plan: a test reads there whether an index
    /// serves what really runs.
    #[cfg(feature = "testing")]
    pub fn plans_of<T>(
        &mut self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<Planned>, StoreError> {
        self.plans = Some(Vec::new());
        let outcome = work(self);
        let plans = self.plans.take().unwrap_or_default();
        outcome.map(|_| plans)
    }

    #[cfg(feature = "testing")]
    fn note_plan(&mut self, sql: &str, params: &[Value]) -> Result<(), StoreError> {
        let Some(mut plans) = self.plans.take() else { return Ok(()) };
        plans.push((sql.to_owned(), self.plan(sql, params)?));
        self.plans = Some(plans);
        Ok(())
    }

    /// Begins or ends a savepoint.
    fn steer(&mut self, sql: &str) -> Result<(), StoreError> {
        self.guarded(|backend| match backend {
            Backend::Sqlite(connection) => sqlite::steer(connection, sql),
            Backend::Postgres(session) => session.control(sql),
        })
    }

    /// A statement that changes a setting or the schema.
    pub(crate) fn control(&mut self, sql: &str) -> Result<(), StoreError> {
        self.guarded(|backend| match backend {
            Backend::Sqlite(connection) => sqlite::control(connection, sql),
            Backend::Postgres(session) => session.control(sql),
        })
    }

    fn statement<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        run: impl FnOnce(&mut Backend<'a>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        check_statement(sql)?;
        check_values(params)?;
        #[cfg(feature = "testing")]
        self.note_plan(sql, params)?;
        self.guarded(run)
    }

    fn guarded<T>(
        &mut self,
        run: impl FnOnce(&mut Backend<'a>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self.aborted {
            return Err(StoreError::Internal("a statement after a failed one".into()));
        }
        let outcome = run(&mut self.backend);
        self.aborted = outcome.is_err();
        self.refused |= matches!(outcome, Err(StoreError::Unavailable(_)));
        outcome
    }
}

/// The only row of an answer, or None.
pub(crate) fn only<T>(mut rows: Vec<T>) -> Result<Option<T>, StoreError> {
    match rows.len() {
        0 | 1 => Ok(rows.pop()),
        _ => Err(StoreError::Invalid("more than one row where one was expected".into())),
    }
}

//! Rows in PostgreSQL: one statement groups them there, on one snapshot, and only counts come back.

use crate::cli::outcome::Failure;
use store::StoreError;
use store::db::{DatabaseUrl, Db, DbOptions, Row as Found};
use study::source::{Columns, Reading};
use study::sql::{Answer, Dialect, Row, statement};

/// Groups the rows of a table or `(query)`.
pub fn read(url: &str, from: &str, columns: &Columns) -> Result<Reading, Failure> {
    let url: DatabaseUrl = url.parse().map_err(|error: StoreError| Failure::usage(error.to_string()))?;
    if matches!(url, DatabaseUrl::Sqlite(_)) {
        return Err(Failure::usage("--database wants a postgres:// URL"));
    }
    let sql = statement(columns, from, Dialect::Postgres);
    let columns = columns.clone();
    let answer = async move {
        let options = DbOptions { connections: 1, ..DbOptions::default() };
        let db = Db::open(&url, &options).await?;
        let answer = db.read(move |tx| ask(tx, &sql, &columns)).await;
        db.close().await;
        answer
    };
    let handle = tokio::runtime::Handle::current();
    handle.block_on(answer)?.map_err(|error| Failure::failed(error.to_string()))
}

type Asked = Result<Reading, study::sql::AnswerError>;

fn ask(tx: &mut store::db::Tx<'_>, sql: &str, columns: &Columns) -> Result<Asked, StoreError> {
    let mut answer = Answer::new(columns);
    let width = columns.covariates.len();
    let mut taken = Ok(());
    tx.query(sql, &[], |found| {
        let row = row(found, width)?;
        if taken.is_ok() {
            taken = answer.row(&row);
        }
        Ok(())
    })?;
    Ok(taken.and_then(|()| answer.finish()))
}

fn row(found: &Found<'_>, width: usize) -> Result<Row, StoreError> {
    Ok(Row {
        step: found.get(0)?,
        cluster: found.get(1)?,
        levels: (0..width).map(|at| found.get(at + 2)).collect::<Result<_, StoreError>>()?,
        n: found.get(width + 2)?,
        events: found.get(width + 3)?,
    })
}

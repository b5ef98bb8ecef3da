//! Many rows at once: a few as one multi-row INSERT, more as a binary COPY.

use super::session::Session;
use crate::db::value::Value;
use crate::error::StoreError;
use tokio_postgres::Error;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;

/// Below this a COPY's extra round trip costs more than it saves; each number of rows is a
/// prepared statement of its own.
const COPY_FROM_ROWS: usize = 8;

impl Session {
    pub fn insert_many(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: &[Vec<Value>],
    ) -> Result<u64, StoreError> {
        if rows.len() < COPY_FROM_ROWS {
            let params: Vec<Value> = rows.iter().flatten().cloned().collect();
            return self.execute(&insert_sql(table, columns, rows.len()), &params);
        }
        let types = self.column_types(table, columns)?;
        let copy = format!("COPY {table} ({}) FROM STDIN BINARY", columns.join(", "));
        let outcome = self.handle.block_on(async {
            let client = self.client()?;
            Ok::<_, StoreError>(copy_in(client, &copy, &types, rows).await)
        })?;
        self.checked(outcome)
    }

    fn column_types(&mut self, table: &str, columns: &[&str]) -> Result<Vec<Type>, StoreError> {
        let probe = self.prepare(&format!("SELECT {} FROM {table}", columns.join(", ")))?;
        Ok(probe.columns().iter().map(|column| column.type_().clone()).collect())
    }
}

async fn copy_in(
    client: &tokio_postgres::Client,
    copy: &str,
    types: &[Type],
    rows: &[Vec<Value>],
) -> Result<u64, Error> {
    let sink = client.copy_in(copy).await?;
    let mut writer = std::pin::pin!(BinaryCopyInWriter::new(sink, types));
    for row in rows {
        let row: Vec<_> = row.iter().map(|value| value as _).collect();
        writer.as_mut().write(&row).await?;
    }
    writer.finish().await
}

fn insert_sql(table: &str, columns: &[&str], rows: usize) -> String {
    let width = columns.len();
    let row = |row: usize| {
        let places: Vec<_> = (1..=width).map(|at| format!("${}", row * width + at)).collect();
        format!("({})", places.join(", "))
    };
    let places: Vec<_> = (0..rows).map(row).collect();
    format!("INSERT INTO {table} ({}) VALUES {}", columns.join(", "), places.join(", "))
}

//! How many bytes of the disk each table and each index takes, as the engine counts its own pages.

use crate::db::{Engine, StoreError, Tx};

/// A table or an index. A clustered SQLite table is its own primary index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    pub table: String,
    /// `None` for the table itself.
    pub index: Option<String>,
    pub bytes: i64,
}

const SQLITE: &str = "SELECT m.tbl_name, CASE WHEN m.type = 'index' THEN m.name END, SUM(s.pgsize)
     FROM dbstat s JOIN sqlite_schema m ON m.name = s.name GROUP BY m.name ORDER BY m.name";

const POSTGRES: &str = "SELECT CAST(t.relname AS TEXT), CAST(NULL AS TEXT), pg_table_size(t.oid)
     FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE t.relkind = 'r' AND n.nspname = 'public'
     UNION ALL
     SELECT CAST(t.relname AS TEXT), CAST(i.relname AS TEXT), pg_relation_size(i.oid)
     FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
     JOIN pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = 'public'";

/// The size of every table and index.
pub fn sizes(tx: &mut Tx<'_>) -> Result<Vec<Relation>, StoreError> {
    let sql = match tx.engine() {
        Engine::Sqlite => SQLITE,
        Engine::Postgres => POSTGRES,
    };
    tx.query(sql, &[], |row| Ok(Relation { table: row.get(0)?, index: row.get(1)?, bytes: row.get(2)? }))
}

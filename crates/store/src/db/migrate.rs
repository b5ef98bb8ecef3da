//! Numbered, append-only schema steps, one text for both engines. Each applied step is kept with
//! the checksum of its text; a step that was applied never changes.

use crate::db::database::Db;
use crate::db::script::statements;
use crate::db::tx::Tx;
use crate::db::{dialect::Engine, value::Value};
use crate::error::StoreError;
use ring::digest::{SHA256, digest};

/// One step of the schema. Its text uses BIGINT, BYTEA, BOOLEAN, DOUBLE PRECISION and TEXT;
/// `/* clustered */` in a CREATE TABLE stores rows in key order on SQLite; `/* sqlite */` or
/// `/* postgres */` before a statement keeps it from the other engine.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Rising from one step to the next.
    pub number: u32,
    /// What the step does, in a few words.
    pub name: &'static str,
    /// The statements, each ended by a semicolon.
    pub sql: &'static str,
}

/// What a call of `migrate` found and did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrated {
    /// The numbers of the steps applied by this call.
    pub applied: Vec<u32>,
    /// The number of the last step in the database; 0 for none.
    pub current: u32,
}

struct Applied {
    number: u32,
    checksum: Vec<u8>,
}

/// Two programs that start at once must not both migrate: an arbitrary key of PostgreSQL's
/// advisory locks.
const LOCK_KEY: i64 = 0x5a4d_4543_4841_5254;

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS schema_migration (
    number BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    checksum BYTEA NOT NULL,
    applied_at BIGINT NOT NULL)";

pub(crate) async fn run(db: &Db, migrations: &[Migration]) -> Result<Migrated, StoreError> {
    if !migrations.is_sorted_by(|a, b| a.number < b.number) {
        return Err(StoreError::Migration("the numbers do not rise".into()));
    }
    let migrations = migrations.to_vec();
    db.write_alone(move |tx| {
        lock(tx)?;
        apply(tx, LEDGER)?;
        let applied = ledger(tx)?;
        let pending = pending(&migrations, &applied)?;
        for migration in pending {
            step(tx, migration)?;
        }
        let current = migrations.last().map_or(0, |migration| migration.number);
        Ok(Migrated { applied: pending.iter().map(|migration| migration.number).collect(), current })
    })
    .await
}

fn lock(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    if tx.engine() == Engine::Postgres {
        tx.query("SELECT pg_advisory_xact_lock($1)", &[LOCK_KEY.into()], |_| Ok(()))?;
    }
    Ok(())
}

fn ledger(tx: &mut Tx<'_>) -> Result<Vec<Applied>, StoreError> {
    tx.query("SELECT number, checksum FROM schema_migration ORDER BY number", &[], |row| {
        Ok(Applied { number: row.get(0)?, checksum: row.get(1)? })
    })
}

/// The steps after the applied ones, which must be the first of `migrations`, unchanged.
fn pending<'a>(migrations: &'a [Migration], applied: &[Applied]) -> Result<&'a [Migration], StoreError> {
    let last = migrations.last().map_or(0, |migration| migration.number);
    if let Some(newer) = applied.last().filter(|applied| applied.number > last) {
        let number = newer.number;
        return Err(StoreError::Migration(format!(
            "the database is at step {number}, this program knows {last}: use a newer program"
        )));
    }
    for (position, applied) in applied.iter().enumerate() {
        let known = migrations.get(position).filter(|known| known.number == applied.number);
        let unchanged = known.is_some_and(|known| checksum(known) == applied.checksum);
        if !unchanged {
            let number = applied.number;
            return Err(StoreError::Migration(format!(
                "step {number} was applied with another text than this program's"
            )));
        }
    }
    Ok(&migrations[applied.len()..])
}

fn step(tx: &mut Tx<'_>, migration: &Migration) -> Result<(), StoreError> {
    let Migration { number, name, sql } = migration;
    apply(tx, sql).map_err(|error| StoreError::Migration(format!("step {number} ({name}): {error}")))?;
    let now = tx.engine().now_micros();
    let insert = format!(
        "INSERT INTO schema_migration (number, name, checksum, applied_at)
         VALUES ($1, $2, $3, {now})"
    );
    let params = [(*number).into(), (*name).into(), Value::Bytes(checksum(migration))];
    tx.execute(&insert, &params).map(drop)
}

fn apply(tx: &mut Tx<'_>, sql: &str) -> Result<(), StoreError> {
    for statement in statements(sql) {
        if let Some(statement) = tx.engine().translate(&statement)? {
            tx.control(&statement)?;
        }
    }
    Ok(())
}

fn checksum(migration: &Migration) -> Vec<u8> {
    digest(&SHA256, migration.sql.as_bytes()).as_ref().to_vec()
}

//! What the runner writes. Each call is made in a transaction that has kept the runner's lease.

use super::report::{self, ReportFile};
use super::row::{COLUMNS, StudyRun, read};
use crate::db::{StoreError, Tx};
use crate::params;
use crate::vault::Vault;
use domain::id::StudyRunId;
use domain::study_run::{RunFailure, RunStage};
use jiff::Timestamp;

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub stage: RunStage,
    pub people_read: i64,
    pub people: i64,
}

/// Whether a run waits, or was begun and not ended.
pub fn is_any_open(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM study_run WHERE state IN ('waiting', 'running') LIMIT 1";
    Ok(!tx.query(sql, &[], |row| row.get::<i64>(0))?.is_empty())
}

/// Whoever has the lease and works on no run ends those that are still marked as running: their node is gone,
/// or was told to stop. How many there were.
pub fn stop_abandoned(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute(
        "UPDATE study_run SET state = 'failed', failure = $2, ended_at = $1 WHERE state = 'running'",
        params![now, RunFailure::Stopped.word()],
    )
}

/// The oldest run that waits, which now runs; its data are those of `now`.
pub fn claim(
    tx: &mut Tx<'_>,
    vault: &Vault,
    program: &str,
    now: Timestamp,
) -> Result<Option<StudyRun>, StoreError> {
    let oldest: Vec<StudyRunId> =
        tx.query("SELECT id FROM study_run WHERE state = 'waiting' ORDER BY id LIMIT 1", &[], |row| {
            row.get(0)
        })?;
    let Some(id) = oldest.first() else { return Ok(None) };
    let sql = format!(
        "UPDATE study_run SET state = 'running', stage = $4, program = $2, data_at = $3
         WHERE id = $1 AND state = 'waiting' RETURNING {COLUMNS}"
    );
    tx.query_opt(&sql, params![*id, program, now, RunStage::default().word()], |row| read(row, vault))
}

/// Notes how far a run is.
pub fn progress(tx: &mut Tx<'_>, id: StudyRunId, now: &Progress) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE study_run SET stage = $2, people_read = $3, people = $4 WHERE id = $1 AND state = 'running'",
        params![id, now.stage.word(), now.people_read, now.people],
    )?;
    Ok(())
}

/// Keeps the report of a run that is done.
pub fn finish(
    tx: &mut Tx<'_>,
    vault: &Vault,
    (id, files): (StudyRunId, &[ReportFile]),
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE study_run SET state = 'done', ended_at = $2 WHERE id = $1 AND state = 'running'";
    match tx.execute(sql, params![id, now])? {
        1 => report::keep(tx, vault, id, files),
        _ => Err(StoreError::Conflict { constraint: "study_run".into() }),
    }
}

/// Notes that a run failed, and why.
pub fn fail(
    tx: &mut Tx<'_>,
    vault: &Vault,
    (id, failure, reason): (StudyRunId, RunFailure, Option<&str>),
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(run) = super::load(tx, vault, id)? else { return Ok(()) };
    let content = super::Content { reason: reason.map(str::to_owned), ..run.content };
    let version: i64 =
        tx.query_one("SELECT version FROM study_run WHERE id = $1", params![id], |row| row.get(0))?;
    let sealed = content.seal(vault, (&id, version + 1))?;
    tx.execute(
        "UPDATE study_run SET state = 'failed', failure = $2, ended_at = $3, version = $4, content = $5
         WHERE id = $1 AND state = 'running'",
        params![id, failure.word(), now, version + 1, sealed],
    )?;
    Ok(())
}

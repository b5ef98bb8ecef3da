//! Runs of studies on the record, newest first. Rule: a run is claimed and written to under the runner's lease
//! only, so that one node at a time works on one run; a run whose holder is gone has failed.

mod report;
mod row;
mod work;

pub use report::{ReportFile, files};
pub use row::{Content, NewRun, StudyRun};
pub use work::{Progress, claim, fail, finish, is_any_open, progress, stop_abandoned};

use crate::db::{StoreError, Tx};
use crate::params;
use crate::seal::{Dictionary, Place, open, seal};
use crate::study_key::StudyKey;
use crate::vault::Vault;
use domain::id::{AccountId, StudyRunId};
use row::{COLUMNS, read};

fn key_place(id: &StudyRunId) -> Place<'_> {
    Place::of_organisation("study_run", id.0.as_bytes(), "run_key")
}

/// Keeps a run that waits to be done.
pub fn insert(tx: &mut Tx<'_>, vault: &Vault, new: &NewRun) -> Result<(), StoreError> {
    let keys = vault.organisation().data();
    let content = new.content.seal(vault, (&new.id, 1))?;
    let run_key = seal(keys, key_place(&new.id), Dictionary::Raw, new.key.bytes())?;
    tx.execute(
        "INSERT INTO study_run (id, asked_by_id, asked_at, protocol_hash, seed, state, people_read, people, version,
            content, run_key)
         VALUES ($1, $2, $3, $4, $5, 'waiting', 0, 0, 1, $6, $7)",
        params![new.id, new.asked_by, new.asked_at, &new.protocol_hash, new.seed, content, run_key],
    )?;
    Ok(())
}

/// A run.
pub fn load(tx: &mut Tx<'_>, vault: &Vault, id: StudyRunId) -> Result<Option<StudyRun>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM study_run WHERE id = $1");
    tx.query_opt(&sql, params![id], |row| read(row, vault))
}

/// Runs before a place, newest first: their ids begin with the time of asking.
pub fn before(
    tx: &mut Tx<'_>,
    vault: &Vault,
    before: Option<StudyRunId>,
    limit: usize,
) -> Result<Vec<StudyRun>, StoreError> {
    let place = StudyRunId(before.map_or(uuid::Uuid::max(), |id| id.0));
    let sql = format!("SELECT {COLUMNS} FROM study_run WHERE id < $1 ORDER BY id DESC LIMIT {limit}");
    tx.query(&sql, params![place], |row| read(row, vault))
}

/// The key of a run; `None` where it was destroyed.
pub fn key(tx: &mut Tx<'_>, vault: &Vault, id: StudyRunId) -> Result<Option<StudyKey>, StoreError> {
    let sealed: Option<Option<Vec<u8>>> =
        tx.query_opt("SELECT run_key FROM study_run WHERE id = $1", params![id], |row| row.get(0))?;
    let Some(sealed) = sealed.flatten() else { return Ok(None) };
    let bytes = open(vault.organisation().data(), key_place(&id), &sealed)?;
    StudyKey::from_bytes(&bytes).map(Some).ok_or_else(|| StoreError::Corrupt("a study's key".into()))
}

/// Destroys a run's key, and the seed that it came from; false where there is none any more.
pub fn destroy_key(tx: &mut Tx<'_>, id: StudyRunId) -> Result<bool, StoreError> {
    let sql = "UPDATE study_run SET run_key = NULL, seed = NULL WHERE id = $1 AND run_key IS NOT NULL";
    Ok(tx.execute(sql, params![id])? == 1)
}

/// A run of this protocol that the same asker has waiting or running.
pub fn open_twin(
    tx: &mut Tx<'_>,
    (asked_by, protocol_hash, seed): (Option<AccountId>, &str, Option<i64>),
) -> Result<Option<StudyRunId>, StoreError> {
    let open: Vec<(StudyRunId, Option<AccountId>, Option<i64>)> = tx.query(
        "SELECT id, asked_by_id, seed FROM study_run
         WHERE state IN ('waiting', 'running') AND protocol_hash = $1 ORDER BY id",
        params![protocol_hash],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    Ok(open.into_iter().find(|(_, by, with)| (*by, *with) == (asked_by, seed)).map(|(id, _, _)| id))
}

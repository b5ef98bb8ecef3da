//! The files of a done run, sealed as one: they repeat what the protocol's authors typed.

use crate::db::{StoreError, Tx};
use crate::params;
use crate::seal::{Dictionary, Place, open, seal};
use crate::vault::Vault;
use domain::id::StudyRunId;
use serde::{Deserialize, Serialize};

/// One file: text, as browsers and other programs get it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFile {
    pub name: String,
    pub text: String,
}

fn place(id: &StudyRunId) -> Place<'_> {
    Place::of_organisation("study_report", id.0.as_bytes(), "files")
}

pub(super) fn keep(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: StudyRunId,
    files: &[ReportFile],
) -> Result<(), StoreError> {
    let json = serde_json::to_vec(files).map_err(|_| StoreError::Internal("a study's report".into()))?;
    let sealed = seal(vault.organisation().data(), place(&id), Dictionary::Message, &json)?;
    tx.execute("INSERT INTO study_report (run_id, files) VALUES ($1, $2)", params![id, sealed])?;
    Ok(())
}

/// The files of a run; none before it is done.
pub fn files(tx: &mut Tx<'_>, vault: &Vault, id: StudyRunId) -> Result<Vec<ReportFile>, StoreError> {
    let sql = "SELECT files FROM study_report WHERE run_id = $1";
    let sealed: Option<Vec<u8>> = tx.query_opt(sql, params![id], |row| row.get(0))?;
    let Some(sealed) = sealed else { return Ok(Vec::new()) };
    let json = open(vault.organisation().data(), place(&id), &sealed)?;
    serde_json::from_slice(&json).map_err(|_| StoreError::Corrupt("a study's report".into()))
}

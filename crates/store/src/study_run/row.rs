//! A run's row, and the part of it that is sealed.

use crate::db::{Row, StoreError};
use crate::seal::{Dictionary, Place, open, seal};
use crate::study_key::StudyKey;
use crate::vault::Vault;
use crate::word::{stored, stored_or_null};
use domain::id::{AccountId, StudyRunId};
use domain::study_run::{RunFailure, RunStage, RunState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What people typed, or what may repeat it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The protocol's title.
    pub title: String,
    /// Its whole text.
    pub protocol: String,
    /// Why the record did not answer it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The operating-system user who asked at the command line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
}

/// A run that is asked for.
#[derive(Clone)]
pub struct NewRun {
    pub id: StudyRunId,
    /// `None`: the operator.
    pub asked_by: Option<AccountId>,
    pub asked_at: Timestamp,
    pub protocol_hash: String,
    /// From which the key was made, where it was given.
    pub seed: Option<i64>,
    pub key: StudyKey,
    pub content: Content,
}

/// A run as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyRun {
    pub id: StudyRunId,
    pub asked_by: Option<AccountId>,
    pub asked_at: Timestamp,
    pub protocol_hash: String,
    pub seed: Option<i64>,
    pub state: RunState,
    pub stage: Option<RunStage>,
    pub people_read: i64,
    pub people: i64,
    /// Name and version of the program that did it.
    pub program: Option<String>,
    /// The moment whose data it shows.
    pub data_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub failure: Option<RunFailure>,
    pub has_key: bool,
    pub content: Content,
}

pub(super) const COLUMNS: &str =
    "id, asked_by_id, asked_at, protocol_hash, seed, state, stage, people_read, people,
    program, data_at, ended_at, failure, version, content, run_key";

pub(super) fn content_place(id: &StudyRunId, version: i64) -> Place<'_> {
    Place::of_organisation("study_run", id.0.as_bytes(), "content").version(version)
}

impl Content {
    pub(super) fn seal(
        &self,
        vault: &Vault,
        (id, version): (&StudyRunId, i64),
    ) -> Result<Vec<u8>, StoreError> {
        let json = serde_json::to_vec(self).map_err(|_| StoreError::Internal("a study run".into()))?;
        Ok(seal(vault.organisation().data(), content_place(id, version), Dictionary::Message, &json)?)
    }
}

pub(super) fn read(row: &Row<'_>, vault: &Vault) -> Result<StudyRun, StoreError> {
    let (id, version): (StudyRunId, i64) = (row.get(0)?, row.get(13)?);
    let json = open(vault.organisation().data(), content_place(&id, version), &row.get::<Vec<u8>>(14)?)?;
    Ok(StudyRun {
        id,
        asked_by: row.get(1)?,
        asked_at: row.get(2)?,
        protocol_hash: row.get(3)?,
        seed: row.get(4)?,
        state: stored(row, 5, RunState::from_word)?,
        stage: stored_or_null(row, 6, RunStage::from_word)?,
        people_read: row.get(7)?,
        people: row.get(8)?,
        program: row.get(9)?,
        data_at: row.get(10)?,
        ended_at: row.get(11)?,
        failure: stored_or_null(row, 12, RunFailure::from_word)?,
        has_key: row.get::<Option<Vec<u8>>>(15)?.is_some(),
        content: serde_json::from_slice(&json).map_err(|_| StoreError::Corrupt("a study run".into()))?,
    })
}

//! Text that is not sent yet, sealed for the patient it is about; one per account, person and slot.

use crate::db::{StoreError, Tx};
use crate::keys::DataKey;
use crate::params;
use crate::seal::{Dictionary, Place, open, seal};
use domain::draft::DraftText;
use domain::id::{AccountId, DraftId, PatientId};
use jiff::Timestamp;
use uuid::Uuid;

/// Where a draft belongs: account, person, and the thread or chart item (nil for a new message).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftPlace {
    pub account: AccountId,
    pub patient: PatientId,
    pub slot: Uuid,
}

impl DraftPlace {
    fn row(&self) -> Vec<u8> {
        [self.account.0.as_bytes().as_slice(), self.slot.as_bytes()].concat()
    }
}

/// A draft on its way into the table.
#[derive(Clone, Debug)]
pub struct SealedDraft {
    pub id: DraftId,
    pub version: i64,
    pub content: Vec<u8>,
}

/// Seals a draft; its version is the microsecond of writing.
pub fn seal_draft(
    key: &DataKey,
    place: &DraftPlace,
    (id, text): (DraftId, &DraftText),
    now: Timestamp,
) -> Result<SealedDraft, StoreError> {
    let json = serde_json::to_vec(text).map_err(|_| StoreError::Internal("a draft".into()))?;
    let version = now.as_microsecond();
    let row = place.row();
    let sealed_place = Place::of(place.patient.0, "draft", &row, "content").version(version);
    Ok(SealedDraft { id, version, content: seal(key, sealed_place, Dictionary::Message, &json)? })
}

/// Keeps a draft; an older one of the same place gives way, a newer one stays.
pub fn save(
    tx: &mut Tx<'_>,
    place: &DraftPlace,
    draft: &SealedDraft,
    expires_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO draft (account_id, patient_id, slot, id, content, version, updated_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7)
         ON CONFLICT (account_id, patient_id, slot) DO UPDATE SET content = excluded.content,
            version = excluded.version, updated_at = excluded.updated_at,
            expires_at = CASE WHEN draft.expires_at IS NULL THEN NULL ELSE excluded.expires_at END
         WHERE excluded.version >= draft.version",
        params![
            place.account,
            place.patient,
            place.slot,
            draft.id,
            draft.content.clone(),
            draft.version,
            expires_at
        ],
    )?;
    Ok(())
}

/// The draft of a place, unless its time is over.
pub fn load(
    tx: &mut Tx<'_>,
    key: &DataKey,
    place: &DraftPlace,
    now: Timestamp,
) -> Result<Option<DraftText>, StoreError> {
    let found: Option<(Vec<u8>, i64)> = tx.query_opt(
        "SELECT content, version FROM draft
         WHERE account_id = $1 AND patient_id = $2 AND slot = $3 AND COALESCE(expires_at, $4) >= $4",
        params![place.account, place.patient, place.slot, now],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let Some((content, version)) = found else { return Ok(None) };
    let row = place.row();
    let sealed_place = Place::of(place.patient.0, "draft", &row, "content").version(version);
    let json = open(key, sealed_place, &content)?;
    serde_json::from_slice(&json).map(Some).map_err(|_| StoreError::Corrupt("a draft".into()))
}

/// Removes a draft: it was sent or thrown away.
pub fn discard(tx: &mut Tx<'_>, place: &DraftPlace) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM draft WHERE account_id = $1 AND patient_id = $2 AND slot = $3",
        params![place.account, place.patient, place.slot],
    )?;
    Ok(())
}

/// Removes parked text whose hour is over.
pub fn expire(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute("DELETE FROM draft WHERE expires_at < $1", params![now])
}

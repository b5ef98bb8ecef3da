//! Charts: one row per patient with a sealed card, the summary that banners, lists and searches
//! show without opening the record.

use crate::db::{Row, StoreError, Tx};
use crate::keys::DataKey;
use crate::params;
use crate::seal::{Dictionary, Place, open, seal};
use crate::vault::Vault;
use domain::id::{PatientId, ResourceId, SiteId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a banner says of a patient, and what a search is checked against.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientCard {
    /// Full name.
    pub name: String,
    /// The name used in speech.
    pub called: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred: Option<String>,
    /// Every other name of the record: former, maiden, in other scripts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_names: Vec<String>,
    /// ISO date, or its part that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// FHIR administrative gender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mrn: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_phones: Vec<String>,
    /// BCP 47 tag, or the record's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(default)]
    pub deceased: bool,
}

/// A chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patient {
    pub id: PatientId,
    pub resource: ResourceId,
    pub site: Option<SiteId>,
    pub card: PatientCard,
    pub card_version: i64,
    pub is_deceased: bool,
    /// The newest clinical moment of the record.
    pub record_newest_at: Option<Timestamp>,
    pub updated_at: Timestamp,
}

/// Seals a card as its `version`.
pub fn seal_card(
    key: &DataKey,
    patient: PatientId,
    version: i64,
    card: &PatientCard,
) -> Result<Vec<u8>, StoreError> {
    let json = serde_json::to_vec(card).map_err(|_| StoreError::Internal("a patient's card".into()))?;
    Ok(seal(key, place(patient, version), Dictionary::Raw, &json)?)
}

fn place(patient: PatientId, version: i64) -> Place<'static> {
    Place::of(patient.0, "patient", b"", "card").version(version)
}

const COLUMNS: &str = "p.patient_id, p.resource_id, p.site_id, p.card, p.card_version, p.is_deceased,
    p.record_newest_at, p.updated_at, k.key_no, k.wrapped";

/// One chart; `None` where there is none or its key was shredded.
pub fn load(tx: &mut Tx<'_>, vault: &Vault, patient: PatientId) -> Result<Option<Patient>, StoreError> {
    Ok(load_each(tx, vault, &[patient])?.pop().flatten())
}

/// Some charts, in the order of their patients.
pub fn load_each(
    tx: &mut Tx<'_>,
    vault: &Vault,
    patients: &[PatientId],
) -> Result<Vec<Option<Patient>>, StoreError> {
    let each: Vec<_> = patients.iter().map(|patient| params![*patient].to_vec()).collect();
    let sql = format!(
        "SELECT {COLUMNS} FROM patient p JOIN data_key k ON k.patient_id = p.patient_id
         WHERE p.patient_id = $1 ORDER BY k.key_no DESC LIMIT 1"
    );
    tx.query_opt_each(&sql, &each, |row| read(row, vault))
}

/// The name used in speech and the full name, for lists.
pub fn card(tx: &mut Tx<'_>, vault: &Vault, patient: PatientId) -> Result<Option<PatientCard>, StoreError> {
    Ok(load(tx, vault, patient)?.map(|found| found.card))
}

/// The version that the stored card has; `None` where there is no chart yet.
pub fn card_version(tx: &mut Tx<'_>, patient: PatientId) -> Result<Option<i64>, StoreError> {
    tx.query_opt("SELECT card_version FROM patient WHERE patient_id = $1", params![patient], |row| row.get(0))
}

fn read(row: &Row<'_>, vault: &Vault) -> Result<Patient, StoreError> {
    let id: PatientId = row.get(0)?;
    let card_version: i64 = row.get(4)?;
    let key = vault.unwrap(id, row.get(8)?, &row.get::<Vec<u8>>(9)?)?;
    let json = open(&key, place(id, card_version), &row.get::<Vec<u8>>(3)?)?;
    Ok(Patient {
        id,
        resource: row.get(1)?,
        site: row.get(2)?,
        card: serde_json::from_slice(&json).map_err(|_| StoreError::Corrupt("a patient's card".into()))?,
        card_version,
        is_deceased: row.get(5)?,
        record_newest_at: row.get(6)?,
        updated_at: row.get(7)?,
    })
}

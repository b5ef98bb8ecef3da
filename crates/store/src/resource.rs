//! Resources of the record: FHIR R4 JSON, whole, sealed under the patient's key (the organisation's
//! outside every compartment). Lists read only an index and unseal what they show.

use crate::db::{Row, StoreError, Tx, Value};
use crate::keys::{DataKey, KeyError};
use crate::params;
use crate::seal::{Dictionary, Place, open, seal};
use crate::vault::Vault;
use crate::word::stored;
use domain::confidentiality::{Sensitivity, Visibility};
use domain::id::{PatientId, ResourceId};
use jiff::Timestamp;
use ring::hmac;

/// One version of one resource, still sealed.
#[derive(Clone, Debug)]
pub struct StoredResource {
    pub patient: PatientId,
    pub resource: ResourceId,
    pub resource_type: String,
    pub version: i64,
    /// When this version came into the record.
    pub updated_at: Timestamp,
    /// The main clinical moment in microseconds; 0 where there is none.
    pub clinical_at: i64,
    pub section: String,
    pub sensitivity: Sensitivity,
    pub visibility: Visibility,
    content: Vec<u8>,
}

impl StoredResource {
    /// The FHIR JSON, byte for byte as it was sealed.
    pub fn open_bytes(&self, key: &DataKey) -> Result<Vec<u8>, StoreError> {
        Ok(open(key, place(self.patient, &self.resource, self.version), &self.content)?)
    }

    /// The FHIR JSON.
    pub fn open(&self, key: &DataKey) -> Result<serde_json::Value, StoreError> {
        serde_json::from_slice(&self.open_bytes(key)?).map_err(|_| StoreError::Corrupt("a resource".into()))
    }

    /// Opens it with the key that its patient's vault entry gives.
    pub fn open_with(&self, tx: &mut Tx<'_>, vault: &Vault) -> Result<serde_json::Value, StoreError> {
        if self.patient.is_organisation() {
            return self.open(vault.organisation().data());
        }
        let key = vault.patient(tx, self.patient)?;
        self.open(&*key.ok_or_else(|| StoreError::Corrupt("a resource without its key".into()))?)
    }
}

/// The place of every version's content: it keeps it when it moves into the history.
fn place(patient: PatientId, resource: &ResourceId, version: i64) -> Place<'_> {
    Place::of(patient.0, "resource", resource.0.as_bytes(), "content").version(version)
}

/// Seals a resource's JSON as its `version`.
pub fn seal_content(
    key: &DataKey,
    (patient, resource): (PatientId, ResourceId),
    version: i64,
    json: &[u8],
) -> Result<Vec<u8>, StoreError> {
    Ok(seal(key, place(patient, &resource, version), Dictionary::Record, json)?)
}

/// Makes keyed fingerprints of one owner's resources: equal content, equal fingerprint, and nobody
/// without the key can try contents against it.
pub struct Fingerprints(hmac::Key);

impl Fingerprints {
    pub fn of(key: &DataKey) -> Result<Fingerprints, KeyError> {
        let derived = key.derive("resource fingerprint", &[])?;
        Ok(Fingerprints(hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref())))
    }

    /// The first 128 bits of HMAC-SHA-256 over the canonical content.
    pub fn fingerprint(&self, canonical: &[u8]) -> [u8; 16] {
        let mut first = [0; 16];
        first.copy_from_slice(&hmac::sign(&self.0, canonical).as_ref()[..16]);
        first
    }
}

const COLUMNS: &str = "r.patient_id, r.resource_id, r.resource_type, r.version, r.updated_at, r.clinical_at,
    r.section, r.sensitivity, r.visibility, r.content";

fn read(row: &Row<'_>) -> Result<StoredResource, StoreError> {
    Ok(StoredResource {
        patient: row.get(0)?,
        resource: row.get(1)?,
        resource_type: row.get(2)?,
        version: row.get(3)?,
        updated_at: row.get(4)?,
        clinical_at: row.get(5)?,
        section: row.get(6)?,
        sensitivity: stored(row, 7, Sensitivity::from_word)?,
        visibility: stored(row, 8, Visibility::from_word)?,
        content: row.get(9)?,
    })
}

/// The newest version of a resource of this patient.
pub fn load(
    tx: &mut Tx<'_>,
    patient: PatientId,
    resource: ResourceId,
) -> Result<Option<StoredResource>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM resource r WHERE r.patient_id = $1 AND r.resource_id = $2");
    tx.query_opt(&sql, params![patient, resource], read)
}

/// A certain version, from the history where it is no longer the newest.
pub fn load_version(
    tx: &mut Tx<'_>,
    (patient, resource): (PatientId, ResourceId),
    version: i64,
) -> Result<Option<StoredResource>, StoreError> {
    let Some(newest) = load(tx, patient, resource)? else { return Ok(None) };
    if newest.version == version {
        return Ok(Some(newest));
    }
    let older: Option<(Timestamp, Vec<u8>)> = tx.query_opt(
        "SELECT updated_at, content FROM resource_version
         WHERE patient_id = $1 AND resource_id = $2 AND version = $3",
        params![patient, resource, version],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(older.map(|(updated_at, content)| StoredResource { version, updated_at, content, ..newest }))
}

/// Where a page of a section begins: after this moment and id, newest first.
pub type Before = Option<(i64, ResourceId)>;

/// One page of a section, newest first.
pub fn section(
    tx: &mut Tx<'_>,
    (patient, section): (PatientId, &str),
    before: Before,
    limit: usize,
) -> Result<Vec<StoredResource>, StoreError> {
    let (sql, params) = section_statement((patient, section), before, limit);
    tx.query(&sql, &params, read)
}

/// The entries of a section with a clinical moment in [`from`, `to`], newest first, at most so many.
pub fn section_between(
    tx: &mut Tx<'_>,
    (patient, section): (PatientId, &str),
    (from, to): (i64, i64),
    limit: usize,
) -> Result<Vec<StoredResource>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM resource r
         WHERE r.patient_id = $1 AND r.section = $2 AND r.clinical_at >= $3 AND r.clinical_at <= $4
         ORDER BY r.clinical_at DESC, r.resource_id DESC LIMIT {limit}"
    );
    tx.query(&sql, params![patient, section, from, to], read)
}

/// The statement of [`section`], so that a test can read its plan.
pub fn section_statement(
    (patient, section): (PatientId, &str),
    before: Before,
    limit: usize,
) -> (String, Vec<Value>) {
    let (at, id) = before.unwrap_or((i64::MAX, ResourceId(uuid::Uuid::max())));
    let sql = format!(
        "SELECT {COLUMNS} FROM resource r
         WHERE r.patient_id = $1 AND r.section = $2 AND (r.clinical_at, r.resource_id) < ($3, $4)
         ORDER BY r.clinical_at DESC, r.resource_id DESC LIMIT {limit}"
    );
    (sql, params![patient, section, at, id].to_vec())
}

/// The newest clinical moment of a section and when its newest entry came in.
pub fn section_age(
    tx: &mut Tx<'_>,
    patient: PatientId,
    section: &str,
) -> Result<Option<(i64, Timestamp)>, StoreError> {
    tx.query_opt(
        "SELECT clinical_at, updated_at FROM resource WHERE patient_id = $1 AND section = $2
         ORDER BY clinical_at DESC, resource_id DESC LIMIT 1",
        params![patient, section],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The resources among which an identifier's blind token was found; to be compared after opening.
pub fn with_token(tx: &mut Tx<'_>, token: i64) -> Result<Vec<StoredResource>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM resource_token t
         JOIN resource r ON r.patient_id = t.patient_id AND r.resource_id = t.resource_id
         WHERE t.token = $1"
    );
    tx.query(&sql, params![token], read)
}

/// The patient's resources that have a code, by its blind token: candidates to open and compare,
/// newest first.
pub fn with_code(
    tx: &mut Tx<'_>,
    patient: PatientId,
    token: i64,
    limit: usize,
) -> Result<Vec<StoredResource>, StoreError> {
    let (sql, params) = code_statement(patient, token, limit);
    tx.query(&sql, &params, read)
}

/// The statement of [`with_code`], so that a test can read its plan.
pub fn code_statement(patient: PatientId, token: i64, limit: usize) -> (String, Vec<Value>) {
    let sql = format!(
        "SELECT {COLUMNS} FROM resource_token t
         JOIN resource r ON r.patient_id = t.patient_id AND r.resource_id = t.resource_id
         WHERE t.token = $1 AND t.patient_id = $2
         ORDER BY r.clinical_at DESC, r.resource_id DESC LIMIT {limit}"
    );
    (sql, params![token, patient].to_vec())
}

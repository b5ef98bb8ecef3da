//! Where a resource that came from elsewhere stands here: (type, its id there, source) -> patient
//! and our id. An entry may come before its resource, when something refers to it first. The id there
//! is stored blind: some sites' ids are record numbers.

use crate::blind::BlindIndex;
use crate::db::{StoreError, Tx, Value};
use crate::params;
use domain::id::{PatientId, ResourceId};
use std::collections::HashMap;

/// The entries asked for at once.
const CHUNK: usize = 200;

/// What stands in the directory for one foreign id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The organisation outside every patient's compartment.
    pub patient: PatientId,
    pub resource: ResourceId,
    /// The newest version; `None` while the resource was only referred to.
    pub stored: Option<StoredState>,
}

/// The newest version of a stored resource, by which a repeat is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredState {
    pub version: i64,
    pub fingerprint: [u8; 16],
}

/// What the directory holds in place of a foreign id.
pub fn blind_id(blind: &BlindIndex, resource_type: &str, foreign_id: &str) -> [u8; 16] {
    blind.name("resource.foreign-id", &[resource_type, foreign_id])
}

/// The entries of one type and source, by foreign id.
pub fn find(
    tx: &mut Tx<'_>,
    blind: &BlindIndex,
    source: &str,
    resource_type: &str,
    foreign_ids: &[&str],
) -> Result<HashMap<String, Entry>, StoreError> {
    let mut found = HashMap::with_capacity(foreign_ids.len());
    let names: HashMap<[u8; 16], &str> =
        foreign_ids.iter().map(|id| (blind_id(blind, resource_type, id), *id)).collect();
    let blinded: Vec<[u8; 16]> = names.keys().copied().collect();
    for chunk in blinded.chunks(CHUNK) {
        // A fixed number of places keeps one prepared statement for every full chunk.
        let width = if chunk.len() > CHUNK / 8 { CHUNK } else { chunk.len() };
        let places: Vec<String> = (3..3 + width).map(|n| format!("${n}")).collect();
        let sql = format!(
            "SELECT d.foreign_id, d.patient_id, d.resource_id, r.version, r.fingerprint
             FROM resource_directory d
             LEFT JOIN resource r ON r.patient_id = d.patient_id AND r.resource_id = d.resource_id
             WHERE d.resource_type = $1 AND d.source = $2 AND d.foreign_id IN ({})",
            places.join(", ")
        );
        let mut params = params![resource_type, source].to_vec();
        let padded = chunk.iter().chain(std::iter::repeat(&chunk[0])).take(width);
        params.extend(padded.map(|id| Value::from(*id)));
        let rows = tx.query(&sql, &params, |row| {
            let (version, fingerprint): (Option<i64>, Option<[u8; 16]>) = (row.get(3)?, row.get(4)?);
            let stored =
                version.zip(fingerprint).map(|(version, fingerprint)| StoredState { version, fingerprint });
            Ok((row.get::<[u8; 16]>(0)?, Entry { patient: row.get(1)?, resource: row.get(2)?, stored }))
        })?;
        let named = |(id, entry)| names.get(&id).map(|name: &&str| ((*name).to_owned(), entry));
        found.extend(rows.into_iter().filter_map(named));
    }
    Ok(found)
}

/// The stored resources that have this type and foreign id, in any source.
pub fn everywhere(
    tx: &mut Tx<'_>,
    blind: &BlindIndex,
    resource_type: &str,
    foreign_id: &str,
) -> Result<Vec<(PatientId, ResourceId)>, StoreError> {
    tx.query(
        "SELECT patient_id, resource_id FROM resource_directory WHERE resource_type = $1 AND foreign_id = $2",
        params![resource_type, blind_id(blind, resource_type, foreign_id)],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// A resource that refers to another: our id, its type and its id there.
#[derive(Clone, Copy, Debug)]
pub struct Referrer<'a> {
    pub resource: ResourceId,
    pub resource_type: &'a str,
    pub foreign_id: &'a str,
}

/// Where the resource stands that another one means by this type and id: that of the same source, since the
/// same id in two sources means two things.
pub fn beside(
    tx: &mut Tx<'_>,
    blind: &BlindIndex,
    by: Referrer<'_>,
    (resource_type, foreign_id): (&str, &str),
) -> Result<Option<(PatientId, ResourceId)>, StoreError> {
    let found = tx.query(
        "SELECT d.patient_id, d.resource_id FROM resource_directory o
         JOIN resource_directory d ON d.source = o.source AND d.resource_type = $4 AND d.foreign_id = $5
         WHERE o.resource_type = $1 AND o.foreign_id = $2 AND o.resource_id = $3",
        params![
            by.resource_type,
            blind_id(blind, by.resource_type, by.foreign_id),
            by.resource,
            resource_type,
            blind_id(blind, resource_type, foreign_id)
        ],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(found.into_iter().next())
}

/// Whether a stored resource has this id in this source.
pub fn is_of_source(
    tx: &mut Tx<'_>,
    blind: &BlindIndex,
    source: &str,
    by: Referrer<'_>,
) -> Result<bool, StoreError> {
    let found = find(tx, blind, source, by.resource_type, &[by.foreign_id])?;
    Ok(found.get(by.foreign_id).is_some_and(|entry| entry.resource == by.resource))
}

/// Whether nothing was ever imported.
pub fn is_empty(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    let first = tx.query("SELECT 1 FROM resource_directory LIMIT 1", &[], |row| row.get::<i64>(0))?;
    Ok(first.is_empty())
}

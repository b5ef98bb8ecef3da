//! How the outside names patients and practitioners: our id, a FHIR id, a record number, an NPI.

use crate::blind::{BlindIndex, TokenQuery};
use crate::db::{StoreError, Tx};
use crate::params;
use crate::patient;
use crate::patient_token::{self, Piece};
use crate::resource_directory::blind_id;
use crate::vault::Vault;
use domain::id::{PatientId, ResourceId};

/// The system of United States National Provider Identifiers, as FHIR names it.
pub const NPI_SYSTEM: &str = "http://hl7.org/fhir/sid/us-npi";
/// Enough to see that a number names more than one patient.
const SEVERAL: i64 = 10;

/// Patients whose id, FHIR id or record number this is: none, one, or several to tell apart.
pub fn patients(tx: &mut Tx<'_>, vault: &Vault, text: &str) -> Result<Vec<PatientId>, StoreError> {
    let text = text.trim();
    let mut found = Vec::new();
    if let Ok(id) = text.parse::<PatientId>() {
        found.extend(tx.query(
            "SELECT patient_id FROM patient WHERE patient_id = $1",
            params![id],
            |row| row.get::<PatientId>(0),
        )?);
    }
    let blind = vault.organisation().blind();
    found.extend(tx.query(
        "SELECT p.patient_id FROM resource_directory d JOIN patient p ON p.patient_id = d.patient_id
         WHERE d.resource_type = 'Patient' AND d.foreign_id = $1",
        params![blind_id(blind, "Patient", text)],
        |row| row.get::<PatientId>(0),
    )?);
    let number = Piece::Mrn(text.to_owned());
    let token: Vec<i64> = number.token(blind).into_iter().collect();
    for candidate in patient_token::with_all(tx, &[token], PatientId::ORGANISATION, SEVERAL)? {
        if patient::card(tx, vault, candidate)?.is_some_and(|card| number.matches(&card)) {
            found.push(candidate);
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Practitioners whose id, FHIR id or NPI this is.
pub fn practitioners(tx: &mut Tx<'_>, blind: &BlindIndex, text: &str) -> Result<Vec<ResourceId>, StoreError> {
    let text = text.trim();
    let mut found = Vec::new();
    if let Ok(id) = text.parse::<ResourceId>() {
        found.extend(tx.query(
            "SELECT resource_id FROM resource
             WHERE patient_id = $1 AND resource_id = $2 AND resource_type = 'Practitioner'",
            params![PatientId::ORGANISATION, id],
            |row| row.get::<ResourceId>(0),
        )?);
    }
    found.extend(tx.query(
        "SELECT resource_id FROM resource_directory WHERE resource_type = 'Practitioner' AND foreign_id = $1",
        params![blind_id(blind, "Practitioner", text)],
        |row| row.get::<ResourceId>(0),
    )?);
    let npi = blind.coding_query("identifier", TokenQuery::SystemAndCode(NPI_SYSTEM, text));
    found.extend(tx.query(
        "SELECT r.resource_id FROM resource_token t
         JOIN resource r ON r.patient_id = t.patient_id AND r.resource_id = t.resource_id
         WHERE t.token = $1 AND t.patient_id = $2 AND r.resource_type = 'Practitioner'",
        params![npi, PatientId::ORGANISATION],
        |row| row.get::<ResourceId>(0),
    )?);
    found.sort();
    found.dedup();
    Ok(found)
}

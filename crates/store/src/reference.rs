//! How the outside names patients and practitioners: our id, a FHIR id, a record number, an NPI.

use crate::blind::{BlindIndex, TokenQuery};
use crate::db::{StoreError, Tx};
use crate::params;
use domain::id::{PatientId, ResourceId};
use domain::words::fold;
use jiff::civil::Date;

/// The system of United States National Provider Identifiers, as FHIR names it.
pub const NPI_SYSTEM: &str = "http://hl7.org/fhir/sid/us-npi";

/// Patients whose id, FHIR id or record number this is: none, one, or several to tell apart.
pub fn patients(tx: &mut Tx<'_>, blind: &BlindIndex, text: &str) -> Result<Vec<PatientId>, StoreError> {
    let text = text.trim();
    let mut found = Vec::new();
    if let Ok(id) = text.parse::<PatientId>() {
        found.extend(tx.query(
            "SELECT patient_id FROM patient WHERE patient_id = $1",
            params![id],
            |row| row.get::<PatientId>(0),
        )?);
    }
    found.extend(tx.query(
        "SELECT p.patient_id FROM resource_directory d JOIN patient p ON p.patient_id = d.patient_id
         WHERE d.resource_type = 'Patient' AND d.foreign_id = $1",
        params![text],
        |row| row.get::<PatientId>(0),
    )?);
    found.extend(tx.query(
        "SELECT p.patient_id FROM patient_token t JOIN patient p ON p.patient_id = t.patient_id
         WHERE t.token = $1",
        params![blind.exact("patient.mrn", &fold(text))],
        |row| row.get::<PatientId>(0),
    )?);
    found.sort();
    found.dedup();
    Ok(found)
}

/// Whether the patient was born on this day, as far as the record knows the date.
pub fn is_born_on(
    tx: &mut Tx<'_>,
    blind: &BlindIndex,
    patient: PatientId,
    day: Date,
) -> Result<bool, StoreError> {
    for token in blind.birth_date_range("patient.birthdate", day, day) {
        let found = tx.query(
            "SELECT 1 FROM patient_token WHERE token = $1 AND patient_id = $2",
            params![token, patient],
            |row| row.get::<i64>(0),
        )?;
        if !found.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
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
        params![text],
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

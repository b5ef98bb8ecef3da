//! How the outside names patients and practitioners: our id, a FHIR id, a record number, an NPI.

use crate::blind::TokenQuery;
use crate::db::{StoreError, Tx};
use crate::params;
use crate::patient;
use crate::patient_token::{self, Piece};
use crate::resource;
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
pub fn practitioners(tx: &mut Tx<'_>, vault: &Vault, text: &str) -> Result<Vec<ResourceId>, StoreError> {
    let text = text.trim();
    let blind = vault.organisation().blind();
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
    for candidate in resource::with_token(tx, npi)? {
        // Tokens of former numbers stay, so only the opened identifier counts.
        if candidate.resource_type == "Practitioner"
            && candidate.patient.is_organisation()
            && has_identifier(&candidate.open_with(tx, vault)?, (NPI_SYSTEM, text))
        {
            found.push(candidate.resource);
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn has_identifier(resource: &serde_json::Value, (system, value): (&str, &str)) -> bool {
    let all = resource.get("identifier").and_then(|all| all.as_array()).into_iter().flatten();
    let is = |one: &serde_json::Value, name: &str, text: &str| {
        one.get(name).and_then(|found| found.as_str()) == Some(text)
    };
    all.into_iter().any(|one| is(one, "system", system) && is(one, "value", value))
}

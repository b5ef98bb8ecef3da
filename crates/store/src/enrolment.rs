//! The steps of a patient's enrolment, each with the time at which it was first reached.

use crate::db::{StoreError, Tx};
use crate::params;
use domain::enrolment::{EnrolmentStep, IdentityProof};
use domain::id::PatientId;
use jiff::Timestamp;

/// Keeps a step; a step that was reached before keeps its first time.
pub fn reach(
    tx: &mut Tx<'_>,
    patient: PatientId,
    step: EnrolmentStep,
    proof: Option<IdentityProof>,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO enrolment_event (patient_id, step, at, proof) VALUES ($1, $2, $3, $4)
         ON CONFLICT (patient_id, step) DO NOTHING",
        params![patient, step.word(), now, proof.map(IdentityProof::word)],
    )?;
    Ok(())
}

/// The steps reached, by their words, oldest first.
pub fn steps(tx: &mut Tx<'_>, patient: PatientId) -> Result<Vec<(String, Timestamp)>, StoreError> {
    tx.query(
        "SELECT step, at FROM enrolment_event WHERE patient_id = $1 ORDER BY at, step",
        params![patient],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

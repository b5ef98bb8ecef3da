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

/// When somebody was first offered access.
pub fn first_offered_at(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    tx.query_one(
        "SELECT MIN(at) FROM enrolment_event WHERE step = $1",
        params![EnrolmentStep::Offered.word()],
        |row| row.get(0),
    )
}

/// A step of somebody who was offered access in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepOf {
    pub patient: PatientId,
    pub step: String,
    pub at: Timestamp,
}

/// All steps of those who were first offered access in [from, until), patient by patient.
pub fn of_those_offered(
    tx: &mut Tx<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<StepOf>, StoreError> {
    tx.query(
        "SELECT e.patient_id, e.step, e.at FROM enrolment_event o
         JOIN enrolment_event e ON e.patient_id = o.patient_id
         WHERE o.step = $1 AND o.at >= $2 AND o.at < $3 ORDER BY e.patient_id",
        params![EnrolmentStep::Offered.word(), from, until],
        |row| Ok(StepOf { patient: row.get(0)?, step: row.get(1)?, at: row.get(2)? }),
    )
}

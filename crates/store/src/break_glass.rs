//! Breaking the glass: a clinician opens a chart without a care relationship, with a reason, for a
//! few hours. The rows are kept; the audit shows them to the patient and the privacy officer.

use crate::db::{StoreError, Tx};
use crate::keys::DataKey;
use crate::params;
use crate::seal::{Dictionary, Place, seal};
use domain::id::{AccountId, PatientId};
use jiff::Timestamp;

/// One breaking of the glass; its reason is sealed for the patient.
#[derive(Clone, Debug)]
pub struct BrokenGlass {
    pub patient: PatientId,
    pub account: AccountId,
    pub at: Timestamp,
    pub reason: Vec<u8>,
}

impl BrokenGlass {
    pub fn seal(
        key: &DataKey,
        (patient, account): (PatientId, AccountId),
        at: Timestamp,
        reason: &str,
    ) -> Result<BrokenGlass, StoreError> {
        let row = [account.0.as_bytes().as_slice(), &at.as_microsecond().to_be_bytes()].concat();
        let place = Place::of(patient.0, "break_glass", &row, "reason");
        let reason = seal(key, place, Dictionary::Message, reason.as_bytes())?;
        Ok(BrokenGlass { patient, account, at, reason })
    }
}

/// Keeps it; the chart is open to the account from now on.
pub fn insert(tx: &mut Tx<'_>, broken: &BrokenGlass) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO break_glass (patient_id, account_id, at, reason) VALUES ($1, $2, $3, $4)
         ON CONFLICT (patient_id, account_id, at) DO NOTHING",
        params![broken.patient, broken.account, broken.at, &broken.reason],
    )?;
    Ok(())
}

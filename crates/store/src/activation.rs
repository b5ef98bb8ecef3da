//! Single-use secrets that lead to an account: a patient's activation code, a link for a member of
//! staff, the link of the first administrator. Kept as hashes; used, expired and locked ones stay.

use crate::db::{Row, StoreError, Tx};
use crate::ids::{not_nil, or_nil};
use crate::params;
use domain::account::ACTIVATION_TRIES;
use domain::id::{AccountId, PatientId};
use jiff::Timestamp;

/// The proof of a code for somebody who acts for the patient.
pub const PROXY: &str = "proxy";

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activation {
    /// `None` for a link of staff.
    pub patient: Option<PatientId>,
    /// The account that gets new credentials; `None` where using it makes one.
    pub account: Option<AccountId>,
    /// How the identity is verified: a word of `IdentityProof`, or `link`.
    pub proof: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub tries: i64,
    pub used_at: Option<Timestamp>,
}

impl Activation {
    /// Whether it can still be used: neither used nor expired nor locked by wrong tries.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.used_at.is_none() && now < self.expires_at && self.tries < ACTIVATION_TRIES
    }
}

/// Ends the open codes by which an account was to act for a patient.
pub fn end_of_account(
    tx: &mut Tx<'_>,
    (patient, account): (PatientId, AccountId),
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE activation SET expires_at = $3
         WHERE patient_id = $1 AND account_id = $2 AND used_at IS NULL AND expires_at > $3",
        params![patient, account, now],
    )?;
    Ok(())
}

/// Adds one under its secret's hash.
pub fn insert(tx: &mut Tx<'_>, hash: &[u8; 32], activation: &Activation) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO activation (code_hash, patient_id, account_id, proof, created_at, expires_at, tries)
         VALUES ($1, $2, $3, $4, $5, $6, 0)",
        params![
            hash,
            or_nil(activation.patient.map(|patient| patient.0)),
            activation.account,
            activation.proof.as_str(),
            activation.created_at,
            activation.expires_at
        ],
    )?;
    Ok(())
}

/// The row of a secret's hash.
pub fn load(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<Activation>, StoreError> {
    one(tx, hash, "")
}

/// The row of a secret's hash, locked: uses and tries made at once are seen one by one.
pub fn lock(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<Activation>, StoreError> {
    let suffix = tx.for_update();
    one(tx, hash, suffix)
}

fn one(tx: &mut Tx<'_>, hash: &[u8; 32], suffix: &str) -> Result<Option<Activation>, StoreError> {
    let sql = format!(
        "SELECT patient_id, account_id, proof, created_at, expires_at, tries, used_at
         FROM activation WHERE code_hash = $1{suffix}"
    );
    tx.query_opt(&sql, params![hash], read)
}

fn read(row: &Row<'_>) -> Result<Activation, StoreError> {
    Ok(Activation {
        patient: not_nil(row.get(0)?).map(PatientId),
        account: row.get(1)?,
        proof: row.get(2)?,
        created_at: row.get(3)?,
        expires_at: row.get(4)?,
        tries: row.get(5)?,
        used_at: row.get(6)?,
    })
}

/// Counts a wrong try.
pub fn count_try(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<(), StoreError> {
    tx.execute("UPDATE activation SET tries = tries + 1 WHERE code_hash = $1", params![hash])?;
    Ok(())
}

/// Uses it up; false where somebody was faster.
pub fn set_used(tx: &mut Tx<'_>, hash: &[u8; 32], now: Timestamp) -> Result<bool, StoreError> {
    let used = tx.execute(
        "UPDATE activation SET used_at = $2 WHERE code_hash = $1 AND used_at IS NULL",
        params![hash, now],
    )?;
    Ok(used == 1)
}

/// Ends a patient's own open codes, as a new one is made; not those of people who act for the patient.
pub fn end_of_patient(tx: &mut Tx<'_>, patient: PatientId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE activation SET expires_at = $2
         WHERE patient_id = $1 AND used_at IS NULL AND expires_at > $2 AND proof <> $3",
        params![patient, now, PROXY],
    )?;
    Ok(())
}

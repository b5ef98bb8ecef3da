//! Accounts. The sign-in name is found by its blind token; name and address stand in a profile
//! sealed for the organisation, since an account may outlive its chart and staff have none.

use crate::blind::BlindIndex;
use crate::db::{Row, StoreError, Tx, Value};
use crate::keys::OrganisationKeys;
use crate::params;
use crate::seal::{Dictionary, Place, open, seal};
use domain::account::SignInName;
use domain::id::{AccountId, PatientId, ResourceId};
use domain::language::Language;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// What describes the person; sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountProfile {
    pub sign_in_name: String,
    /// As other people read it: "Maria Lopez, RN".
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// One row, its profile still sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    /// [`sign_in_token`] of the sign-in name.
    pub sign_in: i64,
    pub profile: Vec<u8>,
    /// argon2id in PHC form; `None` until the account is activated.
    pub password_hash: Option<String>,
    pub language: Language,
    pub own_patient: Option<PatientId>,
    /// [`practitioner_token`] of the FHIR Practitioner that this member of staff is.
    pub practitioner: Option<i64>,
    pub created_at: Timestamp,
    pub deactivated_at: Option<Timestamp>,
}

/// The blind token by which a sign-in name is found.
pub fn sign_in_token(blind: &BlindIndex, name: &SignInName) -> i64 {
    blind.token("account.sign-in", &[name.as_str()])
}

/// The blind token of a Practitioner, in accounts, encounters, care teams and empanelment.
pub fn practitioner_token(blind: &BlindIndex, practitioner: ResourceId) -> i64 {
    blind.token("practitioner", &[&practitioner.to_string()])
}

/// Seals a profile for its account's row.
pub fn seal_profile(
    keys: &OrganisationKeys,
    account: AccountId,
    profile: &AccountProfile,
) -> Result<Vec<u8>, StoreError> {
    let json =
        serde_json::to_vec(profile).map_err(|_| StoreError::Internal("an account's profile".into()))?;
    Ok(seal(keys.data(), place(&account), Dictionary::Raw, &json)?)
}

/// Opens the profile of a row.
pub fn open_profile(keys: &OrganisationKeys, account: &Account) -> Result<AccountProfile, StoreError> {
    open_sealed(keys, account.id, &account.profile)
}

fn open_sealed(keys: &OrganisationKeys, id: AccountId, sealed: &[u8]) -> Result<AccountProfile, StoreError> {
    let json = open(keys.data(), place(&id), sealed)?;
    serde_json::from_slice(&json).map_err(|_| StoreError::Corrupt("an account's profile".into()))
}

fn place(account: &AccountId) -> Place<'_> {
    Place::of_organisation("account", account.0.as_bytes(), "profile")
}

/// Adds an account; `Conflict` where the sign-in name is taken or the chart has an account.
pub fn insert(tx: &mut Tx<'_>, account: &Account) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO account (id, sign_in, profile, password_hash, language, own_patient_id, practitioner,
                              created_at, password_changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            account.id,
            account.sign_in,
            &account.profile,
            account.password_hash.as_deref(),
            account.language.tag(),
            account.own_patient,
            account.practitioner,
            account.created_at,
            account.password_hash.as_ref().map(|_| account.created_at)
        ],
    )?;
    Ok(())
}

const COLUMNS: &str =
    "id, sign_in, profile, password_hash, language, own_patient_id, practitioner, created_at,
                       deactivated_at";

fn read(row: &Row<'_>) -> Result<Account, StoreError> {
    let language: String = row.get(4)?;
    Ok(Account {
        id: row.get(0)?,
        sign_in: row.get(1)?,
        profile: row.get(2)?,
        password_hash: row.get(3)?,
        language: Language::from_tag(&language).unwrap_or_default(),
        own_patient: row.get(5)?,
        practitioner: row.get(6)?,
        created_at: row.get(7)?,
        deactivated_at: row.get(8)?,
    })
}

/// The account of this id.
pub fn load(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<Account>, StoreError> {
    one(tx, "id", id.into())
}

/// The account of this sign-in name's token.
pub fn by_sign_in(tx: &mut Tx<'_>, token: i64) -> Result<Option<Account>, StoreError> {
    one(tx, "sign_in", token.into())
}

/// The account whose own chart this is.
pub fn by_patient(tx: &mut Tx<'_>, patient: PatientId) -> Result<Option<Account>, StoreError> {
    one(tx, "own_patient_id", patient.into())
}

/// The account of a practitioner, by blind token.
pub fn by_practitioner(tx: &mut Tx<'_>, token: i64) -> Result<Option<Account>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM account WHERE practitioner = $1 ORDER BY created_at LIMIT 1");
    tx.query_opt(&sql, params![token], read)
}

fn one(tx: &mut Tx<'_>, column: &str, value: Value) -> Result<Option<Account>, StoreError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM account WHERE {column} = $1"), &[value], read)
}

/// The names of these accounts, as other people read them; unknown ids are left out.
pub fn names(
    tx: &mut Tx<'_>,
    keys: &OrganisationKeys,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, String>, StoreError> {
    let wanted: BTreeSet<AccountId> = accounts.iter().copied().collect();
    let each: Vec<_> = wanted.iter().map(|id| params![*id].to_vec()).collect();
    let profiles: Vec<Option<Vec<u8>>> =
        tx.query_opt_each("SELECT profile FROM account WHERE id = $1", &each, |row| row.get(0))?;
    let known = wanted.into_iter().zip(profiles).filter_map(|(id, profile)| Some((id, profile?)));
    known.map(|(id, profile)| Ok((id, open_sealed(keys, id, &profile)?.name))).collect()
}

/// Accounts that hold a staff role at this moment, ended ones too, by id.
pub fn staff(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<Account>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM account a WHERE EXISTS (
            SELECT 1 FROM staff_role r
            WHERE r.account_id = a.id AND r.from_at <= $1 AND (r.until_at IS NULL OR r.until_at > $1))
         ORDER BY id"
    );
    tx.query(&sql, params![now], read)
}

/// A new sign-in name, profile and password; `Conflict` where the name is taken.
pub fn set_credentials(tx: &mut Tx<'_>, account: &Account, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE account SET sign_in = $2, profile = $3, password_hash = $4, language = $5,
                            password_changed_at = $6
         WHERE id = $1",
        params![
            account.id,
            account.sign_in,
            &account.profile,
            account.password_hash.as_deref(),
            account.language.tag(),
            now
        ],
    )?;
    Ok(())
}

/// A new password alone.
pub fn set_password(tx: &mut Tx<'_>, id: AccountId, hash: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE account SET password_hash = $2, password_changed_at = $3 WHERE id = $1",
        params![id, hash, now],
    )?;
    Ok(())
}

/// The language of every page and notice for this account.
pub fn set_language(tx: &mut Tx<'_>, id: AccountId, language: Language) -> Result<(), StoreError> {
    tx.execute("UPDATE account SET language = $2 WHERE id = $1", params![id, language.tag()])?;
    Ok(())
}

/// No sign-in from now on. The row stays: messages name their author by it.
pub fn deactivate(tx: &mut Tx<'_>, id: AccountId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE account SET deactivated_at = $2 WHERE id = $1 AND deactivated_at IS NULL",
        params![id, now],
    )?;
    Ok(())
}

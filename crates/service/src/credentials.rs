//! What a person signs in with: checked, hashed, and put into a new or an existing account.

use crate::error::ServiceError;
use domain::account::{SignInName, check_password};
use domain::draft::FieldProblem;
use domain::id::{AccountId, PatientId};
use domain::language::Language;
use jiff::Timestamp;
use store::account::{self, Account, AccountProfile, seal_profile, sign_in_token};
use store::db::Tx;
use store::keys::OrganisationKeys;
use store::session;

/// What a person chose, checked and hashed, for a new account or for an existing one.
#[derive(Clone)]
pub(crate) struct Credentials {
    pub name: SignInName,
    pub password_hash: String,
    pub language: Language,
}

/// The problems of a chosen name and password, or the name in its one spelling.
pub(crate) fn check(sign_in_name: &str, password: &str) -> Result<SignInName, Vec<FieldProblem>> {
    let name = SignInName::parse(sign_in_name).map_err(|problem| vec![problem.into()])?;
    check_password(&name, password).map_err(|problem| vec![problem.into()])?;
    Ok(name)
}

/// A row for a new account; `name` is how others read it, the sign-in name where it is not given.
pub(crate) fn new_account(
    keys: &OrganisationKeys,
    (id, own_patient): (AccountId, Option<PatientId>),
    (chosen, name): (&Credentials, Option<&str>),
    now: Timestamp,
) -> Result<Account, ServiceError> {
    let profile = AccountProfile {
        sign_in_name: chosen.name.as_str().to_owned(),
        name: name.unwrap_or(chosen.name.as_str()).to_owned(),
        email: None,
    };
    Ok(Account {
        id,
        sign_in: sign_in_token(keys.blind(), &chosen.name),
        profile: seal_profile(keys, id, &profile)?,
        password_hash: Some(chosen.password_hash.clone()),
        language: chosen.language,
        own_patient,
        practitioner: None,
        created_at: now,
        deactivated_at: None,
    })
}

/// Adds the row; a taken name is a field to correct.
pub(crate) fn insert_account(tx: &mut Tx<'_>, row: &Account) -> Result<(), ServiceError> {
    if account::by_sign_in(tx, row.sign_in)?.is_some() {
        return Err(ServiceError::Invalid(vec![FieldProblem::SignInNameTaken]));
    }
    Ok(account::insert(tx, row)?)
}

/// Gives an account new credentials; every session that the old ones opened ends.
pub(crate) fn renew(
    tx: &mut Tx<'_>,
    keys: &OrganisationKeys,
    id: AccountId,
    chosen: &Credentials,
    now: Timestamp,
) -> Result<AccountId, ServiceError> {
    let known = account::load(tx, id)?.filter(|known| known.deactivated_at.is_none());
    let known = known.ok_or(ServiceError::Denied)?;
    let sign_in = sign_in_token(keys.blind(), &chosen.name);
    if account::by_sign_in(tx, sign_in)?.is_some_and(|other| other.id != id) {
        return Err(ServiceError::Invalid(vec![FieldProblem::SignInNameTaken]));
    }
    let profile = account::open_profile(keys, &known)?;
    let profile = AccountProfile { sign_in_name: chosen.name.as_str().to_owned(), ..profile };
    let row = Account {
        sign_in,
        profile: seal_profile(keys, id, &profile)?,
        password_hash: Some(chosen.password_hash.clone()),
        language: chosen.language,
        ..known
    };
    account::set_credentials(tx, &row, now)?;
    session::revoke_all(tx, id, now)?;
    Ok(id)
}

//! Accounts of staff, made by an administrator or the operator, and what an account may change of
//! itself.

pub use crate::staff_links::LinkFor;

use crate::credentials::{check, insert_account};
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::passwords;
use crate::service::Service;
use domain::access::{Capability, Item};
use domain::account::SignInName;
use domain::actor::{Role, StaffRole};
use domain::audit::{AuditAction, AuditObject};
use domain::draft::FieldProblem;
use domain::id::{AccountId, PatientId, PoolId, ResourceId};
use domain::language::Language;
use jiff::Timestamp;
use store::account::{Account, AccountProfile, practitioner_token, seal_profile, sign_in_token};
use store::{account, pool, reference, staff_role};

/// A member of staff to be given an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStaff {
    /// As patients and colleagues read it.
    pub name: String,
    pub sign_in_name: String,
    pub role: Role,
    pub specialty: Option<String>,
    /// The FHIR Practitioner that this person is, for care relationships.
    pub practitioner: Option<ResourceId>,
    pub pools: Vec<PoolId>,
    pub language: Language,
    /// Set at once, instead of by a link.
    pub password: Option<String>,
}

impl Service {
    /// Makes an account with a role and pools; without a password it needs a link ([`crate::staff_links`]).
    pub async fn create_staff(&self, ctx: &Ctx, new: NewStaff) -> Result<AccountId, ServiceError> {
        let sign_in_name = match &new.password {
            Some(password) => check(&new.sign_in_name, password).map_err(ServiceError::Invalid)?,
            None => SignInName::parse(&new.sign_in_name)
                .map_err(|problem| ServiceError::Invalid(vec![problem.into()]))?,
        };
        if new.name.trim().is_empty() {
            return Err(ServiceError::Invalid(vec![FieldProblem::NameMissing]));
        }
        let password_hash = match &new.password {
            Some(password) => Some(passwords::hash(password).await?),
            None => None,
        };
        let row = self.staff_row(&new, &sign_in_name, password_hash, ctx.now)?;
        let act = self.act(ctx, AuditAction::CreateAccount);
        self.change(act, move |tx, act| {
            act.object(AuditObject::Account, row.id.0);
            act.allow(tx, Capability::ManageAccounts, Item::default())?;
            insert_account(tx, &row)?;
            let held = StaffRole { role: new.role, site: None, specialty: new.specialty.clone() };
            staff_role::grant(tx, row.id, &held, act.now)?;
            for pool in &new.pools {
                pool::load(tx, *pool)?.ok_or(ServiceError::NotFound)?;
                pool::add_member(tx, *pool, row.id, act.now)?;
            }
            Ok(row.id)
        })
        .await
    }

    fn staff_row(
        &self,
        new: &NewStaff,
        sign_in_name: &SignInName,
        password_hash: Option<String>,
        now: Timestamp,
    ) -> Result<Account, ServiceError> {
        let keys = self.store.vault.organisation();
        let id = AccountId(self.mint(now));
        let profile = AccountProfile {
            sign_in_name: sign_in_name.as_str().to_owned(),
            name: new.name.trim().to_owned(),
            email: None,
        };
        Ok(Account {
            id,
            sign_in: sign_in_token(keys.blind(), sign_in_name),
            profile: seal_profile(keys, id, &profile)?,
            password_hash,
            language: new.language,
            own_patient: None,
            practitioner: new.practitioner.map(|known| practitioner_token(keys.blind(), known)),
            created_at: now,
            deactivated_at: None,
        })
    }

    /// The account with this sign-in name.
    pub async fn find_account(&self, sign_in_name: &str) -> Result<Option<AccountId>, ServiceError> {
        let Ok(name) = SignInName::parse(sign_in_name) else { return Ok(None) };
        let token = sign_in_token(self.store.vault.organisation().blind(), &name);
        self.store.db.read(move |tx| Ok(account::by_sign_in(tx, token)?.map(|known| known.id))).await
    }

    /// The patient of this id, FHIR id or record number; `None` where there is none or several.
    pub async fn find_patient_id(&self, text: &str) -> Result<Option<PatientId>, ServiceError> {
        let (text, vault) = (text.to_owned(), self.store.vault.clone());
        let found = self.store.db.read(move |tx| reference::patients(tx, &vault, &text)).await?;
        Ok(if let [only] = found[..] { Some(only) } else { None })
    }

    /// The practitioner of this id, FHIR id or NPI; `None` where there is none or several.
    pub async fn find_practitioner_id(&self, text: &str) -> Result<Option<ResourceId>, ServiceError> {
        let (text, vault) = (text.to_owned(), self.store.vault.clone());
        let found = self.store.db.read(move |tx| reference::practitioners(tx, &vault, &text)).await?;
        Ok(if let [only] = found[..] { Some(only) } else { None })
    }

    /// The language of the actor's own pages and notices.
    pub async fn set_language(&self, ctx: &Ctx, language: Language) -> Result<(), ServiceError> {
        let act = self.act(ctx, AuditAction::ChangeSettings);
        self.change(act, move |tx, act| {
            let account = act.actor().account;
            let patient = act.actor().own_chart.unwrap_or(PatientId::ORGANISATION);
            act.about(patient, Some((AuditObject::Account, account.0)));
            Ok(account::set_language(tx, account, language)?)
        })
        .await
    }

    /// Ends an account: no sign-in from now on, no session goes on, and what it owned in its pools is
    /// everybody's again.
    pub async fn deactivate_account(&self, ctx: &Ctx, account: AccountId) -> Result<(), ServiceError> {
        let act = self.act(ctx, AuditAction::CreateAccount);
        self.change(act, move |tx, act| {
            act.object(AuditObject::Account, account.0);
            act.detail().what = Some("deactivated".into());
            act.allow(tx, Capability::ManageAccounts, Item::default())?;
            account::deactivate(tx, account, act.now)?;
            store::session::revoke_all(tx, account, act.now)?;
            Ok(())
        })
        .await?;
        self.leave_all_pools(ctx, account).await?;
        Ok(())
    }
}

//! Accounts of staff: made by an administrator or the operator, entered for the first time by a
//! single-use link. What an account itself may change stands here too.

use crate::activations::{Credentials, check, insert_account, new_account, renew};
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::passwords;
use crate::service::Service;
use crate::sign_ins::{SESSION, SignedIn, SignedInHome, open_session};
use domain::access::{Capability, Item};
use domain::account::SignInName;
use domain::actor::{Door, Role, StaffRole};
use domain::audit::{AuditAction, AuditObject};
use domain::draft::FieldProblem;
use domain::id::{AccountId, PatientId, PoolId, ResourceId, SessionId};
use domain::language::Language;
use jiff::{SignedDuration, Timestamp};
use store::account::{Account, AccountProfile, practitioner_token, seal_profile, sign_in_token};
use store::activation::{self, Activation};
use store::secret_token::SecretToken;
use store::{account, pool, reference, staff_role};

/// How long a link for staff is good.
const LINK_LIFE: SignedDuration = SignedDuration::from_hours(24);
const LINK: &str = "link";

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

/// Whom a link is for, so that its page can greet and ask for what is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkFor {
    /// Asks for name, sign-in name and password.
    FirstAdministrator,
    /// Asks for a password.
    Staff { name: String, sign_in_name: String },
}

impl Service {
    /// Makes an account with a role and pools; without a password it needs a [`Service::staff_link`].
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

    /// A single-use token, good for 24 hours, by which this member of staff sets a password.
    pub async fn staff_link(&self, ctx: &Ctx, account: AccountId) -> Result<String, ServiceError> {
        self.link(ctx, Some(account)).await
    }

    /// A single-use token, good for 24 hours, by which somebody becomes an administrator.
    pub async fn administrator_link(&self, ctx: &Ctx) -> Result<String, ServiceError> {
        self.link(ctx, None).await
    }

    async fn link(&self, ctx: &Ctx, account: Option<AccountId>) -> Result<String, ServiceError> {
        let token = SecretToken::generate()?;
        let hash = token.hash(self.store.vault.organisation().pepper(), LINK);
        let expires_at = ctx.now.checked_add(LINK_LIFE).unwrap_or(Timestamp::MAX);
        let act = self.act(ctx, AuditAction::CreateAccount);
        self.change(act, move |tx, act| {
            act.allow(tx, Capability::ManageAccounts, Item::default())?;
            if let Some(account) = account {
                act.object(AuditObject::Account, account.0);
                account::load(tx, account)?.ok_or(ServiceError::NotFound)?;
            }
            let new = Activation {
                patient: None,
                account,
                proof: LINK.to_owned(),
                created_at: act.now,
                expires_at,
                tries: 0,
                used_at: None,
            };
            Ok(activation::insert(tx, &hash, &new)?)
        })
        .await?;
        Ok(token.reveal())
    }

    /// Whom a link is for; `None` where it is unknown, used or too old.
    pub async fn link_for(&self, token: &str) -> Result<Option<LinkFor>, ServiceError> {
        let Some(hash) = self.link_hash(token) else { return Ok(None) };
        let (now, vault) = (self.now(), self.store.vault.clone());
        let found = self.store.db.read(move |tx| {
            let open = activation::load(tx, &hash)?.filter(|link| is_open_link(link, now));
            let Some(open) = open else { return Ok(None) };
            let Some(account) = open.account else { return Ok(Some(LinkFor::FirstAdministrator)) };
            let Some(known) = account::load(tx, account)? else { return Ok(None) };
            let profile = account::open_profile(vault.organisation(), &known)?;
            let (name, sign_in_name) = (profile.name, profile.sign_in_name);
            Ok::<_, ServiceError>(Some(LinkFor::Staff { name, sign_in_name }))
        });
        found.await
    }

    /// Uses the link of [`Service::administrator_link`] and signs in at the team door.
    pub async fn activate_administrator(
        &self,
        token: &str,
        name: &str,
        sign_in_name: &str,
        password: &str,
        language: Language,
    ) -> Result<SignedIn, ServiceError> {
        let checked = check(sign_in_name, password).map_err(ServiceError::Invalid)?;
        if name.trim().is_empty() {
            return Err(ServiceError::Invalid(vec![FieldProblem::NameMissing]));
        }
        if self.link_for(token).await? != Some(LinkFor::FirstAdministrator) {
            return self.refuse_link().await;
        }
        let password_hash = passwords::hash(password).await?;
        let chosen = Credentials { name: checked, password_hash, language };
        self.use_link(token, chosen, Some(name.trim().to_owned())).await
    }

    /// Uses the link of [`Service::staff_link`]: sets the password and signs in at the team door.
    pub async fn activate_staff(
        &self,
        token: &str,
        password: &str,
        language: Language,
    ) -> Result<SignedIn, ServiceError> {
        let Some(LinkFor::Staff { sign_in_name, .. }) = self.link_for(token).await? else {
            return self.refuse_link().await;
        };
        let checked = check(&sign_in_name, password).map_err(ServiceError::Invalid)?;
        let password_hash = passwords::hash(password).await?;
        self.use_link(token, Credentials { name: checked, password_hash, language }, None).await
    }

    async fn use_link(
        &self,
        link: &str,
        chosen: Credentials,
        name: Option<String>,
    ) -> Result<SignedIn, ServiceError> {
        let now = self.now();
        let hash = self.link_hash(link).ok_or(ServiceError::Denied)?;
        let token = SecretToken::generate()?;
        let session = SessionId(self.mint(now));
        let token_hash = token.hash(self.store.vault.organisation().pepper(), SESSION);
        let new_id = AccountId(self.mint(now));
        let act = self.unsigned_act(Door::Team, AuditAction::ActivateAccount, None, now);
        let account = self
            .change(act, move |tx, act| {
                let open = activation::lock(tx, &hash)?.filter(|link| is_open_link(link, now));
                let open = open.ok_or(ServiceError::Denied)?;
                let vault = act.vault.clone();
                let keys = vault.organisation();
                let account = match open.account {
                    Some(account) => renew(tx, keys, account, &chosen, now)?,
                    None => {
                        let row = new_account(keys, (new_id, None), (&chosen, name.as_deref()), now)?;
                        insert_account(tx, &row)?;
                        let held = StaffRole { role: Role::Administrator, site: None, specialty: None };
                        staff_role::grant(tx, new_id, &held, now)?;
                        new_id
                    }
                };
                activation::set_used(tx, &hash, now)?;
                open_session(tx, act, (session, &token_hash), (account, Door::Team, SignedInHome::Team))?;
                act.object(AuditObject::Account, account.0);
                Ok(account)
            })
            .await?;
        Ok(SignedIn { token: token.reveal(), account, home: SignedInHome::Team })
    }

    async fn refuse_link(&self) -> Result<SignedIn, ServiceError> {
        self.refuse(Door::Team, AuditAction::ActivateAccount, None, self.now()).await?;
        Err(ServiceError::Denied)
    }

    fn link_hash(&self, token: &str) -> Option<[u8; 32]> {
        let token = SecretToken::parse(token)?;
        Some(token.hash(self.store.vault.organisation().pepper(), LINK))
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
        let found = self
            .store
            .db
            .read(move |tx| reference::practitioners(tx, vault.organisation().blind(), &text))
            .await?;
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

    /// Ends an account: no sign-in from now on, and no session goes on.
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
        .await
    }
}

fn is_open_link(link: &Activation, now: Timestamp) -> bool {
    link.patient.is_none() && link.is_open(now)
}

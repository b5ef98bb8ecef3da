//! Single-use links for staff: the first administrator's, which makes an account, and those by which
//! a member of staff sets a password. Kept as hashes, good for 24 hours.

use crate::credentials::{Credentials, check, insert_account, new_account, renew};
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::passwords;
use crate::service::Service;
use crate::sign_ins::{SESSION, SignedIn, SignedInHome, open_session};
use domain::access::{Capability, Item};
use domain::actor::{Door, Role, StaffRole};
use domain::audit::{AuditAction, AuditObject};
use domain::draft::FieldProblem;
use domain::id::{AccountId, SessionId};
use domain::language::Language;
use jiff::{SignedDuration, Timestamp};
use store::activation::{self, Activation};
use store::secret_token::SecretToken;
use store::{account, staff_role};

/// How long a link for staff is good.
const LINK_LIFE: SignedDuration = SignedDuration::from_hours(24);
const LINK: &str = "link";

/// Whom a link is for, so that its page can greet and ask for what is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkFor {
    /// Asks for name, sign-in name and password.
    FirstAdministrator,
    /// Asks for a password.
    Staff { name: String, sign_in_name: String },
}

impl Service {
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
}

fn is_open_link(link: &Activation, now: Timestamp) -> bool {
    link.patient.is_none() && link.is_open(now)
}

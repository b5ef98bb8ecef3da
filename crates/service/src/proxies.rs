//! Who may act for a patient: recorded by the operator, seen and ended by the patient, and the list of
//! people for whom somebody may act. What a grant allows is `domain::access`'s to say.

use crate::activations::{Invitation, expiry};
use crate::acts::Act;
use crate::credentials::insert_account;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::persons;
use crate::service::Service;
use crate::view::person::{Person, PersonChoice, ProxyLine};
use domain::access::{Capability, Item};
use domain::account::SignInName;
use domain::actor::{Actor, Door};
use domain::audit::{AuditAction, AuditObject};
use domain::draft::FieldProblem;
use domain::id::{AccountId, PatientId};
use domain::language::Language;
use domain::proxy::{ProxyBasis, ProxyGrant, ProxyRelation, ProxyScope};
use jiff::Timestamp;
use std::collections::HashMap;
use store::account::{Account, AccountProfile, seal_profile, sign_in_token};
use store::activation::{self, Activation};
use store::activation_code::ActivationCode;
use store::db::Tx;
use store::keys::DataKey;
use store::proxy::StoredGrant;

/// Somebody who is to act for a patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProxy {
    pub who: ProxyIs,
    pub relation: ProxyRelation,
    pub scope: ProxyScope,
    pub basis: ProxyBasis,
    /// From now on where it is absent.
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
}

/// The proxy's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProxyIs {
    /// Has one already.
    Account(AccountId),
    /// Gets one, by the name that others read, and a code to choose a sign-in name and a password.
    Named(String, Language),
}

impl Service {
    /// Records a grant. A new account comes with an activation code, asked for with the patient's birth date.
    pub async fn grant_proxy(
        &self,
        ctx: &Ctx,
        patient: PatientId,
        new: NewProxy,
    ) -> Result<(AccountId, Option<Invitation>), ServiceError> {
        let act = self.act(ctx, AuditAction::GrantProxy);
        let account = match &new.who {
            ProxyIs::Account(account) => *account,
            ProxyIs::Named(..) => AccountId(self.mint(ctx.now)),
        };
        let grant = ProxyGrant {
            patient,
            account,
            scope: new.scope,
            basis: new.basis,
            from: new.from.unwrap_or(ctx.now),
            until: new.until,
            ended_at: None,
        };
        let Some(key) = self.store.patient_key(patient).await? else {
            return self.turn_away(act, patient, None, ServiceError::NotFound).await;
        };
        let relation = store::proxy::seal_relation(&key, &grant, new.relation)?;
        let made = match &new.who {
            ProxyIs::Account(_) => None,
            ProxyIs::Named(name, language) => {
                Some(self.proxy_account(account, (name, *language), ctx.now)?)
            }
        };
        let code = ActivationCode::generate()?;
        let hash = code.hash(self.store.vault.organisation().pepper());
        let expires_at = expiry(ctx.now);
        let is_new = made.is_some();
        self.change(act, move |tx, act| {
            act.about(patient, Some((AuditObject::Account, account.0)));
            act.allow(tx, Capability::ManageAccounts, Item::default())?;
            let card = store::patient::card(tx, &act.vault, patient)?.ok_or(ServiceError::NotFound)?;
            match &made {
                Some(_) if card.birth_date.is_none() => {
                    return Err(ServiceError::Invalid(vec![FieldProblem::BirthDate]));
                }
                Some(row) => {
                    insert_account(tx, row)?;
                    activation::insert(tx, &hash, &code_row((patient, account), (act.now, expires_at)))?;
                }
                None => is_fit(tx, (patient, account))?,
            }
            let recorded_by = Some(act.actor().account).filter(|account| !account.0.is_nil());
            let stored = StoredGrant { grant, relation: relation.clone(), recorded_by, recorded_at: act.now };
            store::proxy::end(tx, (patient, account), (act.now, act.actor().account))?;
            Ok(store::proxy::insert(tx, &stored)?)
        })
        .await?;
        let invitation = Invitation { code: code.printed(), expires_at, is_renewal: false };
        Ok((account, is_new.then_some(invitation)))
    }

    /// An account that nobody can sign in to before its code is used.
    fn proxy_account(
        &self,
        id: AccountId,
        (name, language): (&str, Language),
        now: Timestamp,
    ) -> Result<Account, ServiceError> {
        if name.trim().is_empty() {
            return Err(ServiceError::Invalid(vec![FieldProblem::NameMissing]));
        }
        let keys = self.store.vault.organisation();
        let placeholder = SignInName::parse(&format!("proxy-{}", id.0.simple()))
            .map_err(|problem| ServiceError::Invalid(vec![problem.into()]))?;
        let profile = AccountProfile {
            sign_in_name: placeholder.as_str().to_owned(),
            name: name.trim().to_owned(),
            email: None,
        };
        Ok(Account {
            id,
            sign_in: sign_in_token(keys.blind(), &placeholder),
            profile: seal_profile(keys, id, &profile)?,
            password_hash: None,
            language,
            own_patient: None,
            practitioner: None,
            created_at: now,
            deactivated_at: None,
        })
    }

    /// Ends what an account may do for a patient, at once: by the operator or by the patient.
    pub async fn end_proxy(
        &self,
        ctx: &Ctx,
        patient: PatientId,
        account: AccountId,
    ) -> Result<(), ServiceError> {
        self.change(self.act(ctx, AuditAction::EndProxy), move |tx, act| {
            act.about(patient, Some((AuditObject::Account, account.0)));
            let may = match act.actor().door {
                Door::Patient => Capability::ManageProxies,
                _ => Capability::ManageAccounts,
            };
            act.allow(tx, may, Item::default())?;
            activation::end_of_account(tx, (patient, account), act.now)?;
            match store::proxy::end(tx, (patient, account), (act.now, act.actor().account))? {
                0 => Err(ServiceError::NotFound),
                _ => Ok(()),
            }
        })
        .await
    }

    /// "People who can see your record", for the patient: those of now and of before.
    pub async fn proxies(
        &self,
        ctx: &Ctx,
        person: PatientId,
    ) -> Result<(Person, Vec<ProxyLine>), ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadProxies), move |tx, act| {
            act.about(person, None);
            act.allow(tx, Capability::ManageProxies, Item::default())?;
            let key = act.vault.patient(tx, person)?.ok_or(ServiceError::NotFound)?;
            let grants = store::proxy::of_patient(tx, person)?;
            let accounts: Vec<AccountId> = grants.iter().map(|stored| stored.grant.account).collect();
            let names = store::account::names(tx, act.vault.organisation(), &accounts)?;
            let mut lines = Vec::with_capacity(grants.len());
            for stored in &grants {
                lines.push(ProxyLine {
                    account: stored.grant.account,
                    name: names.get(&stored.grant.account).cloned().unwrap_or_default(),
                    relation: store::proxy::open_relation(&key, stored)?,
                    grant: stored.grant,
                    holds: stored.grant.holds(act.now),
                });
            }
            lines.sort_by_key(|line| !line.holds);
            Ok((persons::load(tx, act, person)?, lines))
        })
        .await
    }

    /// The people about whom this account may see pages: itself first, then those it acts for.
    pub async fn people(&self, ctx: &Ctx) -> Result<Vec<PersonChoice>, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadDemographics), move |tx, act| {
            let ids = people_of(tx, act.actor(), act.now)?;
            let mut people = Vec::with_capacity(ids.len());
            for patient in ids {
                act.about(patient, None);
                act.allow(tx, Capability::ReadDemographics, Item::default())?;
                let person = persons::load(tx, act, patient)?;
                people.push(PersonChoice {
                    patient,
                    name: person.name,
                    is_self: act.actor().own_chart == Some(patient),
                    unread: person.unread,
                });
            }
            act.about(PatientId::ORGANISATION, None);
            act.show(people.iter().map(|person| person.patient));
            Ok(people)
        })
        .await
    }

    /// Their ids alone: where there is one, its pages are shown without a question.
    pub async fn people_ids(&self, ctx: &Ctx) -> Result<Vec<PatientId>, ServiceError> {
        let (actor, now) = (ctx.actor.clone(), ctx.now);
        self.store.db.read(move |tx| people_of(tx, &actor, now)).await
    }

    /// Whether somebody may be told that something has changed about this person; asked again and again by
    /// open pages, and no look at anything.
    pub async fn may_follow(&self, actor: &Actor, person: PatientId) -> Result<bool, ServiceError> {
        if actor.own_chart == Some(person) {
            return Ok(true);
        }
        let (place, now) = ((person, actor.account), self.now());
        let grant = self.store.db.read(move |tx| store::proxy::current(tx, place, now)).await?;
        Ok(grant.is_some_and(|grant| grant.scope.messages))
    }
}

fn code_row(
    (patient, account): (PatientId, AccountId),
    (created_at, expires_at): (Timestamp, Timestamp),
) -> Activation {
    Activation {
        patient: Some(patient),
        account: Some(account),
        proof: activation::PROXY.to_owned(),
        created_at,
        expires_at,
        tries: 0,
        used_at: None,
    }
}

/// An account that is there, and is not the patient's own.
fn is_fit(tx: &mut Tx<'_>, (patient, account): (PatientId, AccountId)) -> Result<(), ServiceError> {
    let known = store::account::load(tx, account)?.filter(|known| known.deactivated_at.is_none());
    let known = known.ok_or(ServiceError::NotFound)?;
    match known.own_patient == Some(patient) {
        true => Err(ServiceError::Invalid(vec![FieldProblem::PatientUnknown])),
        false => Ok(()),
    }
}

/// Whose pages an account may see: its own, then those of its grants.
pub(crate) fn people_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Vec<PatientId>, ServiceError> {
    let mut people: Vec<PatientId> = actor.own_chart.into_iter().collect();
    for patient in store::proxy::of_account(tx, actor.account, now)? {
        if !people.contains(&patient) {
            people.push(patient);
        }
    }
    Ok(people)
}

/// What each proxy is or was to the patient, by the newest grant.
pub(crate) fn relations(
    tx: &mut Tx<'_>,
    act: &Act,
    patient: PatientId,
) -> Result<HashMap<AccountId, ProxyRelation>, ServiceError> {
    let key = act.vault.patient(tx, patient)?.ok_or(ServiceError::NotFound)?;
    relations_by(tx, &key, patient)
}

/// The same with the key at hand.
pub(crate) fn relations_by(
    tx: &mut Tx<'_>,
    key: &DataKey,
    patient: PatientId,
) -> Result<HashMap<AccountId, ProxyRelation>, ServiceError> {
    let mut known = HashMap::new();
    for stored in store::proxy::of_patient(tx, patient)?.iter().rev() {
        known.insert(stored.grant.account, store::proxy::open_relation(key, stored)?);
    }
    Ok(known)
}

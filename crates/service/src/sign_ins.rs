//! Signing in at a door. A try is counted before its outcome is known, so that tries made at once
//! cannot outrun the lock-out; unknown names, wrong passwords and wrong doors answer alike.

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::passwords;
use crate::service::Service;
use domain::account::SignInName;
use domain::actor::{Actor, Door};
use domain::audit::{AuditAction, AuditObject};
use domain::enrolment::EnrolmentStep;
use domain::id::{AccountId, PatientId, RequestId, SessionId};
use domain::sign_in::FAILURES_FORGOTTEN_AFTER;
use jiff::Timestamp;
use std::net::{IpAddr, Ipv6Addr};
use store::account::{Account, sign_in_token};
use store::db::Tx;
use store::secret_token::SecretToken;
use store::sign_in_failure::{self, address_token, pair_token};
use store::{account, enrolment, session, staff_role};

/// Failures that one address may have for each of one name there: a clinic's waiting room shares it.
const NAMES_PER_ADDRESS: i64 = 20;
/// Failures that one name may have, wherever, for each at one address: whoever wants to lock another
/// person out from a single place only locks that place.
const ADDRESSES_PER_NAME: i64 = 10;

/// A new session.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// For the cookie; known to nobody else.
    pub token: String,
    pub account: AccountId,
    pub home: SignedInHome,
}

/// The page after signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedInHome {
    Patient(PatientId),
    /// Somebody who acts for others chooses for whom.
    People,
    Team,
}

/// A counted try.
struct Try {
    account: Option<Account>,
    counters: Counters,
}

/// The tokens under which a try is counted.
#[derive(Clone, Copy)]
struct Counters {
    /// The name at this address.
    pair: i64,
    name: i64,
    address: i64,
}

impl Counters {
    fn all(self) -> [(i64, i64); 3] {
        [(self.pair, 1), (self.name, ADDRESSES_PER_NAME), (self.address, NAMES_PER_ADDRESS)]
    }
}

enum Begun {
    Open(Try),
    Locked { account: Option<Account>, until: Timestamp },
}

impl Service {
    /// Signs in at the patient or the team door. `Denied` for every kind of failure, `TooMany`
    /// while the name or the address has to wait.
    pub async fn sign_in(
        &self,
        door: Door,
        name: &str,
        password: &str,
        address: &str,
    ) -> Result<SignedIn, ServiceError> {
        let now = self.now();
        let tried = match self.begin_try(name, address, now).await? {
            Begun::Open(tried) => tried,
            Begun::Locked { account, until } => {
                self.refuse(door, AuditAction::SignIn, account.as_ref(), now).await?;
                let seconds = until.duration_since(now).as_secs().saturating_add(1);
                return Err(ServiceError::TooMany { retry_after_secs: seconds });
            }
        };
        let stored = tried.account.as_ref().and_then(|account| account.password_hash.as_deref());
        let matches = passwords::matches(password, stored).await?;
        if let Some(account) = tried.account.as_ref().filter(|_| matches) {
            let entered = self.enter(door, account.clone(), tried.counters, now).await;
            match entered {
                Err(ServiceError::Denied) => {}
                other => return other,
            }
        }
        self.refuse(door, AuditAction::SignIn, tried.account.as_ref(), now).await?;
        Err(ServiceError::Denied)
    }

    async fn begin_try(&self, name: &str, address: &str, now: Timestamp) -> Result<Begun, ServiceError> {
        let blind = self.store.vault.organisation().blind();
        // What cannot be a name is counted like an unknown one.
        let by_name = match SignInName::parse(name) {
            Ok(name) => sign_in_token(blind, &name),
            Err(_) => blind.token("sign-in.impossible", &[name]),
        };
        let network = network(address);
        let counters = Counters {
            pair: pair_token(blind, by_name, &network),
            name: by_name,
            address: address_token(blind, &network),
        };
        self.store
            .db
            .write(move |tx| {
                let account = account::by_sign_in(tx, by_name)?;
                let mut failures = Vec::new();
                for (token, shared_by) in counters.all() {
                    failures.push((token, shared_by, sign_in_failure::lock(tx, token)?));
                }
                let waits = failures.iter().map(|(_, by, failed)| failed.shared_by(*by).locked_until(now));
                if let Some(until) = waits.max().flatten() {
                    return Ok(Begun::Locked { account, until });
                }
                for (token, _, failed) in failures {
                    sign_in_failure::store(tx, token, failed.with_failure(now))?;
                }
                Ok(Begun::Open(Try { account, counters }))
            })
            .await
    }

    async fn enter(
        &self,
        door: Door,
        account: Account,
        counters: Counters,
        now: Timestamp,
    ) -> Result<SignedIn, ServiceError> {
        let token = SecretToken::generate()?;
        let session = SessionId(self.mint(now));
        let hash = token.hash(self.store.vault.organisation().pepper(), SESSION);
        let act = self.unsigned_act(door, AuditAction::SignIn, Some(account.id), now);
        let id = account.id;
        let home =
            self.store.db.read(move |tx| home(tx, &account, door, now)).await?.ok_or(ServiceError::Denied)?;
        self.change(act, move |tx, act| {
            open_session(tx, act, (session, &hash), (id, door, home))?;
            // What is shared keeps its other failures: one good sign-in must not clear them.
            sign_in_failure::forget(tx, counters.pair)?;
            sign_in_failure::take_back(tx, counters.name)?;
            sign_in_failure::take_back(tx, counters.address)?;
            Ok(())
        })
        .await?;
        Ok(SignedIn { token: token.reveal(), account: id, home })
    }

    /// Forgets failures that lock nobody out any more; to be called now and then.
    pub async fn forget_old_failures(&self) -> Result<u64, ServiceError> {
        let before = self.now().checked_sub(FAILURES_FORGOTTEN_AFTER).unwrap_or(Timestamp::MIN);
        Ok(self.store.db.write(move |tx| sign_in_failure::forget_before(tx, before)).await?)
    }

    /// Leaves an audit row of a refusal, in the chart of whom the account belongs to.
    pub(crate) async fn refuse(
        &self,
        door: Door,
        action: AuditAction,
        account: Option<&Account>,
        now: Timestamp,
    ) -> Result<(), ServiceError> {
        let act = self.unsigned_act(door, action, account.map(|account| account.id), now);
        let patient = account.and_then(|account| account.own_patient).filter(|_| door == Door::Patient);
        let refused = self.change(act, move |_, act| {
            act.about(patient.unwrap_or(PatientId::ORGANISATION), None);
            Err::<(), _>(ServiceError::Denied)
        });
        match refused.await {
            Err(ServiceError::Internal(fault)) => Err(ServiceError::Internal(fault)),
            _ => Ok(()),
        }
    }

    /// An act of somebody who has no session yet.
    pub(crate) fn unsigned_act(
        &self,
        door: Door,
        action: AuditAction,
        account: Option<AccountId>,
        now: Timestamp,
    ) -> Act {
        let actor = Actor {
            account: account.unwrap_or(AccountId(uuid::Uuid::nil())),
            door,
            language: domain::language::Language::default(),
            own_chart: None,
            staff: Vec::new(),
            pools: Vec::new(),
            leads: Vec::new(),
        };
        self.act(&Ctx { actor, now, request: RequestId(self.mint(now)) }, action)
    }
}

/// What counts as one address: a household or a host has a whole IPv6 /64 to choose from.
fn network(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(v6)) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).to_string(),
        Ok(v4) => v4.to_string(),
        Err(_) => address.to_owned(),
    }
}

/// What the session hashes are for.
pub(crate) const SESSION: &str = "session";

/// Where this account goes behind this door; `None` where the door is not for it.
pub(crate) fn home(
    tx: &mut Tx<'_>,
    account: &Account,
    door: Door,
    now: Timestamp,
) -> Result<Option<SignedInHome>, ServiceError> {
    if account.deactivated_at.is_some() {
        return Ok(None);
    }
    Ok(match door {
        Door::Patient => {
            let mut people = store::proxy::of_account(tx, account.id, now)?;
            people.extend(account.own_patient);
            match people[..] {
                [] => None,
                [one] => Some(SignedInHome::Patient(one)),
                _ => Some(SignedInHome::People),
            }
        }
        Door::Team => {
            let roles = staff_role::current(tx, account.id, now)?;
            (!roles.is_empty()).then_some(SignedInHome::Team)
        }
        Door::Api | Door::Cli => None,
    })
}

/// Adds the session and what a first sign-in leaves behind.
pub(crate) fn open_session(
    tx: &mut Tx<'_>,
    act: &mut Act,
    (id, token_hash): (SessionId, &[u8; 32]),
    (account, door, home): (AccountId, Door, SignedInHome),
) -> Result<(), ServiceError> {
    let now = act.now;
    let patient = match home {
        SignedInHome::Patient(patient) => patient,
        SignedInHome::Team => PatientId::ORGANISATION,
        SignedInHome::People => {
            let known = account::load(tx, account)?;
            known.and_then(|known| known.own_patient).unwrap_or(PatientId::ORGANISATION)
        }
    };
    act.about(patient, Some((AuditObject::Session, id.0)));
    let new = session::Session { id, account, door, created_at: now, last_used_at: now, revoked_at: None };
    session::insert(tx, token_hash, &new)?;
    // Who signs in for somebody else takes no step of theirs.
    let is_own = account::load(tx, account)?.is_some_and(|known| known.own_patient == Some(patient));
    if !patient.is_organisation() && is_own {
        enrolment::reach(tx, patient, EnrolmentStep::FirstSignIn, None, now)?;
    }
    Ok(())
}

//! Activation: from a code on paper to a patient's account. A wrong birth date is counted before
//! anything else happens; unknown, used, expired and locked codes answer alike.

use crate::acts::Act;
use crate::credentials::{Credentials, check, insert_account, new_account, renew};
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::passwords;
use crate::service::Service;
use crate::sign_ins::{SESSION, SignedIn, SignedInHome, open_session};
use domain::access::{Capability, Item};
use domain::account::ACTIVATION_DAYS;
use domain::actor::Door;
use domain::audit::{AuditAction, AuditObject};
use domain::draft::FieldProblem;
use domain::enrolment::{EnrolmentStep, IdentityProof};
use domain::id::{AccountId, PatientId, SessionId};
use domain::language::Language;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use store::activation::{self, Activation};
use store::activation_code::ActivationCode;
use store::db::Tx;
use store::secret_token::SecretToken;
use store::vault::Vault;
use store::{account, enrolment};

/// A code for a patient, to be handed over once.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// `XXXX-XXXX-XXXX`.
    pub code: String,
    pub expires_at: Timestamp,
    /// The patient has an account already, which gets new credentials by this code.
    pub is_renewal: bool,
}

/// Until when a code of now is good.
pub(crate) fn expiry(now: Timestamp) -> Timestamp {
    now.checked_add(SignedDuration::from_hours(24 * ACTIVATION_DAYS)).unwrap_or(Timestamp::MAX)
}

impl Service {
    /// Makes an activation code for a patient; former open codes end. The record must have a birth
    /// date, since the code is asked for together with it.
    pub async fn invite(
        &self,
        ctx: &Ctx,
        patient: PatientId,
        proof: IdentityProof,
    ) -> Result<Invitation, ServiceError> {
        let code = ActivationCode::generate()?;
        let hash = code.hash(self.store.vault.organisation().pepper());
        let expires_at = expiry(ctx.now);
        let act = self.act(ctx, AuditAction::InvitePatient);
        let is_renewal = self
            .change(act, move |tx, act| {
                act.about(patient, None);
                act.allow(tx, Capability::ManageAccounts, Item::default())?;
                let card = store::patient::card(tx, &act.vault, patient)?.ok_or(ServiceError::NotFound)?;
                if card.birth_date.is_none() {
                    return Err(ServiceError::Invalid(vec![FieldProblem::BirthDate]));
                }
                let account = account::by_patient(tx, patient)?.map(|account| account.id);
                activation::end_of_patient(tx, patient, act.now)?;
                let new = Activation {
                    patient: Some(patient),
                    account,
                    proof: proof.word().to_owned(),
                    created_at: act.now,
                    expires_at,
                    tries: 0,
                    used_at: None,
                };
                activation::insert(tx, &hash, &new)?;
                enrolment::reach(tx, patient, EnrolmentStep::Offered, None, act.now)?;
                Ok(account.is_some())
            })
            .await?;
        Ok(Invitation { code: code.printed(), expires_at, is_renewal })
    }

    /// Uses a code: makes the patient's account (or renews its credentials) and signs in at the
    /// patient door. `birth_date` is an ISO date. `Invalid` names fields; all else is `Denied`.
    pub async fn activate(
        &self,
        code: &str,
        birth_date: &str,
        sign_in_name: &str,
        password: &str,
        language: Language,
    ) -> Result<SignedIn, ServiceError> {
        let now = self.now();
        let birth_date: Result<Date, _> = birth_date.trim().parse();
        let checked = check(sign_in_name, password);
        let (birth_date, name) = match (birth_date, checked) {
            (Ok(birth_date), Ok(name)) => (birth_date, name),
            (Ok(_), Err(problems)) => return Err(ServiceError::Invalid(problems)),
            (Err(_), checked) => {
                let mut problems = vec![FieldProblem::BirthDate];
                problems.extend(checked.err().unwrap_or_default());
                return Err(ServiceError::Invalid(problems));
            }
        };
        let pepper = self.store.vault.organisation().pepper();
        let hash = ActivationCode::parse(code).map(|code| code.hash(pepper));
        let Some((hash, patient)) = self.open_code(hash, birth_date, now).await? else {
            return Err(ServiceError::Denied);
        };
        let password_hash = passwords::hash(password).await?;
        self.use_code(hash, patient, Credentials { name, password_hash, language }, now).await
    }

    /// The patient of a code that is open and whose birth date fits; a wrong one is counted.
    async fn open_code(
        &self,
        hash: Option<[u8; 32]>,
        birth_date: Date,
        now: Timestamp,
    ) -> Result<Option<([u8; 32], PatientId)>, ServiceError> {
        let vault = self.store.vault.clone();
        let found = self
            .store
            .db
            .write(move |tx| {
                let Some(hash) = hash else { return Ok((None, false)) };
                let Some(known) = activation::lock(tx, &hash)? else { return Ok((None, false)) };
                let Some(patient) = known.patient else { return Ok((None, false)) };
                if !known.is_open(now) {
                    return Ok((Some((hash, patient)), false));
                }
                let fits = is_born_on(tx, &vault, patient, birth_date)?;
                if !fits {
                    activation::count_try(tx, &hash)?;
                }
                Ok::<_, ServiceError>((Some((hash, patient)), fits))
            })
            .await?;
        match found {
            (Some(found), true) => Ok(Some(found)),
            (refused, _) => {
                self.refuse_code(refused.map(|(_, patient)| patient), now).await?;
                Ok(None)
            }
        }
    }

    async fn refuse_code(&self, patient: Option<PatientId>, now: Timestamp) -> Result<(), ServiceError> {
        let act = self.unsigned_act(Door::Patient, AuditAction::ActivateAccount, None, now);
        let refused = self.change(act, move |_, act| {
            act.about(patient.unwrap_or(PatientId::ORGANISATION), None);
            Err::<(), _>(ServiceError::Denied)
        });
        match refused.await {
            Err(ServiceError::Internal(fault)) => Err(ServiceError::Internal(fault)),
            _ => Ok(()),
        }
    }

    async fn use_code(
        &self,
        hash: [u8; 32],
        patient: PatientId,
        chosen: Credentials,
        now: Timestamp,
    ) -> Result<SignedIn, ServiceError> {
        let token = SecretToken::generate()?;
        let session = SessionId(self.mint(now));
        let token_hash = token.hash(self.store.vault.organisation().pepper(), SESSION);
        let new_id = AccountId(self.mint(now));
        let act = self.unsigned_act(Door::Patient, AuditAction::ActivateAccount, None, now);
        let account = self
            .change(act, move |tx, act| {
                act.about(patient, None);
                let known = activation::lock(tx, &hash)?.filter(|known| known.is_open(now));
                let known = known.ok_or(ServiceError::Denied)?;
                let account = account_for(tx, act, known.account, (new_id, patient), &chosen)?;
                activation::set_used(tx, &hash, now)?;
                if known.proof != activation::PROXY {
                    verified(tx, patient, &known.proof, now)?;
                }
                let home = SignedInHome::Patient(patient);
                open_session(tx, act, (session, &token_hash), (account, Door::Patient, home))?;
                act.about(patient, Some((AuditObject::Account, account.0)));
                Ok(account)
            })
            .await
            .map_err(denied_if_unseen)?;
        Ok(SignedIn { token: token.reveal(), account, home: SignedInHome::Patient(patient) })
    }
}

/// The account that a code leads to: the one it renews, or a new one for the patient's chart.
fn account_for(
    tx: &mut Tx<'_>,
    act: &Act,
    known: Option<AccountId>,
    (new, patient): (AccountId, PatientId),
    chosen: &Credentials,
) -> Result<AccountId, ServiceError> {
    let keys = act.vault.organisation();
    if let Some(account) = known {
        return renew(tx, keys, account, chosen, act.now);
    }
    if account::by_patient(tx, patient)?.is_some() {
        return Err(ServiceError::Denied);
    }
    let name = store::patient::card(tx, &act.vault, patient)?.map(|card| card.name);
    let row = new_account(keys, (new, Some(patient)), (chosen, name.as_deref()), act.now)?;
    insert_account(tx, &row)?;
    Ok(new)
}

/// Whether the patient was born on this day, as far as the record knows the date.
fn is_born_on(tx: &mut Tx<'_>, vault: &Vault, patient: PatientId, day: Date) -> Result<bool, ServiceError> {
    let known = store::patient::card(tx, vault, patient)?.and_then(|card| card.birth_date);
    Ok(known.is_some_and(|known| known.len() >= "1950".len() && day.to_string().starts_with(&known)))
}

/// The wrapper answers "not found" where a patient is concerned; a code holder may know of it.
fn denied_if_unseen(error: ServiceError) -> ServiceError {
    match error {
        ServiceError::NotFound => ServiceError::Denied,
        other => other,
    }
}

fn verified(tx: &mut Tx<'_>, patient: PatientId, proof: &str, now: Timestamp) -> Result<(), ServiceError> {
    enrolment::reach(tx, patient, EnrolmentStep::Registered, None, now)?;
    if let Some(proof) = IdentityProof::from_word(proof) {
        enrolment::reach(tx, patient, EnrolmentStep::IdentityVerified, Some(proof), now)?;
    }
    Ok(())
}

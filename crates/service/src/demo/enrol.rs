//! Many made-up patients who have come some way towards an account; those who have one cannot sign in
//! with it, since it has no password.

use crate::credentials::insert_account;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use domain::account::SignInName;
use domain::audit::{AuditAction, AuditObject};
use domain::enrolment::{EnrolmentStep, IdentityProof};
use domain::id::{AccountId, PatientId, SiteId};
use domain::language::Language;
use domain::organisation::Site;
use jiff::Timestamp;
use store::account::{Account, AccountProfile, seal_profile, sign_in_token};
use store::enrolment;

/// One patient's steps, as far as they went, and the account of those who got one.
#[derive(Clone, Debug)]
pub struct Enrolled {
    pub patient: PatientId,
    pub name: String,
    pub sign_in_name: String,
    pub language: Language,
    pub offered: Timestamp,
    pub registered: Option<Timestamp>,
    pub verified: Option<(Timestamp, IdentityProof)>,
    pub signed_in: Option<Timestamp>,
}

impl Enrolled {
    fn steps(&self) -> Vec<(EnrolmentStep, Timestamp, Option<IdentityProof>)> {
        let step = |step, at: Option<Timestamp>| at.map(|at| (step, at, None));
        let verified = self.verified.map(|(at, proof)| (EnrolmentStep::IdentityVerified, at, Some(proof)));
        [
            step(EnrolmentStep::Offered, Some(self.offered)),
            step(EnrolmentStep::Registered, self.registered),
            verified,
            step(EnrolmentStep::FirstSignIn, self.signed_in),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Service {
    /// Sites with the moments at which they began; pools find them by name.
    pub async fn demo_sites(&self, ctx: &Ctx, sites: Vec<Site>) -> Result<(), ServiceError> {
        self.only_in_a_demo().await?;
        self.change(self.act(ctx, AuditAction::ChangeSettings), move |tx, act| {
            act.allow(tx, domain::access::Capability::ManageSettings, domain::access::Item::default())?;
            Ok(sites.iter().try_for_each(|site| store::site::insert(tx, site))?)
        })
        .await
    }

    pub fn demo_site_id(&self, at: Timestamp) -> SiteId {
        SiteId(self.mint(at))
    }

    /// Enrols all of them; the accounts of those who were verified, in their order.
    pub async fn demo_enrol(
        &self,
        ctx: &Ctx,
        all: Vec<Enrolled>,
    ) -> Result<Vec<(PatientId, AccountId)>, ServiceError> {
        self.only_in_a_demo().await?;
        let mut rows = Vec::with_capacity(all.len());
        for one in all {
            rows.push((self.account_of(&one)?, one));
        }
        let accounts =
            { rows.iter() }.filter_map(|(account, one)| Some((one.patient, account.as_ref()?.id))).collect();
        let service = self.clone();
        let ctx = ctx.clone();
        let writing = self.store.db.write_alone(move |tx| {
            for (account, one) in &rows {
                let invited = Ctx { now: one.offered, ..ctx.clone() };
                let mut act = service.act(&invited, AuditAction::InvitePatient);
                act.about(one.patient, account.as_ref().map(|row| (AuditObject::Account, row.id.0)));
                account.iter().try_for_each(|row| insert_account(tx, row))?;
                for (step, at, proof) in one.steps() {
                    enrolment::reach(tx, one.patient, step, proof, at)?;
                }
                act.done(tx, &service)?;
            }
            Ok::<_, ServiceError>(())
        });
        writing.await?;
        Ok(accounts)
    }

    fn account_of(&self, one: &Enrolled) -> Result<Option<Account>, ServiceError> {
        let Some((at, _)) = one.verified else { return Ok(None) };
        let keys = self.store.vault.organisation();
        let name = SignInName::parse(&one.sign_in_name)
            .map_err(|problem| ServiceError::Invalid(vec![problem.into()]))?;
        let id = AccountId(self.mint(at));
        let profile =
            AccountProfile { sign_in_name: name.as_str().to_owned(), name: one.name.clone(), email: None };
        Ok(Some(Account {
            id,
            sign_in: sign_in_token(keys.blind(), &name),
            profile: seal_profile(keys, id, &profile)?,
            password_hash: None,
            language: one.language,
            own_patient: Some(one.patient),
            practitioner: None,
            created_at: at,
            deactivated_at: None,
        }))
    }
}

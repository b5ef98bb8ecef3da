//! What everybody may see and change of the own account: where it is signed in, and its password.

use crate::credentials::check;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::passwords;
use crate::service::Service;
use crate::sessions::{SessionLine, is_live};
use domain::audit::{AuditAction, AuditObject};
use domain::draft::FieldProblem;
use domain::id::{PatientId, SessionId};
use store::account::{Account, open_profile};
use store::sign_in_failure::{self, pair_token};
use store::{account, session};

/// What stands for an address where wrong passwords are counted that are typed here.
const HERE: &str = "own account";

/// The reader's own account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAccount {
    pub sign_in_name: String,
    /// Live sessions at either door, newest first.
    pub sessions: Vec<SessionLine>,
}

impl Service {
    /// The actor's own sign-in name and live sessions.
    pub async fn own_account(&self, ctx: &Ctx) -> Result<OwnAccount, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadSessions), move |tx, act| {
            let actor = act.actor().clone();
            about_own(act, actor.own_chart);
            let known = account::load(tx, actor.account)?.ok_or(ServiceError::NotFound)?;
            let rows = session::of_account(tx, actor.account)?;
            let live = rows.into_iter().filter(|row| is_live(row, act.now));
            let line = |row: session::Session| SessionLine {
                id: row.id,
                door: row.door,
                created_at: row.created_at,
                last_used_at: row.last_used_at,
            };
            Ok(OwnAccount {
                sign_in_name: open_profile(act.vault.organisation(), &known)?.sign_in_name,
                sessions: live.map(line).collect(),
            })
        })
        .await
    }

    /// Ends all of the actor's own sessions but this one; how many there were.
    pub async fn end_other_sessions(&self, ctx: &Ctx, but: SessionId) -> Result<u64, ServiceError> {
        self.change(self.act(ctx, AuditAction::SignOut), move |tx, act| {
            let actor = act.actor().clone();
            about_own(act, actor.own_chart);
            let ended = session::revoke_others(tx, actor.account, but, act.now)?;
            act.detail().count = i64::try_from(ended).ok();
            Ok(ended)
        })
        .await
    }

    /// A new password for the actor's own account; all other sessions end. The old one is asked for, and wrong
    /// ones are counted, so that an open browser lends nobody the account for good. They are counted apart from
    /// those of the door: neither locks the other.
    pub async fn change_password(
        &self,
        ctx: &Ctx,
        this: SessionId,
        (old, new): (&str, &str),
    ) -> Result<(), ServiceError> {
        let known = self.own_row(ctx).await?;
        let name = open_profile(self.store.vault.organisation(), &known)?.sign_in_name;
        if let Err(problems) = check(&name, new) {
            return self.refuse_password(ctx, ServiceError::Invalid(problems)).await;
        }
        let token = pair_token(self.store.vault.organisation().blind(), known.sign_in, HERE);
        if let Some(wait) = self.begin_own_try(ctx, token).await? {
            return self.refuse_password(ctx, wait).await;
        }
        if !passwords::matches(old, known.password_hash.as_deref()).await? {
            let wrong = ServiceError::Invalid(vec![FieldProblem::PasswordWrong]);
            return self.refuse_password(ctx, wrong).await;
        }
        let (hash, before) = (passwords::hash(new).await?, known.password_hash.clone());
        self.change(self.act(ctx, AuditAction::ChangePassword), move |tx, act| {
            let actor = act.actor().clone();
            about_own(act, actor.own_chart);
            let now = account::load(tx, actor.account)?.filter(|now| now.password_hash == before);
            // Somebody else was faster: what was asked for no longer holds.
            let now = now.ok_or(ServiceError::Invalid(vec![FieldProblem::PasswordWrong]))?;
            account::set_password(tx, now.id, &hash, act.now)?;
            act.detail().count = i64::try_from(session::revoke_others(tx, now.id, this, act.now)?).ok();
            Ok(sign_in_failure::forget(tx, token)?)
        })
        .await
    }

    async fn own_row(&self, ctx: &Ctx) -> Result<Account, ServiceError> {
        let id = ctx.actor.account;
        let found = self.store.db.read(move |tx| account::load(tx, id)).await?;
        found.filter(|known| known.deactivated_at.is_none()).ok_or(ServiceError::NotFound)
    }

    /// Counts a try before it is made; an error where the account has to wait.
    async fn begin_own_try(&self, ctx: &Ctx, token: i64) -> Result<Option<ServiceError>, ServiceError> {
        let now = ctx.now;
        let locked = self.store.db.write(move |tx| {
            let failures = sign_in_failure::lock(tx, token)?;
            if let Some(until) = failures.locked_until(now) {
                return Ok::<_, ServiceError>(Some(until));
            }
            sign_in_failure::store(tx, token, failures.with_failure(now))?;
            Ok(None)
        });
        Ok(locked.await?.map(|until| ServiceError::TooMany {
            retry_after_secs: until.duration_since(now).as_secs().saturating_add(1),
        }))
    }

    async fn refuse_password(&self, ctx: &Ctx, why: ServiceError) -> Result<(), ServiceError> {
        let own = ctx.actor.own_chart.unwrap_or(PatientId::ORGANISATION);
        let object = Some((AuditObject::Account, ctx.actor.account.0));
        self.turn_away(self.act(ctx, AuditAction::ChangePassword), own, object, why).await
    }
}

/// An account of a patient leaves its rows in the own chart.
fn about_own(act: &mut crate::acts::Act, own_chart: Option<PatientId>) {
    let account = act.actor().account.0;
    act.about(own_chart.unwrap_or(PatientId::ORGANISATION), Some((AuditObject::Account, account)));
}

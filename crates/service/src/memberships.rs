//! Leaving a pool, and leading one. What the member who leaves owned there goes back to everybody first,
//! thread by thread with a line that says so, and the membership ends when nothing is left. Interrupted,
//! it can be asked again.

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use crate::thread_acts::Change;
use domain::access::{self, Capability, CareRelation, Item};
use domain::audit::{AuditAction, AuditObject};
use domain::id::{AccountId, PatientId, PoolId, ThreadId};
use store::db::Tx;
use store::{account, inbox, pool};

/// Threads that are taken from their owner between two looks.
const SOME: usize = 100;

/// What became of a membership.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// False where the account was no member.
    pub was_member: bool,
    /// Threads that have no owner now.
    pub released: u64,
}

impl Service {
    /// Takes an account out of a pool.
    pub async fn remove_pool_member(
        &self,
        ctx: &Ctx,
        pool: PoolId,
        member: AccountId,
    ) -> Result<Left, ServiceError> {
        let mut released = 0;
        loop {
            released += self.release_all(ctx, pool, member).await?;
            let act = self.act(ctx, AuditAction::RemoveMember);
            let left = self.change(act, move |tx, act| end_membership(tx, act, pool, member)).await?;
            if let Some(was_member) = left {
                return Ok(Left { was_member, released });
            }
        }
    }

    /// Marks a member of a pool as its lead, or takes the mark away; `NotFound` for whoever is no member.
    pub async fn set_pool_lead(
        &self,
        ctx: &Ctx,
        (pool, member): (PoolId, AccountId),
        is_lead: bool,
    ) -> Result<(), ServiceError> {
        let action = if is_lead { AuditAction::MakeLead } else { AuditAction::EndLead };
        self.change(self.act(ctx, action), move |tx, act| {
            act.object(AuditObject::Account, member.0);
            act.allow(tx, Capability::ManageSettings, Item::default())?;
            act.detail().what = Some(pool::load(tx, pool)?.ok_or(ServiceError::NotFound)?.label.en);
            let is_member = pool::set_lead(tx, (pool, member), is_lead, act.now)?;
            if is_member { Ok(()) } else { Err(ServiceError::NotFound) }
        })
        .await
    }

    /// Takes an account out of all its pools; the number of threads that have no owner now.
    pub(crate) async fn leave_all_pools(&self, ctx: &Ctx, member: AccountId) -> Result<u64, ServiceError> {
        let now = ctx.now;
        let pools = self.store.db.read(move |tx| pool::of_account(tx, member, now)).await?;
        let mut released = 0;
        for pool in pools {
            released += self.remove_pool_member(ctx, pool, member).await?.released;
        }
        Ok(released)
    }

    /// Does nothing for those who may not: the act that follows is refused and audited.
    async fn release_all(&self, ctx: &Ctx, pool: PoolId, member: AccountId) -> Result<u64, ServiceError> {
        let facts = (&CareRelation::default(), Item::default());
        let nobody = PatientId::ORGANISATION;
        if access::decide(&ctx.actor, Capability::ManageSettings, nobody, facts, ctx.now).is_err() {
            return Ok(0);
        }
        let (mut released, mut before) = (0, Vec::new());
        loop {
            let owned = self.store.db.read(move |tx| inbox::owned_by(tx, pool, member, SOME)).await?;
            if owned.is_empty() {
                return Ok(released);
            }
            if owned == before {
                return Err(ServiceError::Internal("an owner in the inbox whom the thread has not".into()));
            }
            for thread in &owned {
                self.release(ctx, *thread, member).await?;
                released += 1;
            }
            before = owned;
        }
    }

    async fn release(&self, ctx: &Ctx, thread: ThreadId, member: AccountId) -> Result<(), ServiceError> {
        self.thread_change(ctx, (None, thread), AuditAction::AssignThread, move |tx, act, change| {
            release_on(tx, act, &change, member)
        })
        .await
    }
}

fn release_on(
    tx: &mut Tx<'_>,
    act: &mut Act,
    change: &Change,
    member: AccountId,
) -> Result<(), ServiceError> {
    let mut stored = change.load(tx, act, |_| Capability::ManageSettings)?;
    // Somebody else took it since.
    if stored.thread.owner != Some(member) {
        return Ok(());
    }
    let before = stored.clone();
    match stored.thread.owner_left() {
        Some(line) => {
            let line = change.sealed(act, line)?;
            let seq = stored.thread.append_line();
            change.write(tx, (seq, &line), (&stored, &before), None)
        }
        None => crate::sending::keep(tx, (&stored, &before.thread), None),
    }
}

/// Ends the membership; `None` where a thread was given to the member meanwhile.
fn end_membership(
    tx: &mut Tx<'_>,
    act: &mut Act,
    pool: PoolId,
    member: AccountId,
) -> Result<Option<bool>, ServiceError> {
    act.object(AuditObject::Account, member.0);
    act.allow(tx, Capability::ManageSettings, Item::default())?;
    let known = pool::load(tx, pool)?.ok_or(ServiceError::NotFound)?;
    account::load(tx, member)?.ok_or(ServiceError::NotFound)?;
    act.detail().what = Some(known.label.en);
    if !inbox::owned_by(tx, pool, member, 1)?.is_empty() {
        return Ok(None);
    }
    Ok(Some(pool::end_member(tx, pool, member, act.now)?))
}

//! Staff accounts as an administrator keeps them: who has which role, when they were last here, where
//! they are signed in. Names are sealed, so a list is sorted here: a clinic's staff are few.

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::page::{Cursor, PAGE, Page};
use crate::service::Service;
use crate::sessions::is_live;
use crate::view::office::{OpenSession, StaffLine, StaffPage};
use domain::access::{Capability, Item};
use domain::actor::Door;
use domain::audit::{AuditAction, AuditObject};
use domain::id::{AccountId, PoolId, SessionId};
use domain::inbox::View;
use domain::language::Label;
use store::account::{Account, AccountProfile, open_profile};
use store::db::Tx;
use store::{account, inbox, pool, session, staff_role};

impl Service {
    /// A page of the staff, by name; those whose account has ended stand last.
    pub async fn staff(&self, ctx: &Ctx, after: Option<Cursor>) -> Result<Page<StaffLine>, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadSettings), move |tx, act| {
            act.allow(tx, Capability::ManageAccounts, Item::default())?;
            let named = by_name(tx, act)?;
            let place = |id| named.iter().position(|(known, _)| known.id.0 == id);
            let start = after.and_then(|after| place(after.id)).map_or(0, |at| at + 1);
            let some = named.iter().skip(start).take(PAGE + 1).cloned().collect();
            let page = Page::cut(some, PAGE, |(known, _): &(Account, _)| Cursor { at: 0, id: known.id.0 });
            let mut items = Vec::with_capacity(page.items.len());
            for (known, profile) in &page.items {
                items.push(line(tx, act, known, profile)?);
            }
            Ok(Page { items, next: page.next })
        })
        .await
    }

    /// One member of staff.
    pub async fn staff_member(&self, ctx: &Ctx, id: AccountId) -> Result<StaffPage, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadSettings), move |tx, act| {
            act.object(AuditObject::Account, id.0);
            act.allow(tx, Capability::ManageAccounts, Item::default())?;
            let known = account::load(tx, id)?.ok_or(ServiceError::NotFound)?;
            let profile = open_profile(act.vault.organisation(), &known)?;
            let line = line(tx, act, &known, &profile)?;
            // An account without a role is a patient's, and none of this page's business.
            if line.roles.is_empty() {
                return Err(ServiceError::NotFound);
            }
            Ok(StaffPage {
                line,
                sign_in_name: profile.sign_in_name,
                created_at: known.created_at,
                pools: pools(tx, act, id)?,
                sessions: open_sessions(tx, act, id)?,
                is_me: act.actor().account == id,
            })
        })
        .await
    }

    /// Ends one session at the team's door, or all of them; the number of those that were open.
    pub async fn end_sessions(
        &self,
        ctx: &Ctx,
        id: AccountId,
        only: Option<SessionId>,
    ) -> Result<u64, ServiceError> {
        self.change(self.act(ctx, AuditAction::EndSessions), move |tx, act| {
            act.object(AuditObject::Account, id.0);
            act.allow(tx, Capability::ManageAccounts, Item::default())?;
            let mut ended = 0;
            for open in open_sessions(tx, act, id)? {
                if only.is_none_or(|only| only == open.id) {
                    ended += u64::from(session::revoke(tx, id, open.id, act.now)?);
                }
            }
            act.detail().count = i64::try_from(ended).ok();
            Ok(ended)
        })
        .await
    }
}

fn by_name(tx: &mut Tx<'_>, act: &Act) -> Result<Vec<(Account, AccountProfile)>, ServiceError> {
    let mut named = Vec::new();
    for known in account::staff(tx, act.now)? {
        let profile = open_profile(act.vault.organisation(), &known)?;
        named.push((known, profile));
    }
    named.sort_by_key(|(known, profile)| {
        (known.deactivated_at.is_some(), profile.name.to_lowercase(), known.id)
    });
    Ok(named)
}

fn line(
    tx: &mut Tx<'_>,
    act: &Act,
    known: &Account,
    profile: &AccountProfile,
) -> Result<StaffLine, ServiceError> {
    Ok(StaffLine {
        account: known.id,
        name: profile.name.clone(),
        roles: staff_role::current(tx, known.id, act.now)?,
        last_sign_in: session::last_sign_in(tx, known.id, Door::Team)?,
        open_sessions: open_sessions(tx, act, known.id)?.len(),
        is_ended: known.deactivated_at.is_some(),
        is_invited: known.password_hash.is_none(),
    })
}

/// Sessions at the team's door: where somebody is signed in as a patient is nobody's business here.
fn open_sessions(tx: &mut Tx<'_>, act: &Act, id: AccountId) -> Result<Vec<OpenSession>, ServiceError> {
    let rows = session::of_account(tx, id)?;
    let open = rows.iter().filter(|row| row.door == Door::Team && is_live(row, act.now));
    Ok(open
        .map(|row| OpenSession { id: row.id, created_at: row.created_at, last_used_at: row.last_used_at })
        .collect())
}

fn pools(tx: &mut Tx<'_>, act: &Act, id: AccountId) -> Result<Vec<(PoolId, Label, i64)>, ServiceError> {
    let mut pools = Vec::new();
    for of in pool::of_account(tx, id, act.now)? {
        let Some(known) = pool::load(tx, of)? else { continue };
        pools.push((of, known.label, inbox::count_of(tx, (of, View::Mine), id, act.now)?));
    }
    Ok(pools)
}

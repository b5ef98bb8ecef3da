//! The organisation and its teams as an administrator reads them: names, hours, numbers, no patient.

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use crate::view::office::{OrganisationPage, TeamLine};
use domain::access::{Capability, Item};
use domain::audit::{AuditAction, AuditObject};
use domain::id::{AccountId, PoolId};
use domain::inbox::View;
use domain::pool::Pool;
use store::db::Tx;
use store::{account, inbox, organisation, pool, site};

impl Service {
    /// All active teams, by English label.
    pub async fn teams(&self, ctx: &Ctx) -> Result<Vec<TeamLine>, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadSettings), |tx, act| {
            act.allow(tx, Capability::ManageSettings, Item::default())?;
            let mut lines = Vec::new();
            for pool in pool::active(tx)? {
                lines.push(team(tx, act, pool)?);
            }
            Ok(lines)
        })
        .await
    }

    /// One active team; `NotFound` where there is none of this id.
    pub async fn team(&self, ctx: &Ctx, id: PoolId) -> Result<TeamLine, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadSettings), move |tx, act| {
            act.object(AuditObject::Pool, id.0);
            act.allow(tx, Capability::ManageSettings, Item::default())?;
            let pool = pool::load(tx, id)?.filter(|pool| pool.is_active).ok_or(ServiceError::NotFound)?;
            team(tx, act, pool)
        })
        .await
    }

    /// The organisation and its sites.
    pub async fn organisation_settings(&self, ctx: &Ctx) -> Result<OrganisationPage, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadSettings), |tx, act| {
            act.allow(tx, Capability::ManageSettings, Item::default())?;
            let organisation = organisation::load(tx)?.ok_or(ServiceError::NotFound)?;
            Ok(OrganisationPage { organisation, sites: site::all(tx)? })
        })
        .await
    }
}

fn team(tx: &mut Tx<'_>, act: &Act, pool: Pool) -> Result<TeamLine, ServiceError> {
    let ids = pool::members(tx, pool.id, act.now)?;
    let names = account::names(tx, act.vault.organisation(), &ids)?;
    let mut members: Vec<(AccountId, String)> = names.into_iter().collect();
    members.sort_by_key(|(id, name)| (name.to_lowercase(), *id));
    let count = |tx: &mut Tx<'_>, view| inbox::count_of(tx, (pool.id, view), act.actor().account, act.now);
    Ok(TeamLine {
        site: site::load(tx, pool.site)?.map(|site| site.name).unwrap_or_default(),
        is_default: pool::default(tx)? == Some(pool.id),
        is_on_duty: pool.calendar.is_open(act.now),
        members,
        open: count(tx, View::ToDo)?,
        unassigned: count(tx, View::Unassigned)?,
        overdue: count(tx, View::Overdue)?,
        pool,
    })
}

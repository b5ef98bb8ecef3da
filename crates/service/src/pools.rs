//! Pools and sites, as the operator sets them up.

use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use domain::access::{Capability, Item};
use domain::audit::{AuditAction, AuditObject};
use domain::calendar::Calendar;
use domain::draft::FieldProblem;
use domain::id::{AccountId, PoolId, QuickReplyId, SiteId};
use domain::language::Label;
use domain::organisation::Site;
use domain::pool::Pool;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::db::Tx;
use store::organisation::Organisation;
use store::{organisation, pool, quick_reply, site};

/// A pool to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPool {
    pub label: Label,
    /// Who reads here, for the patient; the label says it where it is not given.
    pub readers: Option<Label>,
    /// The site's name; a name that is not known yet becomes a site.
    pub site: String,
    pub answer_within_minutes: u32,
    pub is_default: bool,
}

/// One pool in the operator's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolLine {
    pub pool: Pool,
    pub site: String,
    pub is_default: bool,
    pub members: usize,
    pub leads: usize,
}

impl Service {
    /// Makes a pool with office hours in its site's zone and a few quick replies. The first pool is the
    /// default one.
    pub async fn create_pool(&self, ctx: &Ctx, new: NewPool) -> Result<PoolId, ServiceError> {
        let id = PoolId(self.mint(ctx.now));
        let new_site = SiteId(self.mint(ctx.now));
        if new.label.en.trim().is_empty() || new.label.es.trim().is_empty() || new.site.trim().is_empty() {
            return Err(ServiceError::Invalid(vec![FieldProblem::NameMissing]));
        }
        let replies = quick_reply::seeds(|| QuickReplyId(self.mint(ctx.now)));
        let act = self.act(ctx, AuditAction::ChangeSettings);
        self.change(act, move |tx, act| {
            act.object(AuditObject::Pool, id.0);
            act.allow(tx, Capability::ManageSettings, Item::default())?;
            let home = organisation::load(tx)?.ok_or(ServiceError::NotFound)?;
            let site = site_named(tx, &home, (new_site, new.site.trim()), act.now)?;
            // Commands name a pool by its label: of two alike neither could be named again.
            if pool::active(tx)?.iter().any(|there| there.site == site.id && there.label.en == new.label.en) {
                return Err(ServiceError::Invalid(vec![FieldProblem::PoolNameTaken]));
            }
            let zone = TimeZone::get(&site.time_zone)
                .map_err(|_| ServiceError::Internal("a site's time zone".into()))?;
            let made = Pool {
                id,
                site: site.id,
                label: new.label.clone(),
                readers: new.readers.clone().unwrap_or_else(|| new.label.clone()),
                calendar: Calendar::office_hours(zone),
                answer_within_minutes: new.answer_within_minutes,
                is_active: true,
            };
            pool::insert(tx, &made, act.now)?;
            for reply in &replies {
                quick_reply::insert(tx, id, reply, act.now)?;
            }
            if new.is_default || pool::default(tx)?.is_none() {
                pool::set_default(tx, id)?;
            }
            Ok(id)
        })
        .await
    }

    /// All active pools with their sites and numbers of members.
    pub async fn pools(&self, ctx: &Ctx) -> Result<Vec<PoolLine>, ServiceError> {
        let now = ctx.now;
        let lines = self.store.db.read(move |tx| {
            let default = pool::default(tx)?;
            let mut lines = Vec::new();
            for pool in pool::active(tx)? {
                let site = site::load(tx, pool.site)?.map(|site| site.name).unwrap_or_default();
                let members = pool::members(tx, pool.id, now)?;
                let mut leads = 0;
                for member in &members {
                    leads += usize::from(pool::led_by(tx, *member, now)?.contains(&pool.id));
                }
                let is_default = default == Some(pool.id);
                lines.push(PoolLine { is_default, site, members: members.len(), leads, pool });
            }
            Ok::<_, ServiceError>(lines)
        });
        lines.await
    }

    /// The active pool of this id or English label.
    pub async fn find_pool(&self, text: &str) -> Result<Option<PoolId>, ServiceError> {
        let text = text.trim().to_owned();
        self.store.db.read(move |tx| Ok(pool_named(tx, &text)?.map(|pool| pool.id))).await
    }

    /// Takes an account into a pool; false where it is in already.
    pub async fn add_pool_member(
        &self,
        ctx: &Ctx,
        pool: PoolId,
        account: AccountId,
    ) -> Result<bool, ServiceError> {
        let act = self.act(ctx, AuditAction::ChangeSettings);
        self.change(act, move |tx, act| {
            act.object(AuditObject::Pool, pool.0);
            act.allow(tx, Capability::ManageSettings, Item::default())?;
            if store::account::load(tx, account)?.is_none() || pool::load(tx, pool)?.is_none() {
                return Err(ServiceError::NotFound);
            }
            Ok(pool::add_member(tx, pool, account, act.now)?)
        })
        .await
    }
}

/// The active pool of this id or English label; `None` where there is none or more than one.
pub(crate) fn pool_named(tx: &mut Tx<'_>, text: &str) -> Result<Option<Pool>, ServiceError> {
    if let Ok(id) = text.parse::<PoolId>() {
        return Ok(pool::load(tx, id)?.filter(|pool| pool.is_active));
    }
    Ok(pool::by_label(tx, text)?)
}

/// A site that is new goes live now: its pool takes messages from this moment on.
fn site_named(
    tx: &mut Tx<'_>,
    home: &Organisation,
    (id, name): (SiteId, &str),
    now: Timestamp,
) -> Result<Site, ServiceError> {
    if let Some(known) = site::all(tx)?.into_iter().find(|site| site.name == name) {
        return Ok(known);
    }
    let new = Site {
        id,
        name: name.to_owned(),
        time_zone: home.time_zone.clone(),
        phone: home.phone.clone(),
        go_live: Some(now),
    };
    site::insert(tx, &new)?;
    Ok(new)
}

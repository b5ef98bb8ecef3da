//! When a pool works: its weekly hours and holidays, as the operator keeps them. Messages that follow are
//! promised by them; what was promised before keeps its time.

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use domain::access::{Capability, Item};
use domain::audit::{AuditAction, AuditObject};
use domain::calendar::{Calendar, Holiday};
use domain::day_hours::DayHours;
use domain::id::PoolId;
use domain::language::Label;
use jiff::civil::{Date, Weekday};
use store::db::Tx;
use store::pool;

impl Service {
    /// Gives weekdays other hours; the days that are not named keep theirs.
    pub async fn set_working_hours(
        &self,
        ctx: &Ctx,
        id: PoolId,
        days: Vec<(Weekday, DayHours)>,
    ) -> Result<Calendar, ServiceError> {
        let act = self.act(ctx, AuditAction::ChangeSettings);
        self.change(act, move |tx, act| {
            let mut calendar = locked(tx, act, id, "working hours")?;
            for (weekday, hours) in &days {
                calendar.set_day(*weekday, hours);
            }
            pool::set_calendar(tx, id, &calendar)?;
            Ok(calendar)
        })
        .await
    }

    /// Adds holidays; answers with those days that were none before. One that was takes its new name.
    pub async fn add_holidays(
        &self,
        ctx: &Ctx,
        id: PoolId,
        holidays: Vec<Holiday>,
    ) -> Result<Vec<Date>, ServiceError> {
        let act = self.act(ctx, AuditAction::ChangeSettings);
        self.change(act, move |tx, act| {
            let mut calendar = locked(tx, act, id, "holidays")?;
            let mut added = Vec::new();
            for holiday in &holidays {
                if calendar.add_holiday(holiday.clone()) {
                    added.push(holiday.day);
                }
            }
            pool::set_calendar(tx, id, &calendar)?;
            Ok(added)
        })
        .await
    }

    /// Takes holidays away: all of them, or none and `NotFound` where one of the days is no holiday.
    pub async fn remove_holidays(&self, ctx: &Ctx, id: PoolId, days: Vec<Date>) -> Result<(), ServiceError> {
        let act = self.act(ctx, AuditAction::ChangeSettings);
        self.change(act, move |tx, act| {
            let mut calendar = locked(tx, act, id, "holidays")?;
            if !days.iter().all(|day| calendar.remove_holiday(*day)) {
                return Err(ServiceError::NotFound);
            }
            Ok(pool::set_calendar(tx, id, &calendar)?)
        })
        .await
    }

    /// The active pools that work and know no holiday of the coming 12 months. Settings say nothing of
    /// anybody.
    pub async fn pools_without_holidays(&self) -> Result<Vec<Label>, ServiceError> {
        let now = self.now();
        let pools = self.store.db.read(pool::active).await?;
        let lacking = pools.into_iter().filter(|pool| pool.calendar.lacks_holidays(now));
        Ok(lacking.map(|pool| pool.label).collect())
    }
}

/// The calendar of an active pool, for those who may change it.
fn locked(tx: &mut Tx<'_>, act: &mut Act, id: PoolId, what: &str) -> Result<Calendar, ServiceError> {
    act.object(AuditObject::Pool, id.0);
    act.allow(tx, Capability::ManageSettings, Item::default())?;
    let pool = pool::lock(tx, id)?.filter(|pool| pool.is_active).ok_or(ServiceError::NotFound)?;
    act.detail().what = Some(format!("{}: {what}", pool.label.en));
    Ok(pool.calendar)
}

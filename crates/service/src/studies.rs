//! The analyst's boards: who writes and who does not, by fixed calendar periods and a fixed list of
//! groups, in published grade (`study::disclosure`). A period is decided when somebody first looks at it
//! after its end, from the covariate rows and the times of messages; the decision is kept.

pub mod areas;
pub mod boards;
mod calendar;
mod decide;
pub mod extract;
mod groups;
mod people;
mod race_ethnicity;
mod research;
pub mod runs;
mod stored;
mod way;

pub use calendar::{Month, Quarter};

use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use crate::view::study::{AdoptionPage, Figure, GroupFigures, MonthFigure, QuarterBoard};
use decide::Boards;
use domain::access::{Capability, Item};
use domain::audit::AuditAction;
use jiff::tz::TimeZone;
use store::published;
use study::disclosure::{Counts, Limit, Published, rounded};

impl Service {
    /// The first board; `asked` is the quarter to show, the newest without one. What is shown was kept before: of
    /// two who look first, both see the decision that was kept.
    pub async fn adoption(&self, ctx: &Ctx, asked: Option<Quarter>) -> Result<AdoptionPage, ServiceError> {
        self.settle_boards(ctx).await?;
        self.read(self.act(ctx, AuditAction::ReadStudy), move |tx, act| {
            act.allow(tx, Capability::ReadStudy, Item::default())?;
            let zone = zone(tx)?;
            Ok(page(&Boards::kept(tx, &zone)?, &zone, asked, act.now))
        })
        .await
    }

    /// Decides the closed periods that were not decided yet, and keeps the decisions. Shows nothing to anybody.
    async fn settle_boards(&self, ctx: &Ctx) -> Result<(), ServiceError> {
        let (act, now) = (self.act(ctx, AuditAction::ReadStudy), ctx.now);
        let decided = self.store.db.read(move |tx| {
            if !act.may(tx, Capability::ReadStudy, Item::default())? {
                return Ok(Vec::new());
            }
            let zone = zone(tx)?;
            Ok::<_, ServiceError>(Boards::decided(tx, &act.vault, &zone, now)?.new)
        });
        let new = decided.await?;
        if new.is_empty() {
            return Ok(());
        }
        let keep = move |tx: &mut store::db::Tx<'_>| {
            new.iter().try_for_each(|(board, table)| published::keep(tx, board, table, now))
        };
        Ok(self.store.db.write(keep).await?)
    }
}

fn zone(tx: &mut store::db::Tx<'_>) -> Result<TimeZone, ServiceError> {
    let home = store::organisation::load(tx)?.ok_or(ServiceError::NotFound)?;
    TimeZone::get(&home.time_zone).map_err(|_| ServiceError::Internal("the organisation's time zone".into()))
}

fn page(boards: &Boards, zone: &TimeZone, asked: Option<Quarter>, now: jiff::Timestamp) -> AdoptionPage {
    let month = |(month, published): &(Month, Published)| MonthFigure {
        month: *month,
        figure: published.total.map(figure),
    };
    let wanted = asked.or(boards.quarters.last().map(|(quarter, _)| *quarter));
    let found = boards.quarters.iter().find(|(quarter, _)| Some(*quarter) == wanted);
    AdoptionPage {
        limit: Limit::default().0,
        months: boards.months.iter().map(month).collect(),
        quarter: found.map(|(quarter, published)| board(*quarter, published)),
        quarters: boards.quarters.iter().rev().map(|(quarter, _)| *quarter).collect(),
        next: Month::of(now, zone).next().starts_at(zone),
    }
}

fn board(quarter: Quarter, published: &Published) -> QuarterBoard {
    let levels = |(variable, counts): (&groups::Variable, &Vec<Option<Counts>>)| GroupFigures {
        variable: variable.word,
        levels: variable
            .levels
            .iter()
            .zip(counts)
            .filter(|(_, counts)| counts.is_none_or(|counts| counts.n > 0))
            .map(|(level, counts)| (*level, counts.map(figure)))
            .collect(),
    };
    QuarterBoard {
        quarter,
        total: published.total.map(figure),
        groups: groups::VARIABLES.iter().zip(&published.by).map(levels).collect(),
    }
}

fn figure(counts: Counts) -> Figure {
    let share = if counts.n == 0 { 0.0 } else { counts.events as f64 * 1000.0 / counts.n as f64 };
    Figure { people: counts.n, wrote: counts.events, per_1000: rounded(share) }
}

//! The analyst's boards: who writes and who does not, by fixed calendar periods and a fixed list of
//! groups, in published grade (`study::disclosure`). A period is decided when somebody first looks at it
//! after its end, from the covariate rows and the times of messages; the decision is kept.

pub mod boards;
mod calendar;
mod decide;
pub mod extract;
mod groups;
mod people;
mod stored;

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
    /// The first board; `asked` is the quarter to show, the newest without one.
    pub async fn adoption(&self, ctx: &Ctx, asked: Option<Quarter>) -> Result<AdoptionPage, ServiceError> {
        let act = self.act(ctx, AuditAction::ReadStudy);
        let work = move |tx: &mut store::db::Tx<'_>, act: &mut crate::acts::Act| {
            act.allow(tx, Capability::ReadStudy, Item::default())?;
            let home = store::organisation::load(tx)?.ok_or(ServiceError::NotFound)?;
            let zone = TimeZone::get(&home.time_zone)
                .map_err(|_| ServiceError::Internal("the organisation's time zone".into()))?;
            let boards = Boards::decided(tx, &act.vault, &zone, act.now)?;
            let page = page(&boards, &zone, asked, act.now);
            Ok((page, boards.new))
        };
        self.read_marking(act, work, |tx, act, new| {
            new.iter().try_for_each(|(board, table)| published::keep(tx, board, table, act.now))?;
            Ok(())
        })
        .await
    }
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

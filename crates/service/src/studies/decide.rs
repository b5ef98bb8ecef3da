//! Deciding the closed periods that were not decided yet. Shorter periods come first, and every period
//! beside all that was published before it. A decision keeps its period's moments: when the clinic's clock moves
//! to another zone, what was decided stays as it is, and the next period begins where the last one ended.

use super::calendar::{Month, Quarter};
use super::groups::{VARIABLES, is_counted};
use super::{people, stored};
use crate::error::ServiceError;
use domain::covariate::Covariates;
use domain::id::PatientId;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::HashSet;
use store::db::Tx;
use store::message;
use store::published::{self, PublishedTable};
use store::vault::Vault;
use study::disclosure::{Counts, Earlier, Limit, Published, Table};

/// People who wrote, by month and by quarter.
const MONTHLY: &str = "writers_monthly";
const QUARTERLY: &str = "writers_quarterly";

/// All closed periods with their figures, oldest first.
pub struct Boards {
    pub months: Vec<(Month, Published)>,
    pub quarters: Vec<(Quarter, Published)>,
    /// Decided just now, to be kept.
    pub new: Vec<(&'static str, PublishedTable)>,
}

type Span = (Timestamp, Timestamp);

struct Deciding<'a, 't> {
    tx: &'a mut Tx<'t>,
    vault: &'a Vault,
    zone: &'a TimeZone,
    /// Read when the first period is to be decided.
    people: Option<Vec<(PatientId, Covariates)>>,
    boards: Boards,
    /// Of each month of the boards.
    spans: Vec<Span>,
}

/// The month that a span is: its middle lies in it by every clock on Earth.
fn month_of(table: &PublishedTable, zone: &TimeZone) -> Month {
    let middle = table.from.as_microsecond() / 2 + table.until.as_microsecond() / 2;
    Month::of(Timestamp::from_microsecond(middle).unwrap_or(table.from), zone)
}

impl Boards {
    /// What was decided and kept.
    pub fn kept(tx: &mut Tx<'_>, zone: &TimeZone) -> Result<Boards, ServiceError> {
        let mut boards = Boards { months: Vec::new(), quarters: Vec::new(), new: Vec::new() };
        for table in published::of_board(tx, MONTHLY)? {
            boards.months.push((month_of(&table, zone), stored::read(&table.figures)?));
        }
        for table in published::of_board(tx, QUARTERLY)? {
            let quarter = Quarter::of(month_of(&table, zone));
            boards.quarters.push((quarter, stored::read(&table.figures)?));
        }
        Ok(boards)
    }

    /// The same with every closed period that was not decided yet; those are to be kept.
    pub fn decided(
        tx: &mut Tx<'_>,
        vault: &Vault,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Result<Boards, ServiceError> {
        let boards = Boards { months: Vec::new(), quarters: Vec::new(), new: Vec::new() };
        let kept = (published::of_board(tx, MONTHLY)?, published::of_board(tx, QUARTERLY)?);
        // By another clock the first message may lie in the month before the one in which it was counted.
        let first = message::first_sent_at(tx)?.map(|at| match kept.0.first() {
            Some(oldest) if oldest.from <= at => month_of(oldest, zone),
            _ => Month::of(at, zone),
        });
        let mut deciding = Deciding { tx, vault, zone, people: None, boards, spans: Vec::new() };
        let mut month = first.unwrap_or(Month::of(now, zone));
        while month < Month::of(now, zone) {
            deciding.month(month, &kept.0)?;
            if let Some(quarter) = Quarter::ending_with(month) {
                deciding.quarter(quarter, &kept.1)?;
            }
            month = month.next();
        }
        Ok(deciding.boards)
    }
}

impl Deciding<'_, '_> {
    fn month(&mut self, month: Month, kept: &[PublishedTable]) -> Result<(), ServiceError> {
        let zone = self.zone;
        let (published, span) = match kept.iter().find(|table| month_of(table, zone) == month) {
            Some(table) => (stored::read(&table.figures)?, (table.from, table.until)),
            None => {
                let span = self.span(month, kept);
                let table = self.count(month, span, false)?;
                (self.keep(MONTHLY, span, table.publish(&[], Limit::default()))?, span)
            }
        };
        self.boards.months.push((month, published));
        self.spans.push(span);
        Ok(())
    }

    /// From the end of the month before to the end of this one, or to where a decided one begins: no message
    /// is counted in two months, and none in no month.
    fn span(&self, month: Month, kept: &[PublishedTable]) -> Span {
        let from = self.spans.last().map_or_else(|| month.starts_at(self.zone), |before| before.1);
        let next = kept.iter().map(|table| table.from).filter(|begin| *begin > from).min();
        let until = month.next().starts_at(self.zone);
        (from, next.map_or(until, |next| next.min(until)))
    }

    /// A quarter whose months are not all there has no board.
    fn quarter(&mut self, quarter: Quarter, kept: &[PublishedTable]) -> Result<(), ServiceError> {
        let first = quarter.months()[0];
        let Some(begin) = self.boards.months.iter().position(|(month, _)| *month == first) else {
            return Ok(());
        };
        let zone = self.zone;
        let published = match kept.iter().find(|table| Quarter::of(month_of(table, zone)) == quarter) {
            Some(table) => stored::read(&table.figures)?,
            None => {
                let span =
                    (self.spans[begin].0, self.spans.last().map_or(self.spans[begin].1, |last| last.1));
                let table = self.count(first, span, true)?;
                let parts: Vec<Published> =
                    self.boards.months[begin..].iter().map(|(_, published)| published.clone()).collect();
                let before = self.boards.quarters.iter().map(|(_, published)| Earlier::Apart(published));
                let earlier: Vec<Earlier<'_>> = before.chain([Earlier::Parts(&parts)]).collect();
                let published = table.publish(&earlier, Limit::default());
                self.keep(QUARTERLY, span, published)?
            }
        };
        self.boards.quarters.push((quarter, published));
        Ok(())
    }

    fn keep(
        &mut self,
        board: &'static str,
        (from, until): Span,
        published: Published,
    ) -> Result<Published, ServiceError> {
        let figures = stored::write(&published)?;
        self.boards.new.push((board, PublishedTable { from, until, figures }));
        Ok(published)
    }

    /// Everybody who was there at the period's start, and who of them wrote in it.
    fn count(&mut self, start: Month, (from, until): Span, is_split: bool) -> Result<Table, ServiceError> {
        let wrote: HashSet<PatientId> = message::writers(self.tx, from, until)?.into_iter().collect();
        let variables = if is_split { &VARIABLES[..] } else { &[] };
        let mut total = Counts::default();
        let mut by: Vec<Vec<Counts>> =
            variables.iter().map(|variable| vec![Counts::default(); variable.levels.len()]).collect();
        for (patient, covariates) in self.people()? {
            if !is_counted(covariates, start) {
                continue;
            }
            let events = u64::from(wrote.contains(patient));
            let levels = variables.iter().map(|variable| variable.level_of(covariates, start));
            let cells = by.iter_mut().zip(levels).map(|(levels, level)| &mut levels[level]);
            for cell in cells.chain([&mut total]) {
                cell.n += 1;
                cell.events += events;
            }
        }
        Table::new(total, by).map_err(|error| ServiceError::Internal(error.to_string()))
    }

    fn people(&mut self) -> Result<&[(PatientId, Covariates)], ServiceError> {
        if self.people.is_none() {
            self.people = Some(people::all(self.tx, self.vault)?);
        }
        Ok(self.people.as_deref().unwrap_or_default())
    }
}

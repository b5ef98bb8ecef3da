//! Deciding the closed periods that were not decided yet. Shorter periods come first, and every period
//! beside all that was published before it.

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

struct Deciding<'a, 't> {
    tx: &'a mut Tx<'t>,
    vault: &'a Vault,
    zone: &'a TimeZone,
    /// Read when the first period is to be decided.
    people: Option<Vec<(PatientId, Covariates)>>,
    boards: Boards,
}

impl Boards {
    pub fn decided(
        tx: &mut Tx<'_>,
        vault: &Vault,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Result<Boards, ServiceError> {
        let boards = Boards { months: Vec::new(), quarters: Vec::new(), new: Vec::new() };
        let first = message::first_sent_at(tx)?.map(|at| Month::of(at, zone));
        let kept = (published::of_board(tx, MONTHLY)?, published::of_board(tx, QUARTERLY)?);
        let mut deciding = Deciding { tx, vault, zone, people: None, boards };
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
        let (from, until) = (month.starts_at(self.zone), month.next().starts_at(self.zone));
        let published = match kept.iter().find(|table| (table.from, table.until) == (from, until)) {
            Some(table) => stored::read(&table.figures)?,
            None => {
                let table = self.count(month, (from, until), false)?;
                self.keep(MONTHLY, (from, until), table.publish(&[], Limit::default()))?
            }
        };
        self.boards.months.push((month, published));
        Ok(())
    }

    /// A quarter whose months are not all there has no board.
    fn quarter(&mut self, quarter: Quarter, kept: &[PublishedTable]) -> Result<(), ServiceError> {
        let [first, _, last] = quarter.months();
        let Some(begin) = self.boards.months.iter().position(|(month, _)| *month == first) else {
            return Ok(());
        };
        let (from, until) = (first.starts_at(self.zone), last.next().starts_at(self.zone));
        let published = match kept.iter().find(|table| (table.from, table.until) == (from, until)) {
            Some(table) => stored::read(&table.figures)?,
            None => {
                let table = self.count(first, (from, until), true)?;
                let parts: Vec<Published> =
                    self.boards.months[begin..].iter().map(|(_, published)| published.clone()).collect();
                let before = self.boards.quarters.iter().map(|(_, published)| Earlier::Apart(published));
                let earlier: Vec<Earlier<'_>> = before.chain([Earlier::Parts(&parts)]).collect();
                let published = table.publish(&earlier, Limit::default());
                self.keep(QUARTERLY, (from, until), published)?
            }
        };
        self.boards.quarters.push((quarter, published));
        Ok(())
    }

    fn keep(
        &mut self,
        board: &'static str,
        (from, until): (Timestamp, Timestamp),
        published: Published,
    ) -> Result<Published, ServiceError> {
        let figures = stored::write(&published)?;
        self.boards.new.push((board, PublishedTable { from, until, figures }));
        Ok(published)
    }

    /// Everybody who was there at the period's start, and who of them wrote in it.
    fn count(
        &mut self,
        start: Month,
        (from, until): (Timestamp, Timestamp),
        is_split: bool,
    ) -> Result<Table, ServiceError> {
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

//! Which quarters of a board are settled, and settling those that have come to their end.

use super::Decided;
use crate::error::ServiceError;
use crate::studies::calendar::{Month, Quarter};
use crate::studies::groups::is_counted;
use crate::studies::people;
use domain::covariate::Covariates;
use domain::id::PatientId;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use store::db::Tx;
use store::published::{self, PublishedTable};
use store::vault::Vault;

/// A board that is settled quarter by quarter.
pub trait Board: Serialize + DeserializeOwned + Send + 'static {
    /// The name under which its figures are kept. Another list of groups is another board.
    const NAME: &'static str;
    /// How long after its last day a quarter's people are followed.
    const FOLLOWED: SignedDuration;

    /// When the first of what it counts happened.
    fn begins(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, ServiceError>;

    /// Counts a quarter and decides what may be shown of it.
    fn count(settling: &mut Settling<'_, '_>, quarter: Quarter) -> Result<Self, ServiceError>;
}

/// What counting reads.
pub struct Settling<'a, 't> {
    pub tx: &'a mut Tx<'t>,
    pub vault: &'a Vault,
    pub zone: &'a TimeZone,
    pub now: Timestamp,
    /// Read when the first quarter is to be settled.
    pub people: Option<HashMap<PatientId, Covariates>>,
}

/// The settled quarters, oldest first.
pub struct Settled<B> {
    pub boards: Vec<(Quarter, B)>,
    pub next: Timestamp,
    /// Decided just now, to be kept.
    pub new: Decided,
}

impl Settling<'_, '_> {
    pub fn settled<B: Board>(&mut self) -> Result<Settled<B>, ServiceError> {
        let kept = published::of_board(self.tx, B::NAME)?;
        let first = B::begins(self.tx)?.unwrap_or(self.now);
        let mut quarter = Quarter::of(Month::of(first, self.zone));
        let (mut boards, mut new) = (Vec::new(), Vec::new());
        while followed::<B>(self.span(quarter).1) <= self.now {
            let (from, until) = self.span(quarter);
            let board = match kept.iter().find(|table| (table.from, table.until) == (from, until)) {
                Some(table) => serde_json::from_str(&table.figures).map_err(|_| figures())?,
                None => {
                    let board = B::count(self, quarter)?;
                    let figures = serde_json::to_string(&board).map_err(|_| figures())?;
                    new.push((B::NAME, PublishedTable { from, until, figures }));
                    board
                }
            };
            boards.push((quarter, board));
            quarter = quarter.next();
        }
        Ok(Settled { boards, next: followed::<B>(self.span(quarter).1), new })
    }

    /// [from, until) of a quarter.
    pub fn span(&self, quarter: Quarter) -> (Timestamp, Timestamp) {
        let [first, _, last] = quarter.months();
        (first.starts_at(self.zone), last.next().starts_at(self.zone))
    }

    /// An adult's covariates; nobody's who is no adult at the quarter's beginning.
    pub fn adult(
        &mut self,
        patient: PatientId,
        quarter: Quarter,
    ) -> Result<Option<&Covariates>, ServiceError> {
        if self.people.is_none() {
            self.people = Some(people::all(self.tx, self.vault)?.into_iter().collect());
        }
        let known = self.people.as_ref().and_then(|people| people.get(&patient));
        Ok(known.filter(|covariates| is_counted(covariates, quarter.months()[0])))
    }
}

fn followed<B: Board>(until: Timestamp) -> Timestamp {
    until.checked_add(B::FOLLOWED).unwrap_or(Timestamp::MAX)
}

fn figures() -> ServiceError {
    ServiceError::Internal("published figures".into())
}

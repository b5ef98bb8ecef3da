//! The boards of conversations, of the way to them and of providers' use of messaging. A quarter is settled
//! once, when its people have been followed long enough: its rows are read by their times, what may be
//! shown is decided and kept, and a page reads what was kept. Settling is done by the housekeeping.

pub(super) mod answers;
pub(super) mod conversation;
mod funnel;
mod groups;
mod providers;
mod settled;
mod team;

pub use super::way::STAGES;
pub use answers::{CLOCK_HOURS, OPENED_HOURS, UNREAD_DAYS, WORKING_HOURS};

use super::calendar::Quarter;
use super::decide::Boards;
use super::zone;
use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use crate::view::boards::{BoardPage, Conversations, Funnel, Providers};
use domain::access::{Capability, Item};
use domain::audit::AuditAction;
use domain::language::Label;
use settled::{Board, Settled, Settling};
use std::collections::BTreeMap;
use store::db::Tx;
use store::published::{self, PublishedTable};
use study::disclosure::Limit;

/// Periods that were just decided, each under the name of its board.
type Decided = Vec<(&'static str, PublishedTable)>;

impl Service {
    /// How far those went who were offered access.
    pub async fn funnel(&self, ctx: &Ctx, asked: Option<Quarter>) -> Result<BoardPage<Funnel>, ServiceError> {
        self.board(ctx, asked).await
    }

    /// How conversations went.
    pub async fn conversations(
        &self,
        ctx: &Ctx,
        asked: Option<Quarter>,
    ) -> Result<BoardPage<Conversations>, ServiceError> {
        self.board(ctx, asked).await
    }

    /// How much of providers' work is messaging.
    pub async fn provider_shares(
        &self,
        ctx: &Ctx,
        asked: Option<Quarter>,
    ) -> Result<BoardPage<Providers>, ServiceError> {
        self.board(ctx, asked).await
    }

    async fn board<B: Board>(&self, ctx: &Ctx, asked: Option<Quarter>) -> Result<BoardPage<B>, ServiceError> {
        let work = move |tx: &mut Tx<'_>, act: &mut Act| {
            act.allow(tx, Capability::ReadStudy, Item::default())?;
            settled_page(tx, act, asked)
        };
        self.read_marking(self.act(ctx, AuditAction::ReadStudy), work, |tx, act, new: &Decided| {
            keep(tx, new, act.now)
        })
        .await
    }

    /// Settles every period that has come to its end; how many there were.
    pub async fn settle_periods(&self) -> Result<usize, ServiceError> {
        let (now, vault) = (self.now(), self.store.vault.clone());
        let new = self.store.db.read(move |tx| {
            if store::organisation::load(tx)?.is_none() {
                return Ok(Decided::new());
            }
            let zone = zone(tx)?;
            let mut new = Boards::decided(tx, &vault, &zone, now)?.new;
            let mut settling = Settling { tx, vault: &vault, zone: &zone, now, people: None };
            new.extend(settling.settled::<Funnel>()?.new);
            new.extend(settling.settled::<Conversations>()?.new);
            new.extend(settling.settled::<Providers>()?.new);
            Ok::<_, ServiceError>(new)
        });
        let new = new.await?;
        let count = new.len();
        if count > 0 {
            self.store.db.write(move |tx| keep(tx, &new, now)).await?;
        }
        Ok(count)
    }
}

fn keep(tx: &mut Tx<'_>, new: &Decided, now: jiff::Timestamp) -> Result<(), ServiceError> {
    Ok(new.iter().try_for_each(|(board, table)| published::keep(tx, board, table, now))?)
}

/// A board in a quarter, and what was decided for it just now.
fn settled_page<B: Board>(
    tx: &mut Tx<'_>,
    act: &Act,
    asked: Option<Quarter>,
) -> Result<(BoardPage<B>, Decided), ServiceError> {
    let zone = zone(tx)?;
    let mut settling = Settling { tx, vault: &act.vault, zone: &zone, now: act.now, people: None };
    let settled = settling.settled::<B>()?;
    page(tx, settled, asked)
}

fn page<B>(
    tx: &mut Tx<'_>,
    settled: Settled<B>,
    asked: Option<Quarter>,
) -> Result<(BoardPage<B>, Decided), ServiceError> {
    let Settled { boards, next, new } = settled;
    let quarters: Vec<Quarter> = boards.iter().rev().map(|(quarter, _)| *quarter).collect();
    let wanted = asked.or(quarters.first().copied());
    let board = boards.into_iter().find(|(quarter, _)| Some(*quarter) == wanted);
    let limit = Limit::default().0;
    Ok((BoardPage { limit, board, quarters, names: names(tx)?, next }, new))
}

/// Teams and topics, those that are no longer used too.
fn names(tx: &mut Tx<'_>) -> Result<BTreeMap<String, Label>, ServiceError> {
    let pools = store::pool::all(tx)?.into_iter().map(|pool| (pool.id.0.to_string(), pool.label));
    let topics = store::topic::all(tx)?.into_iter().map(|topic| (topic.id.0.to_string(), topic.label));
    Ok(pools.chain(topics).collect())
}

impl Quarter {
    fn next(self) -> Quarter {
        Quarter::of(self.months()[2].next())
    }
}

//! The board of a pool's lead: of the figures that were settled for everybody, those of the own pool beside
//! those of all. Nothing is counted anew, so nothing can be told that the analyst's boards keep back.

use super::{Decided, keep, settled_page};
use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use crate::studies::calendar::Quarter;
use crate::view::boards::TeamBoard;
use domain::access::{Capability, Item};
use domain::audit::{AuditAction, AuditObject};
use domain::id::PoolId;
use domain::language::Label;
use store::db::Tx;
use uuid::Uuid;

impl Service {
    /// The figures of a pool that the actor leads; of the first one where none is named.
    pub async fn team_board(
        &self,
        ctx: &Ctx,
        pool: Option<PoolId>,
        asked: Option<Quarter>,
    ) -> Result<TeamBoard, ServiceError> {
        let work = move |tx: &mut Tx<'_>, act: &mut Act| {
            let pool = pool.or(act.actor().leads.first().copied()).unwrap_or(PoolId(Uuid::nil()));
            act.object(AuditObject::Pool, pool.0);
            act.allow(tx, Capability::ReadTeamBoard(pool), Item::default())?;
            let (conversations, new) = settled_page(tx, act, asked)?;
            let board = TeamBoard { pool, pools: led(tx, act)?, conversations };
            Ok((board.narrowed(), new))
        };
        self.read_marking(self.act(ctx, AuditAction::ReadTeamBoard), work, |tx, act, new: &Decided| {
            keep(tx, new, act.now)
        })
        .await
    }
}

fn led(tx: &mut Tx<'_>, act: &Act) -> Result<Vec<(PoolId, Label)>, ServiceError> {
    let mut led = Vec::new();
    for pool in act.actor().leads.clone() {
        led.extend(store::pool::load(tx, pool)?.map(|known| (pool, known.label)));
    }
    Ok(led)
}

//! The lead's board: how the conversations of a team go, beside those of all teams.

use crate::web::answer::{self, Answer, Fault};
use crate::web::frame::{Frame, Place};
use crate::web::study::clocks::{Clock, Compared};
use crate::web::study::figures;
use crate::web::study::tables::{Table, Tables};
use crate::web::visit::TeamVisit;
use askama::Template;
use domain::id::PoolId;
use service::studies::Quarter;
use service::view::boards::{Conversations, TEAM, TeamBoard, WARNED_TEAM, WARNING};

#[derive(Template)]
#[template(path = "team/board.html")]
pub struct TeamBoardPage {
    pub f: Frame,
    pub board: TeamBoard,
}

impl TeamBoardPage {
    fn team(&self) -> &str {
        let own = self.board.pools.iter().find(|(pool, _)| *pool == self.board.pool);
        own.map_or("", |(_, label)| self.f.label(label))
    }

    fn path(&self, quarter: &Quarter) -> String {
        format!("/team/board?pool={}&quarter={quarter}", self.board.pool)
    }

    fn pool_path(&self, pool: &PoolId) -> String {
        let quarter = self.board.conversations.board.as_ref();
        let quarter = quarter.map(|(quarter, _)| format!("&quarter={quarter}")).unwrap_or_default();
        format!("/team/board?pool={pool}{quarter}")
    }

    fn is_shown(&self, quarter: &Quarter) -> bool {
        self.board.conversations.board.as_ref().is_some_and(|(shown, _)| shown == quarter)
    }

    fn quarter_words(&self, quarter: &Quarter) -> String {
        figures::quarter(&self.f, *quarter)
    }

    fn compared<'b>(&'b self, by: &'b [&'b str]) -> Compared<'b> {
        Compared { f: &self.f, names: &self.board.conversations.names, by }
    }

    fn clocks(&self, board: &Conversations) -> Vec<Clock> {
        self.compared(&[TEAM]).clocks(board)
    }

    /// Messages with warning words against others; nothing of quarters that were settled before.
    fn warned(&self, board: &Conversations) -> Vec<Clock> {
        let is_told = board.clock.by.iter().any(|split| split.variable == WARNING);
        let clocks = is_told.then(|| self.compared(&[WARNING, WARNED_TEAM]).by_the_clock(board));
        clocks.into_iter().flatten().flatten().collect()
    }

    fn tables(&self, board: &Conversations) -> [Table; 3] {
        Tables { f: &self.f, names: &self.board.conversations.names }.of_work(board)
    }

    fn limit(&self) -> i64 {
        i64::try_from(self.board.conversations.limit).unwrap_or_default()
    }
}

/// `GET /team/board?pool=ID&quarter=2026-Q3`
pub async fn show(visit: TeamVisit) -> Answer {
    let (pool, quarter) = (visit.asked("pool"), visit.asked::<Quarter>("quarter"));
    let board = visit.service().team_board(&visit.ctx, pool, quarter).await?;
    if board.conversations.board.is_none() && !board.conversations.quarters.is_empty() {
        return Err(Fault::NOT_FOUND);
    }
    answer::show(&TeamBoardPage { f: visit.frame(Place::TeamBoard), board })
}

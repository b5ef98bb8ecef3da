//! What conversations are for the team: who answers, what stays unread, what is done outside the hours, and
//! how much of providers' work is messaging.

use super::chart::{self, Svg};
use super::figures;
use super::tables::{Table, Tables};
use crate::web::answer::{self, Answer, Fault};
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use askama::Template;
use service::studies::Quarter;
use service::view::boards::{BoardPage, Conversations, Providers};

#[derive(Template)]
#[template(path = "study/work.html")]
pub struct WorkPage {
    pub f: Frame,
    pub page: BoardPage<Conversations>,
    pub providers: BoardPage<Providers>,
}

impl WorkPage {
    fn tab(&self) -> &'static str {
        "work"
    }

    fn path(&self, quarter: &Quarter) -> String {
        format!("/study/work?quarter={quarter}")
    }

    fn is_shown(&self, quarter: &Quarter) -> bool {
        self.page.board.as_ref().is_some_and(|(shown, _)| shown == quarter)
    }

    fn quarter_words(&self, quarter: &Quarter) -> String {
        figures::quarter(&self.f, *quarter)
    }

    fn tables(&self, board: &Conversations) -> [Table; 4] {
        let tables = Tables { f: &self.f, names: &self.page.names };
        let [unread, asked, late] = tables.of_work(board);
        [tables.hands(&board.answered_by), unread, asked, late]
    }

    fn count(&self, count: &u64) -> String {
        chart::grouped(*count)
    }

    fn digits(&self, value: &f64) -> String {
        chart::three_digits(*value)
    }

    fn bar(&self, percent: &f64) -> Svg {
        chart::bar(*percent, 100.0)
    }

    fn signed(&self, count: &u64) -> i64 {
        i64::try_from(*count).unwrap_or_default()
    }

    fn limit(&self) -> i64 {
        i64::try_from(self.page.limit).unwrap_or_default()
    }
}

/// `GET /study/work?quarter=2026-Q3`
pub async fn show(visit: TeamVisit) -> Answer {
    let asked = visit.asked::<Quarter>("quarter");
    let page = visit.service().conversations(&visit.ctx, asked).await?;
    if page.board.is_none() && !page.quarters.is_empty() {
        return Err(Fault::NOT_FOUND);
    }
    let quarter = page.board.as_ref().map(|(quarter, _)| *quarter);
    let providers = visit.service().provider_shares(&visit.ctx, quarter).await?;
    answer::show(&WorkPage { f: visit.frame(Place::Study), page, providers })
}

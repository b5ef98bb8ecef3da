//! How long patients wait for the first answer, by the clock and in the team's hours, as curves with their
//! table behind them.

use super::clocks::{Clock, Compared};
use super::figures;
use crate::web::answer::{self, Answer, Fault};
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use askama::Template;
use service::studies::Quarter;
use service::view::boards::{BoardPage, Conversations};

/// What is compared where nothing was asked for.
const FIRST: &str = "team";

#[derive(Template)]
#[template(path = "study/answers.html")]
pub struct AnswersPage {
    pub f: Frame,
    pub page: BoardPage<Conversations>,
    /// The variable whose groups are compared.
    pub by: String,
}

impl AnswersPage {
    fn tab(&self) -> &'static str {
        "answers"
    }

    fn path(&self, quarter: &Quarter) -> String {
        format!("/study/answers?quarter={quarter}&by={}", self.by)
    }

    fn by_path(&self, by: &str) -> String {
        match &self.page.board {
            Some((quarter, _)) => format!("/study/answers?quarter={quarter}&by={by}"),
            None => String::new(),
        }
    }

    fn is_shown(&self, quarter: &Quarter) -> bool {
        self.page.board.as_ref().is_some_and(|(shown, _)| shown == quarter)
    }

    fn quarter_words(&self, quarter: &Quarter) -> String {
        figures::quarter(&self.f, *quarter)
    }

    fn variables<'b>(&self, board: &'b Conversations) -> Vec<&'b str> {
        board.clock.by.iter().map(|split| split.variable.as_str()).collect()
    }

    fn clocks(&self, board: &Conversations) -> Vec<Clock> {
        Compared { f: &self.f, names: &self.page.names, by: &[&self.by] }.clocks(board)
    }

    fn limit(&self) -> i64 {
        i64::try_from(self.page.limit).unwrap_or_default()
    }
}

/// `GET /study/answers?quarter=2026-Q3&by=language`
pub async fn show(visit: TeamVisit) -> Answer {
    let page = visit.service().conversations(&visit.ctx, visit.asked::<Quarter>("quarter")).await?;
    if page.board.is_none() && !page.quarters.is_empty() {
        return Err(Fault::NOT_FOUND);
    }
    let by = visit.asked::<String>("by").unwrap_or_else(|| FIRST.to_owned());
    let is_known = |board: &Conversations| board.clock.by.iter().any(|split| split.variable == by);
    if page.board.as_ref().is_some_and(|(_, board)| !is_known(board)) {
        return Err(Fault::NOT_FOUND);
    }
    answer::show(&AnswersPage { f: visit.frame(Place::Study), page, by })
}

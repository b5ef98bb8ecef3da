//! What conversations are for the team: who answers, what stays unread, what is done outside the hours, and
//! how much of providers' work is messaging.

use super::chart::{self, Svg};
use super::figures::{self, Row};
use crate::web::answer::{self, Answer, Fault};
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use askama::Template;
use service::studies::Quarter;
use service::view::boards::{BoardPage, Conversations, LadderBoard, Line, Providers, Split};

#[derive(Template)]
#[template(path = "study/work.html")]
pub struct WorkPage {
    pub f: Frame,
    pub page: BoardPage<Conversations>,
    pub providers: BoardPage<Providers>,
}

/// One board as a table: the first of its steps as a count, the others as shares.
struct Table {
    word: &'static str,
    columns: &'static [&'static str],
    parts: Vec<Part>,
}

/// All, or the groups of one variable.
struct Part {
    variable: Option<String>,
    lines: Vec<Row>,
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
        [
            self.hands(&board.answered_by),
            self.table("unread", &["began", "answered", "unread-3", "unread-7", "unread-21"], &board.unread),
            self.table("asked", &["began", "after-hours"], &board.asked_after_hours),
            self.table("late", &["began", "answered", "after-hours"], &board.after_hours),
        ]
    }

    /// Of each group the first step as a count, and the later ones as shares of it.
    fn table(&self, word: &'static str, columns: &'static [&'static str], board: &LadderBoard) -> Table {
        let row = |variable: &str, line: &Line| Row {
            name: figures::level(&self.f, &self.page.names, (variable, &line.level)),
            cells: line.steps.as_ref().map_or_else(Vec::new, |steps| {
                let shares = steps[1..].iter().map(|count| figures::share(*count, steps[0]));
                [figures::count(steps[0])].into_iter().chain(shares).collect()
            }),
        };
        let all = Part { variable: None, lines: vec![row("", &board.all)] };
        let part = |split: &Split| Part {
            variable: Some(split.variable.clone()),
            lines: figures::lines(split).map(|line| row(&split.variable, line)).collect(),
        };
        // A variable of which no share is shown would be a list of dashes.
        let told = board.by.iter().filter(|split| figures::lines(split).any(has_share)).map(part);
        Table { word, columns, parts: [all].into_iter().chain(told).collect() }
    }

    /// Answers by whose hand wrote them, each as a count and as a share of all.
    fn hands(&self, board: &LadderBoard) -> Table {
        let first = |line: &Line| line.steps.as_ref().and_then(|steps| steps[0]);
        let all = first(&board.all);
        let row = |variable: &str, line: &Line| Row {
            name: figures::level(&self.f, &self.page.names, (variable, &line.level)),
            cells: line.steps.as_ref().map_or_else(Vec::new, |_| {
                vec![figures::count(first(line)), figures::share(first(line), all)]
            }),
        };
        let lines = board.by.iter().flat_map(figures::lines).map(|line| row("hand", line));
        let lines = [row("", &board.all)].into_iter().chain(lines).collect();
        Table { word: "hands", columns: &["written", "share"], parts: vec![Part { variable: None, lines }] }
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

/// Whether a step after the first is shown.
fn has_share(line: &Line) -> bool {
    line.steps.as_ref().is_some_and(|steps| steps[1..].iter().any(Option::is_some))
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

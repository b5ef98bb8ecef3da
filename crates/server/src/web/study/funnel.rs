//! How far those came who were offered access: all steps, and where groups are lost.

use super::chart::{self, Svg};
use super::figures::{self, Row};
use crate::web::answer::{self, Answer, Fault};
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use askama::Template;
use service::studies::Quarter;
use service::studies::boards::STAGES;
use service::view::boards::{BoardPage, Funnel, Line, Split};

#[derive(Template)]
#[template(path = "study/funnel.html")]
pub struct FunnelPage {
    pub f: Frame,
    pub page: BoardPage<Funnel>,
}

/// A step of all, with its count and its share of those who were offered access.
struct Step {
    word: &'static str,
    figure: Option<(u64, f64)>,
}

impl FunnelPage {
    fn tab(&self) -> &'static str {
        "funnel"
    }

    fn path(&self, quarter: &Quarter) -> String {
        format!("/study/funnel?quarter={quarter}")
    }

    fn is_shown(&self, quarter: &Quarter) -> bool {
        self.page.board.as_ref().is_some_and(|(shown, _)| shown == quarter)
    }

    fn quarter_words(&self, quarter: &Quarter) -> String {
        figures::quarter(&self.f, *quarter)
    }

    fn stages(&self) -> &'static [&'static str] {
        &STAGES
    }

    fn steps(&self, all: &Line) -> Vec<Step> {
        let counts = all.steps.clone().unwrap_or_else(|| vec![None; STAGES.len()]);
        let figure = |count: Option<u64>| Some((count?, figures::percent(count, counts[0])?));
        STAGES.iter().zip(&counts).map(|(word, count)| Step { word, figure: figure(*count) }).collect()
    }

    /// The first step as a count, the others as shares of it.
    fn lines(&self, split: &Split) -> Vec<Row> {
        let row = |line: &Line| Row {
            name: figures::level(&self.f, &self.page.names, (&split.variable, &line.level)),
            cells: line.steps.as_ref().map_or_else(Vec::new, |steps| {
                let shares = steps[1..].iter().map(|count| figures::share(*count, steps[0]));
                [figures::count(steps[0])].into_iter().chain(shares).collect()
            }),
        };
        figures::lines(split).map(row).collect()
    }

    fn count(&self, count: &u64) -> String {
        chart::grouped(*count)
    }

    fn percent(&self, percent: &f64) -> String {
        format!("{}\u{a0}%", chart::three_digits(*percent))
    }

    fn bar(&self, percent: &f64) -> Svg {
        chart::bar(*percent, 100.0)
    }

    fn limit(&self) -> i64 {
        i64::try_from(self.page.limit).unwrap_or_default()
    }
}

/// `GET /study/funnel?quarter=2026-Q3`
pub async fn show(visit: TeamVisit) -> Answer {
    let page = visit.service().funnel(&visit.ctx, visit.asked::<Quarter>("quarter")).await?;
    if page.board.is_none() && !page.quarters.is_empty() {
        return Err(Fault::NOT_FOUND);
    }
    answer::show(&FunnelPage { f: visit.frame(Place::Study), page })
}

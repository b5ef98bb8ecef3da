//! The analyst's first page: adoption by month, and who writes and who does not.

use super::chart::{self, Svg};
use crate::web::answer::{self, Answer, Fault};
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use askama::Template;
use service::studies::{Month, Quarter};
use service::view::study::{AdoptionPage, Figure, QuarterBoard};

#[derive(Template)]
#[template(path = "study/adoption.html")]
pub struct StudyPage {
    pub f: Frame,
    pub board: AdoptionPage,
}

impl StudyPage {
    fn tab(&self) -> &'static str {
        "adoption"
    }

    fn months_svg(&self) -> Svg {
        chart::months(&self.f, &self.board.months)
    }

    fn bar(&self, board: &QuarterBoard, figure: &Figure) -> Svg {
        let shown = board.groups.iter().flat_map(|group| &group.levels).filter_map(|(_, figure)| *figure);
        chart::bar(figure.per_1000, shown.map(|figure| figure.per_1000).fold(0.0, f64::max))
    }

    /// Newest first, as a table of times is read.
    fn newest_first(&self) -> impl Iterator<Item = &service::view::study::MonthFigure> {
        self.board.months.iter().rev()
    }

    fn is_shown(&self, quarter: &Quarter) -> bool {
        self.board.quarter.as_ref().is_some_and(|board| board.quarter == *quarter)
    }

    fn month_words(&self, month: &Month) -> String {
        self.f.iso(&month.iso())
    }

    fn quarter_words(&self, quarter: &Quarter) -> String {
        let sentence = self.f.t("study-quarter").num("number", i64::from(quarter.number));
        sentence.text("year", &quarter.year.to_string()).to_string()
    }

    fn limit(&self) -> i64 {
        i64::try_from(self.board.limit).unwrap_or_default()
    }

    fn level(&self, variable: &str, level: &str) -> String {
        self.f.word(&format!("study-{variable}"), level).to_string()
    }

    fn count(&self, count: &u64) -> String {
        chart::grouped(*count)
    }

    fn per_1000(&self, value: &f64) -> String {
        chart::three_digits(*value)
    }
}

/// `GET /study?quarter=2026-Q3`
pub async fn show(visit: TeamVisit) -> Answer {
    let board = visit.service().adoption(&visit.ctx, visit.asked::<Quarter>("quarter")).await?;
    if visit.asked::<String>("quarter").is_some() && board.quarter.is_none() && !board.quarters.is_empty() {
        return Err(Fault::NOT_FOUND);
    }
    answer::show(&StudyPage { f: visit.frame(Place::Study), board })
}

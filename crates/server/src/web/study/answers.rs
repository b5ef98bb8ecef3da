//! How long patients wait for the first answer, by the clock and in the team's hours, as curves with their
//! table behind them.

use super::chart::{Svg, three_digits};
use super::figures::{self, NOT_SHOWN, Row};
use crate::web::answer::{self, Answer, Fault};
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use askama::Template;
use service::studies::Quarter;
use service::studies::boards::{CLOCK_HOURS, WORKING_HOURS};
use service::view::boards::{BoardPage, Conversations, LadderBoard, Line};
use study::plot::{Curve, Curves};

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

/// One way of measuring time.
struct Clock {
    word: &'static str,
    hours: Vec<i64>,
    picture: Option<Svg>,
    lines: Vec<Row>,
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

    fn clocks(&self, board: &Conversations) -> [Clock; 2] {
        [
            self.clock("clock", &board.clock, &CLOCK_HOURS),
            self.clock("working", &board.working, &WORKING_HOURS),
        ]
    }

    fn clock(&self, word: &'static str, board: &LadderBoard, hours: &[f64]) -> Clock {
        let split = board.by.iter().find(|split| split.variable == self.by);
        let lines: Vec<&Line> =
            [&board.all].into_iter().chain(split.into_iter().flat_map(figures::lines)).collect();
        let picture = self.picture(word, &lines, hours);
        Clock {
            word,
            hours: hours.iter().map(|hours| *hours as i64).collect(),
            picture: (!picture.is_empty()).then(|| Svg::new(picture)),
            lines: lines.iter().map(|line| self.row(line)).collect(),
        }
    }

    fn name(&self, line: &Line) -> String {
        figures::level(&self.f, &self.page.names, (&self.by, &line.level))
    }

    /// People, the percentage answered by each time, the median.
    fn row(&self, line: &Line) -> Row {
        let cells = line.steps.as_ref().map_or_else(Vec::new, |steps| {
            let answered = |waiting: &Option<u64>| {
                figures::percent(*waiting, steps[0])
                    .map_or_else(|| NOT_SHOWN.to_owned(), |it| three_digits(100.0 - it))
            };
            let median = line.median.map_or_else(|| NOT_SHOWN.to_owned(), three_digits);
            [figures::count(steps[0])]
                .into_iter()
                .chain(steps[1..].iter().map(answered))
                .chain([median])
                .collect()
        });
        Row { name: self.name(line), cells }
    }

    fn picture(&self, word: &str, lines: &[&Line], hours: &[f64]) -> String {
        let curve = |line: &&Line| {
            let steps = line.steps.as_ref()?;
            let known = hours.iter().zip(&steps[1..]);
            let points =
                known.filter_map(|(time, waiting)| Some((*time, figures::percent(*waiting, steps[0])?)));
            Some(Curve { name: self.name(line), points: [(0.0, 100.0)].into_iter().chain(points).collect() })
        };
        let curves: Vec<Curve> =
            lines.iter().filter_map(curve).filter(|curve| curve.points.len() > 1).collect();
        let ticks: Vec<(f64, String)> = hours.iter().map(|hours| (*hours, hours.to_string())).collect();
        let (title, words) =
            (self.f.word("answers", word).to_string(), self.f.t("answers-picture-words").to_string());
        let (across, up) =
            (self.f.word("answers-across", word).to_string(), self.f.t("answers-up").to_string());
        let id = format!("plot-{word}");
        let (id, title, words, across, up) = (&id, &title, &words, &across, &up);
        Curves { id, title, words, across, up, ticks: &ticks, curves: &curves }.svg()
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

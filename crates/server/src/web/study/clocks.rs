//! Waiting until a message is opened, and for the first answer, by the clock and in the team's hours: curves
//! with the table behind them.

use super::chart::{Svg, three_digits};
use super::figures::{self, NOT_SHOWN, Row};
use crate::web::frame::Frame;
use domain::language::Label;
use service::studies::boards::{CLOCK_HOURS, OPENED_HOURS, WORKING_HOURS};
use service::view::boards::{Conversations, LadderBoard, Line};
use std::collections::BTreeMap;
use study::plot::{Curve, Curves};

/// One way of measuring time.
pub struct Clock {
    pub id: String,
    pub word: &'static str,
    /// What the groups are.
    pub groups: String,
    pub hours: Vec<i64>,
    pub picture: Option<Svg>,
    pub lines: Vec<Row>,
}

/// The groups of one variable, side by side.
pub struct Compared<'a> {
    pub f: &'a Frame,
    pub names: &'a BTreeMap<String, Label>,
    /// One variable, or one and another that goes on from it.
    pub by: &'a [&'a str],
}

impl Compared<'_> {
    /// Until the message is opened, and until its answer.
    pub fn clocks(&self, board: &Conversations) -> Vec<Clock> {
        let [opened, clock] = self.by_the_clock(board);
        let working = self.clock("working", &board.working, &WORKING_HOURS);
        opened.into_iter().chain(clock).chain([working]).collect()
    }

    /// The same without working hours. Quarters that were settled before openings were measured have none.
    pub fn by_the_clock(&self, board: &Conversations) -> [Option<Clock>; 2] {
        let is_measured = board.opened.all != Line::default();
        let opened = is_measured.then(|| self.clock("opened", &board.opened, &OPENED_HOURS));
        [opened, Some(self.clock("clock", &board.clock, &CLOCK_HOURS))]
    }

    fn clock(&self, word: &'static str, board: &LadderBoard, hours: &[f64]) -> Clock {
        let splits = board.by.iter().filter(|split| self.by.contains(&split.variable.as_str()));
        let lines: Vec<(&str, &Line)> = [("", &board.all)]
            .into_iter()
            .chain(splits.flat_map(|split| figures::lines(split).map(|line| (split.variable.as_str(), line))))
            .collect();
        let picture = self.picture(word, &lines, hours);
        let variable = self.by.first().copied().unwrap_or_default();
        Clock {
            id: format!("{word}-{variable}"),
            word,
            groups: self.f.word("study-variable", variable).to_string(),
            hours: hours.iter().map(|hours| *hours as i64).collect(),
            picture: (!picture.is_empty()).then(|| Svg::new(picture)),
            lines: lines.iter().map(|line| self.row(*line)).collect(),
        }
    }

    fn name(&self, (variable, line): (&str, &Line)) -> String {
        figures::level(self.f, self.names, (variable, &line.level))
    }

    /// People, the percentage answered by each time, the median.
    fn row(&self, (variable, line): (&str, &Line)) -> Row {
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
        Row { name: self.name((variable, line)), cells }
    }

    fn picture(&self, word: &str, lines: &[(&str, &Line)], hours: &[f64]) -> String {
        let curve = |(variable, line): &(&str, &Line)| {
            let steps = line.steps.as_ref()?;
            let known = hours.iter().zip(&steps[1..]);
            let points =
                known.filter_map(|(time, waiting)| Some((*time, figures::percent(*waiting, steps[0])?)));
            Some(Curve {
                name: self.name((variable, line)),
                points: [(0.0, 100.0)].into_iter().chain(points).collect(),
            })
        };
        let curves: Vec<Curve> =
            lines.iter().filter_map(curve).filter(|curve| curve.points.len() > 1).collect();
        let ticks: Vec<(f64, String)> = hours.iter().map(|hours| (*hours, hours.to_string())).collect();
        let words = |key: &str| self.f.word(key, word).to_string();
        let (title, across) = (&words("answers"), &words("answers-across"));
        let (words, up) =
            (&self.f.t("answers-picture-words").to_string(), &self.f.t("answers-up").to_string());
        let id = &format!("plot-{word}-{}", self.by.first().copied().unwrap_or_default());
        Curves { id, title, words, across, up, ticks: &ticks, curves: &curves }.svg()
    }
}

//! Waiting for the first answer, by the clock and in the team's hours: curves with the table behind them.

use super::chart::{Svg, three_digits};
use super::figures::{self, NOT_SHOWN, Row};
use crate::web::frame::Frame;
use domain::language::Label;
use service::studies::boards::{CLOCK_HOURS, WORKING_HOURS};
use service::view::boards::{Conversations, LadderBoard, Line};
use std::collections::BTreeMap;
use study::plot::{Curve, Curves};

/// One way of measuring time.
pub struct Clock {
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
    pub by: &'a str,
}

impl Compared<'_> {
    pub fn clocks(&self, board: &Conversations) -> [Clock; 2] {
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
            groups: self.f.word("study-variable", self.by).to_string(),
            hours: hours.iter().map(|hours| *hours as i64).collect(),
            picture: (!picture.is_empty()).then(|| Svg::new(picture)),
            lines: lines.iter().map(|line| self.row(line)).collect(),
        }
    }

    fn name(&self, line: &Line) -> String {
        figures::level(self.f, self.names, (self.by, &line.level))
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
        let words = |key: &str| self.f.word(key, word).to_string();
        let (title, across) = (&words("answers"), &words("answers-across"));
        let (words, up) =
            (&self.f.t("answers-picture-words").to_string(), &self.f.t("answers-up").to_string());
        let id = &format!("plot-{word}");
        Curves { id, title, words, across, up, ticks: &ticks, curves: &curves }.svg()
    }
}

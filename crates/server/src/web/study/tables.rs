//! Boards as tables: groups below one another, the first of their steps as a count, the others as shares.

use super::figures::{self, Row};
use crate::web::frame::Frame;
use domain::language::Label;
use service::view::boards::{Conversations, LadderBoard, Line, Split};
use std::collections::BTreeMap;

/// One board.
pub struct Table {
    pub word: &'static str,
    pub columns: &'static [&'static str],
    pub parts: Vec<Part>,
}

/// All, or the groups of one variable.
pub struct Part {
    pub variable: Option<String>,
    pub lines: Vec<Row>,
}

/// What tables are written with.
pub struct Tables<'a> {
    pub f: &'a Frame,
    pub names: &'a BTreeMap<String, Label>,
}

impl Tables<'_> {
    /// What stays unread, and what comes and is done outside the hours.
    pub fn of_work(&self, board: &Conversations) -> [Table; 3] {
        [
            self.table("unread", &["began", "answered", "unread-3", "unread-7", "unread-21"], &board.unread),
            self.table("asked", &["began", "after-hours"], &board.asked_after_hours),
            self.table("late", &["began", "answered", "after-hours"], &board.after_hours),
        ]
    }

    /// Of each group the first step as a count, and the later ones as shares of it.
    fn table(&self, word: &'static str, columns: &'static [&'static str], board: &LadderBoard) -> Table {
        let row = |variable: &str, line: &Line| Row {
            name: figures::level(self.f, self.names, (variable, &line.level)),
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
    pub fn hands(&self, board: &LadderBoard) -> Table {
        let first = |line: &Line| line.steps.as_ref().and_then(|steps| steps[0]);
        let all = first(&board.all);
        let row = |variable: &str, line: &Line| Row {
            name: figures::level(self.f, self.names, (variable, &line.level)),
            cells: line.steps.as_ref().map_or_else(Vec::new, |_| {
                vec![figures::count(first(line)), figures::share(first(line), all)]
            }),
        };
        let lines = board.by.iter().flat_map(figures::lines).map(|line| row("hand", line));
        let lines = [row("", &board.all)].into_iter().chain(lines).collect();
        Table { word: "hands", columns: &["written", "share"], parts: vec![Part { variable: None, lines }] }
    }
}

/// Whether a step after the first is shown.
fn has_share(line: &Line) -> bool {
    line.steps.as_ref().is_some_and(|steps| steps[1..].iter().any(Option::is_some))
}

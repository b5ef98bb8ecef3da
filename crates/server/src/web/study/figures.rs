//! Figures of a board as a page writes them: names of levels, counts with their shares, what is not shown.

use super::chart::{grouped, three_digits};
use crate::web::frame::Frame;
use domain::language::Label;
use service::studies::Quarter;
use service::view::boards::{Line, Split, WARNED_TEAM};
use std::collections::BTreeMap;

/// One row of a table; without cells where nothing of it is shown.
pub struct Row {
    pub name: String,
    pub cells: Vec<String>,
}

/// What stands for a figure that is not shown among others that are.
pub const NOT_SHOWN: &str = "–";

/// A quarter in words.
pub fn quarter(f: &Frame, quarter: Quarter) -> String {
    let sentence = f.t("study-quarter").num("number", i64::from(quarter.number));
    sentence.text("year", &quarter.year.to_string()).to_string()
}

/// What a level is called: a team or topic by its own name, a group by ours.
pub fn level(f: &Frame, names: &BTreeMap<String, Label>, (variable, level): (&str, &str)) -> String {
    match (names.get(level), level) {
        (Some(label), _) if variable == WARNED_TEAM => {
            f.t("boards-warned-of").text("team", f.label(label)).to_string()
        }
        (Some(label), _) => f.label(label).to_owned(),
        (None, "rest") => f.t("boards-rest").to_string(),
        (None, "all") => f.t("boards-all").to_string(),
        (None, level) => f.word(&format!("study-{variable}"), level).to_string(),
    }
}

/// The lines of a split and the others together.
pub fn lines(split: &Split) -> impl Iterator<Item = &Line> {
    split.lines.iter().chain(&split.rest)
}

/// A count of people.
pub fn count(count: Option<u64>) -> String {
    count.map_or_else(|| NOT_SHOWN.to_owned(), grouped)
}

/// A part in percent of a whole.
pub fn percent(part: Option<u64>, whole: Option<u64>) -> Option<f64> {
    let (part, whole) = (part?, whole.filter(|whole| *whole > 0)?);
    Some(study::disclosure::rounded(part as f64 * 100.0 / whole as f64))
}

/// A percentage.
pub fn share(part: Option<u64>, whole: Option<u64>) -> String {
    percent(part, whole)
        .map_or_else(|| NOT_SHOWN.to_owned(), |share| format!("{}\u{a0}%", three_digits(share)))
}

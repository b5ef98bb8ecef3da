//! The analyst's boards: figures of published grade only.

use crate::studies::{Month, Quarter};
use jiff::Timestamp;

/// People and how many of them wrote, as published.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    pub people: u64,
    pub wrote: u64,
    /// Of the published counts, to 3 digits.
    pub per_1000: f64,
}

/// A month of the adoption board; no figure where it is suppressed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonthFigure {
    pub month: Month,
    pub figure: Option<Figure>,
}

/// One variable of the board: the words of its levels, with their figures.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupFigures {
    pub variable: &'static str,
    /// Levels without anybody are left out.
    pub levels: Vec<(&'static str, Option<Figure>)>,
}

/// Who wrote in a quarter and who did not.
#[derive(Clone, Debug, PartialEq)]
pub struct QuarterBoard {
    pub quarter: Quarter,
    pub total: Option<Figure>,
    pub groups: Vec<GroupFigures>,
}

/// The analyst's first page.
#[derive(Clone, Debug, PartialEq)]
pub struct AdoptionPage {
    /// The smallest count that is shown.
    pub limit: u64,
    /// Closed months, oldest first.
    pub months: Vec<MonthFigure>,
    pub quarter: Option<QuarterBoard>,
    /// All quarters with a board, newest first.
    pub quarters: Vec<Quarter>,
    /// When the running month is complete and its figure follows.
    pub next: Timestamp,
}

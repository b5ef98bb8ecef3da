//! The analyst's pages, under `/study`: published-grade numbers only.

pub mod adoption;
pub mod answers;
pub mod chart;
pub mod clocks;
pub mod figures;
pub mod funnel;
pub mod run;
pub mod run_compare;
mod run_words;
pub mod runs;
pub mod tables;
pub mod work;

/// The pages of the way through, each with its word.
pub const BOARDS: [(&str, &str); 4] = [
    ("/study", "adoption"),
    ("/study/funnel", "funnel"),
    ("/study/answers", "answers"),
    ("/study/work", "work"),
];

//! The analyst's pages, under `/study`: published-grade numbers only.

pub mod adoption;
pub mod chart;
pub mod run;
pub mod run_compare;
mod run_words;
pub mod runs;

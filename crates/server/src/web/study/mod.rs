//! The analyst's pages, under `/study`: published-grade numbers only.

pub mod adoption;
pub mod chart;

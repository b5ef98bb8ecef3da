//! The care team's pages, under `/team`.

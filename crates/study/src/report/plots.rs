//! Plots as inline SVG: each has a title and a sentence for those who do not see it, and the table with its
//! numbers stands beside it. Colours come from the page's style.

mod calibration;
mod forest;
mod steps;

pub use calibration::calibration;
pub use forest::forest;
pub use steps::{attrition, months, stages, waiting};

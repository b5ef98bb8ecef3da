//! Test results: the list, and one result with its values over time.

use super::plot::Plot;
use crate::web::frame::Frame;
use askama::Template;
use service::page::Page;
use service::view::chart::{RangeRelation, ResultLine, ResultView};

#[derive(Template)]
#[template(path = "patient/results.html")]
pub struct ResultsPage {
    pub f: Frame,
    pub results: Page<ResultLine>,
}

#[derive(Template)]
#[template(path = "patient/result.html")]
pub struct ResultPage {
    pub f: Frame,
    pub plot: Option<Plot>,
    pub v: ResultView,
}

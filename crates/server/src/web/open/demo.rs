//! The demo's first page: a card for each role, opened with one click.

use crate::web::frame::Frame;
use askama::Template;
use domain::language::Label;

/// One card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoDoor {
    pub name: String,
    /// What this person can do, in one line.
    pub label: Label,
    pub is_patient: bool,
}

#[derive(Template)]
#[template(path = "open/demo.html")]
pub struct DemoPage {
    pub f: Frame,
    pub doors: Vec<DemoDoor>,
}

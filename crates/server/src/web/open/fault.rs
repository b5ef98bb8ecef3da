//! The page for what could not be done: it says what to do now, and nothing about what is inside.

use crate::web::frame::Frame;
use askama::Template;
use domain::id::RequestId;

#[derive(Template)]
#[template(path = "open/fault.html")]
pub struct FaultPage {
    pub f: Frame,
    pub title: &'static str,
    pub advice: &'static str,
    /// For the clinic's telephone; shown for internal errors only.
    pub request: Option<RequestId>,
    pub way_out: &'static str,
    pub way_out_key: &'static str,
}

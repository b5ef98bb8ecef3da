//! The first page of staff who answer no messages: administrators, privacy officers, analysts, and
//! anybody who is in no pool yet.

use crate::web::frame::Frame;
use askama::Template;

#[derive(Template)]
#[template(path = "team/office.html")]
pub struct OfficePage {
    pub f: Frame,
    /// The study pages are theirs.
    pub is_analyst: bool,
}

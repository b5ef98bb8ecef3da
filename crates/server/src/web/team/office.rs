//! The first page of staff who could answer messages and are in no pool yet.

use crate::web::frame::Frame;
use askama::Template;

#[derive(Template)]
#[template(path = "team/office.html")]
pub struct OfficePage {
    pub f: Frame,
}

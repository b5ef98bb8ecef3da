//! The patient's first page.

use crate::web::frame::Frame;
use askama::Template;
use service::view::chart::{Home, RangeRelation};

#[derive(Template)]
#[template(path = "patient/home.html")]
pub struct HomePage {
    pub f: Frame,
    pub v: Home,
}

//! Language, account and sign-out.

use crate::web::frame::Frame;
use askama::Template;

#[derive(Template)]
#[template(path = "patient/more.html")]
pub struct MorePage {
    pub f: Frame,
}

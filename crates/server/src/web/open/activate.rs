//! Setting up an account with a single-use code.

use crate::web::frame::Frame;
use crate::web::problems::Problems;
use askama::Template;

#[derive(Template)]
#[template(path = "open/activate.html")]
pub struct ActivatePage {
    pub f: Frame,
    pub action: &'static str,
    /// A patient's code is checked together with the birth date.
    pub asks_birth_date: bool,
    pub code: String,
    pub birth_date: String,
    pub name: String,
    pub fault: Option<&'static str>,
    pub problems: Problems,
}

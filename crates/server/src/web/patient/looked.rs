//! "Who has looked": every access to the record and the messages, in plain words.

use crate::web::frame::Frame;
use askama::Template;
use service::page::Page;
use service::view::looked::Looked;

#[derive(Template)]
#[template(path = "patient/looked.html")]
pub struct LookedPage {
    pub f: Frame,
    pub looked: Page<Looked>,
}

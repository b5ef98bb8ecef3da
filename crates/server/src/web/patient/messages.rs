//! The patient's list of messages.

use crate::web::frame::Frame;
use askama::Template;
use service::page::Page;
use service::view::thread::ThreadLine;

#[derive(Template)]
#[template(path = "patient/messages.html")]
pub struct MessagesPage {
    pub f: Frame,
    pub threads: Page<ThreadLine>,
}

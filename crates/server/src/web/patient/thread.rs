//! One conversation as the patient reads it, with the reply below.

use crate::web::frame::Frame;
use crate::web::problems::Problems;
use askama::Template;
use domain::message::{MessageState, Side};
use domain::thread::ThreadProblem;
use service::view::thread::{ReplyWay, ThreadView};

#[derive(Template)]
#[template(path = "patient/thread.html")]
pub struct ThreadPage {
    pub f: Frame,
    pub v: ThreadView,
    pub problems: Problems,
    /// Somebody wrote while the reader was typing.
    pub moved_on: bool,
}

impl ThreadPage {
    fn typed(&self) -> &str {
        self.v.draft.as_ref().map_or("", |draft| &draft.body)
    }
}

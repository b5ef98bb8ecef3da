//! Search in the patient's own messages. The words travel in the body, never in an address.

use crate::web::frame::Frame;
use askama::Template;
use service::view::inbox::SearchPage;

#[derive(Template)]
#[template(path = "patient/search.html")]
pub struct OwnSearchPage {
    pub f: Frame,
    pub words: String,
    pub found: SearchPage,
}

//! Sign-in, at the patient's and at the team's door.

use crate::web::frame::Frame;
use askama::Template;

#[derive(Template)]
#[template(path = "open/sign_in.html")]
pub struct SignInPage {
    pub f: Frame,
    pub is_patient: bool,
    pub heading: &'static str,
    pub lead: &'static str,
    pub action: &'static str,
    /// Where to go on after signing in; an address of ours.
    pub next: String,
    pub name: String,
    pub fault: Option<&'static str>,
    pub wait_minutes: i64,
}

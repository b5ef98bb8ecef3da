//! The demo's first page: a card for each role, opened with one click. Only in a demo.

use crate::web::answer::{Answer, Fault};
use crate::web::form::Form;
use crate::web::frame::Frame;
use crate::web::open_visit::OpenVisit;
use crate::web::site::DemoAccount;
use askama::Template;
use domain::actor::Door;
use jiff::Timestamp;
use serde::Deserialize;
use service::clock::Clock;

#[derive(Template)]
#[template(path = "open/demo.html")]
pub struct DemoPage {
    pub f: Frame,
    pub doors: Vec<DemoAccount>,
    /// What the clinic's clock shows, where it is not the system's.
    pub clock: Option<Timestamp>,
}

#[derive(Deserialize)]
pub struct DemoForm {
    door: usize,
}

/// `GET /demo`
pub async fn show(visit: OpenVisit) -> Answer {
    let doors = visit.site.settings.demo.clone().ok_or(Fault::NOT_FOUND)?.0;
    let service = &visit.site.service;
    let clock = matches!(service.clock, Clock::Shifted(_)).then(|| service.now());
    visit.show(&DemoPage { f: visit.frame(), doors, clock })
}

/// `POST /demo`: signs in as the made-up person of that card.
pub async fn enter(visit: OpenVisit, Form(form): Form<DemoForm>) -> Answer {
    let demo = visit.site.settings.demo.as_ref().ok_or(Fault::NOT_FOUND)?;
    let account = demo.0.get(form.door).ok_or(Fault::NOT_FOUND)?;
    let door = if account.role.is_none() { Door::Patient } else { Door::Team };
    let address = visit.address.to_string();
    let signed_in = visit.site.service.sign_in(door, &account.sign_in, &account.password, &address).await?;
    visit.enter(&signed_in, "")
}

//! The demo's first page: a card for each role, opened with one click. Only in a demo.

use crate::web::answer::{Answer, Fault};
use crate::web::form::Form;
use crate::web::frame::Frame;
use crate::web::open_visit::OpenVisit;
use crate::web::site::{DemoAccount, DemoDoors};
use crate::words::Sentence;
use askama::Template;
use domain::actor::Door;
use jiff::Timestamp;
use serde::Deserialize;
use service::clock::Clock;
use service::demo::DemoDay;

#[derive(Template)]
#[template(path = "open/demo.html")]
pub struct DemoPage {
    pub f: Frame,
    pub doors: DemoDoors,
    pub day: DemoDay,
    /// What the clinic's clock shows, where it is not the system's.
    pub clock: Option<Timestamp>,
}

/// What the tour does, by the keys of its sentences.
const TOUR: [&str; 7] = [
    "demo-tour-ask",
    "demo-tour-to-do",
    "demo-tour-open",
    "demo-tour-close",
    "demo-tour-looked",
    "demo-tour-numbers",
    "demo-tour-kill",
];

impl DemoPage {
    /// Cards with the numbers by which their forms name them.
    fn cards(&self, in_tour: bool) -> impl Iterator<Item = (usize, &DemoAccount)> {
        self.doors.people.iter().enumerate().filter(move |(_, one)| one.is_in_tour == in_tour)
    }

    fn tour(&self) -> [&'static str; 7] {
        TOUR
    }

    /// The clinic's day in one sentence; nothing where no pool is there to tell of.
    fn today(&self) -> Option<Sentence<'_>> {
        let day = &self.day;
        let pool = self.f.label(day.pool.as_ref()?);
        let sentence = self.f.t("demo-day").text("clinic", &self.f.clinic.name).num("sites", day.sites);
        let sentence = sentence.text("patients", &grouped(day.patients)).num("staff", day.staff);
        Some(sentence.num("open", day.open).text("pool", pool).num("overdue", day.overdue))
    }
}

/// `4,000`: both languages group digits so in the United States.
fn grouped(count: i64) -> String {
    match (count / 1000, count % 1000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}

#[derive(Deserialize)]
pub struct DemoForm {
    door: usize,
}

/// `GET /demo`
pub async fn show(visit: OpenVisit) -> Answer {
    let doors = visit.site.settings.demo.clone().ok_or(Fault::NOT_FOUND)?;
    let service = &visit.site.service;
    let clock = matches!(service.clock, Clock::Shifted(_)).then(|| service.now());
    let day = service.demo_day().await?;
    visit.show(&DemoPage { f: visit.frame(), doors, day, clock })
}

/// `POST /demo`: signs in as the made-up person of that card.
pub async fn enter(visit: OpenVisit, Form(form): Form<DemoForm>) -> Answer {
    let demo = visit.site.settings.demo.as_ref().ok_or(Fault::NOT_FOUND)?;
    let account = demo.people.get(form.door).ok_or(Fault::NOT_FOUND)?;
    let door = if account.role.is_none() { Door::Patient } else { Door::Team };
    let address = visit.address.to_string();
    let signed_in = visit.site.service.sign_in(door, &account.sign_in, &account.password, &address).await?;
    visit.enter(&signed_in, "")
}

//! The analyst's runs: the list, and a new one from a shipped protocol, from an earlier run, or from one's own text.

use super::run_words;
use crate::web::answer::{self, Answer, Fault};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use askama::Template;
use axum::http::StatusCode;
use domain::id::StudyRunId;
use serde::Deserialize;
use service::page::Page;
use service::studies::runs::{Asked, SHIPPED, Shipped, with_recent_dates};
use service::view::study_run::RunLine;
use study::protocol::Problem;

#[derive(Template)]
#[template(path = "study/runs.html")]
pub struct RunsPage {
    pub f: Frame,
    pub runs: Page<RunLine>,
}

impl RunsPage {
    fn chip(&self, run: &RunLine) -> String {
        run_words::chip(&self.f, run)
    }

    fn asked_by(&self, run: &RunLine) -> String {
        run_words::asked_by(&self.f, run)
    }
}

/// `GET /study/runs`
pub async fn list(visit: TeamVisit) -> Answer {
    let runs = visit.service().studies(&visit.ctx, visit.after()).await?;
    answer::show(&RunsPage { f: visit.frame(Place::StudyRuns), runs })
}

/// A shipped protocol as the page offers it.
pub struct Offered {
    pub name: &'static str,
    pub title: String,
    /// Whether it repeats a published study, whose dates somebody may want.
    pub is_published: bool,
}

#[derive(Template)]
#[template(path = "study/run_new.html")]
pub struct NewRunPage {
    pub f: Frame,
    pub text: String,
    pub problems: Vec<Problem>,
    pub shipped: Vec<Offered>,
}

impl NewRunPage {
    /// A line of the text, where there is something in it.
    fn line(&self, number: &usize) -> Option<&str> {
        let line = self.text.lines().nth(number.checked_sub(1)?)?.trim();
        (!line.is_empty()).then_some(line)
    }

    pub fn new(f: Frame, text: String, problems: Vec<Problem>) -> NewRunPage {
        let offered = |shipped: Shipped| {
            let (title, is_published) = shipped.about();
            Offered { name: shipped.name, title, is_published }
        };
        NewRunPage { f, text, problems, shipped: SHIPPED.into_iter().map(offered).collect() }
    }
}

/// `GET /study/runs/new?protocol=ralston-2009&dates=recent`, or `?from=` an earlier run
pub async fn ask(visit: TeamVisit) -> Answer {
    visit.service().may_start_studies(&visit.ctx).await?;
    let text = match (visit.asked::<StudyRunId>("from"), visit.asked::<String>("protocol")) {
        (Some(run), _) => visit.service().study_protocol(&visit.ctx, run).await?,
        (None, Some(name)) => {
            let shipped = Shipped::find(&name).ok_or(Fault::NOT_FOUND)?;
            let is_recent = visit.asked::<String>("dates").is_some_and(|dates| dates == "recent");
            let today = visit.ctx.now.to_zoned(visit.site.settings.zone.clone()).date();
            if is_recent { with_recent_dates(shipped.text, today) } else { shipped.text.to_owned() }
        }
        (None, None) => String::new(),
    };
    answer::show(&NewRunPage::new(visit.frame(Place::StudyRuns), text, Vec::new()))
}

#[derive(Deserialize)]
pub struct NewRunForm {
    #[serde(default)]
    text: String,
}

/// `POST /study/runs`
pub async fn start(visit: TeamVisit, Form(form): Form<NewRunForm>) -> Answer {
    match Asked::check(&form.text) {
        Ok(asked) => {
            let run = visit.service().start_study(&visit.ctx, asked, None).await?;
            answer::see(&format!("/study/runs/{run}"))
        }
        Err(problems) => {
            visit.service().may_start_studies(&visit.ctx).await?;
            let page = NewRunPage::new(visit.frame(Place::StudyRuns), form.text, problems);
            answer::show_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

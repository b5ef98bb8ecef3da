//! One run: how far it is, its figures, its report and files, and the end of its key.

use super::{chart, run_words};
use crate::web::answer::{self, Answer};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::request::OwnStyle;
use crate::web::visit::TeamVisit;
use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse};
use domain::id::StudyRunId;
use domain::study_run::{RunStage, RunState};
use serde::Deserialize;
use service::view::study_run::{FigureLevel, RunPage};

#[derive(Template)]
#[template(path = "study/run.html")]
pub struct StudyRunPage {
    pub f: Frame,
    pub run: RunPage,
}

impl StudyRunPage {
    fn asked_by(&self) -> String {
        run_words::asked_by(&self.f, &self.run.line)
    }

    fn standing(&self) -> String {
        run_words::standing(&self.f, &self.run.line)
    }

    fn is_reading(&self) -> bool {
        let line = &self.run.line;
        line.state == RunState::Running && line.stage == Some(RunStage::Reading) && line.people > 0
    }

    fn count(&self, count: &i64) -> String {
        chart::grouped(u64::try_from(*count).unwrap_or_default())
    }

    fn people(&self, count: &Option<u64>) -> String {
        run_words::count(&self.f, *count)
    }

    /// In a table a withheld count is set apart.
    fn level_people(&self, count: &Option<u64>) -> String {
        let words = run_words::count(&self.f, *count);
        if count.is_some() { words } else { format!("<span class=\"suppressed\">{words}</span>") }
    }

    fn clusters(&self, count: &u64) -> String {
        chart::grouped(*count)
    }

    fn figure(&self, value: &f64) -> String {
        run_words::figure(*value)
    }

    fn ratio(&self, level: &FigureLevel) -> String {
        run_words::ratio(&self.f, level)
    }

    fn interval(&self, level: &FigureLevel) -> String {
        run_words::interval(&self.f, level)
    }

    /// What a file holds.
    fn kind(&self, name: &str) -> String {
        let word = name.replace(['.', '_'], "-");
        self.f.word("run-file", &word).to_string()
    }
}

/// `GET /study/runs/{run}`
pub async fn show(visit: TeamVisit) -> Answer {
    let run = visit.service().study_run(&visit.ctx, visit.id("run")?).await?;
    answer::show(&StudyRunPage { f: visit.frame(Place::StudyRuns), run })
}

/// `GET /study/runs/{run}/report`: the page that stands alone. Nothing but its own style is allowed in it.
pub async fn report(visit: TeamVisit) -> Answer {
    let file = visit.service().study_file(&visit.ctx, visit.id("run")?, "report.html".to_owned()).await?;
    let style = OwnStyle::of(&file.text);
    let mut response = Html(file.text).into_response();
    response.extensions_mut().insert(style);
    Ok(response)
}

/// `GET /study/runs/{run}/files/{name}`: a file to take along.
pub async fn file(visit: TeamVisit) -> Answer {
    let name = visit.word("name").to_owned();
    let file = visit.service().study_file(&visit.ctx, visit.id("run")?, name).await?;
    let kind = match file.name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("json") => "application/json",
        _ => "text/csv; charset=utf-8; header=present",
    };
    let saved = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", file.saved_as));
    let mut response = ([(header::CONTENT_TYPE, kind)], file.text).into_response();
    if let Ok(saved) = saved {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, saved);
    }
    Ok(response)
}

#[derive(Deserialize)]
pub struct NoFields {}

/// `POST /study/runs/{run}/again`
pub async fn again(visit: TeamVisit, Form(_): Form<NoFields>) -> Answer {
    let run: StudyRunId = visit.service().start_study_again(&visit.ctx, visit.id("run")?).await?;
    answer::see(&format!("/study/runs/{run}"))
}

/// `POST /study/runs/{run}/destroy-key`
pub async fn destroy_key(visit: TeamVisit, Form(_): Form<NoFields>) -> Answer {
    let run: StudyRunId = visit.id("run")?;
    visit.service().destroy_study_key(&visit.ctx, run).await?;
    answer::see(&format!("/study/runs/{run}?done=key-destroyed"))
}

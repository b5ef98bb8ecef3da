//! `samechart study run` on the record: the same run as on the analyst's pages, worked on here, or by a server that
//! is faster; its report also goes into a folder. What comes out is of published grade.

use super::run::Run;
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::session::{Session, operator};
use clap::Args;
use domain::id::StudyRunId;
use domain::study_run::{RunFailure, RunStage, RunState};
use indicatif::{HumanCount, ProgressBar};
use serde_json::json;
use service::studies::runs::{Asked, Runner};
use service::{Service, ServiceError};
use std::time::Duration;
use store::study_run::StudyRun;
use study::report;

const LOOK_EVERY: Duration = Duration::from_millis(200);

#[derive(Debug, Args)]
pub struct DestroyKey {
    /// The run's id.
    run: StudyRunId,
}

pub async fn run(arguments: Run, session: &Session) -> Result<Outcome, Failure> {
    let asked = read(&arguments)?;
    let (_, service) = session.open().await?;
    let id = service.start_study(&operator(&service), asked, arguments.seed).await?;
    let run = until_ended(&service, id).await?;
    if run.state == RunState::Failed {
        return Err(Failure::failed(format!("run {id}: {}", why(&run))));
    }
    let files = service.study_files(&operator(&service), id).await?;
    let files: Vec<(&str, &str)> =
        files.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect();
    let written =
        report::write_all(&files, &arguments.out).map_err(|error| Failure::failed(error.to_string()))?;
    let names: Vec<String> = written.iter().map(|path| path.display().to_string()).collect();
    let json = json!({
        "run": id, "files": names, "hash": run.protocol_hash, "program": run.program,
        "data_at": run.data_at.map(|at| at.to_string()),
    });
    Ok(Outcome::done(format!("Run {id}\n{}", names.join("\n")), json))
}

fn read(arguments: &Run) -> Result<Asked, Failure> {
    let name = arguments.protocol.display().to_string();
    let text = std::fs::read_to_string(&arguments.protocol)
        .map_err(|error| Failure::usage(format!("{name}: {error}")))?;
    Asked::check(&text).map_err(|problems| {
        let lines = problems.iter().map(|it| {
            let setting = if it.setting.is_empty() { String::new() } else { format!("{}: ", it.setting) };
            format!("{name}:{}:{}: {setting}{}", it.line, it.column, it.reason)
        });
        Failure::usage(lines.collect::<Vec<_>>().join("\n"))
    })
}

/// Works on runs until this one is done, and shows how far it is. A turn is never left before its end: it gives its
/// lease back, or a server would wait for it.
async fn until_ended(service: &Service, id: StudyRunId) -> Result<StudyRun, Failure> {
    let runner = Runner::new(service.clone());
    let bar = ProgressBar::new_spinner();
    let work = async {
        loop {
            let worked = runner.turn(service.now()).await?;
            let run = service.study_standing(id).await?;
            if !run.state.is_open() {
                return Ok::<_, ServiceError>(run);
            }
            if worked.is_none() {
                tokio::time::sleep(LOOK_EVERY).await;
            }
        }
    };
    let ended = tokio::select! {
        ended = work => ended,
        broken = show(service, id, &bar) => Err(broken),
    };
    bar.finish_and_clear();
    Ok(ended?)
}

/// Until it cannot be seen any more.
async fn show(service: &Service, id: StudyRunId, bar: &ProgressBar) -> ServiceError {
    loop {
        match service.study_standing(id).await {
            Ok(run) => bar.set_message(words(&run)),
            Err(error) => return error,
        }
        bar.tick();
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn words(run: &StudyRun) -> String {
    match run.stage {
        None => "waiting for its turn".to_owned(),
        Some(RunStage::Reading) => {
            let (read, all) = (run.people_read.max(0), run.people.max(0));
            format!("reading people: {} of {}", HumanCount(read as u64), HumanCount(all as u64))
        }
        Some(RunStage::Fitting) => "fitting".to_owned(),
        Some(RunStage::Keeping) => "keeping the report".to_owned(),
    }
}

fn why(run: &StudyRun) -> String {
    match run.failure {
        Some(RunFailure::Refused) => run.content.reason.clone().unwrap_or_default(),
        Some(RunFailure::Stopped) => "it was stopped before its end; run it again".to_owned(),
        _ => "a fault; the log of whoever worked on it says more".to_owned(),
    }
}

pub async fn destroy_key(arguments: DestroyKey, session: &Session) -> Result<Outcome, Failure> {
    let (_, service) = session.open().await?;
    match service.destroy_study_key(&operator(&service), arguments.run).await {
        Err(ServiceError::NotFound) => Err(Failure::usage("there is no such run, or it is not ended")),
        other => {
            other?;
            let words = "The key is destroyed: the ids of this run's rows stand for nobody any more.";
            Ok(Outcome::done(words, json!({ "run": arguments.run })))
        }
    }
}

//! Reading runs: the list, one run with its figures, two beside one another, a file to take along. All of it is
//! of published grade, and each look leaves its audit row.

use super::lines::differences;
use crate::about;
use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::page::{Cursor, PAGE, Page};
use crate::service::Service;
use crate::view::study_run::{Comparison, Figures, RatioPair, RunFile, RunLine, RunPage};
use domain::access::{Capability, Item};
use domain::audit::{AuditAction, AuditObject};
use domain::id::{AccountId, StudyRunId};
use domain::study_run::RunState;
use std::collections::HashMap;
use store::db::Tx;
use store::study_run::{self, ReportFile, StudyRun};
use study::protocol::Protocol;

/// The file that pages take figures from.
const FIGURES: &str = "report.json";
/// Other runs that a run's page offers to compare with.
const OTHERS: usize = 12;

impl Service {
    /// Runs, newest first.
    pub async fn studies(&self, ctx: &Ctx, after: Option<Cursor>) -> Result<Page<RunLine>, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadStudy), move |tx, act| {
            act.allow(tx, Capability::ReadStudy, Item::default())?;
            let before = after.map(|cursor| StudyRunId(cursor.id));
            let runs = study_run::before(tx, &act.vault, before, PAGE + 1)?;
            let place = |run: &RunLine| Cursor { at: 0, id: run.id.0 };
            Ok(Page::cut(lines(tx, act, &runs)?, PAGE, place))
        })
        .await
    }

    /// Whether the actor may ask for a run; a page that answers nothing else calls it.
    pub async fn may_start_studies(&self, ctx: &Ctx) -> Result<(), ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadStudy), move |tx, act| {
            act.allow(tx, Capability::RunStudy, Item::default())?;
            Ok(())
        })
        .await
    }

    /// The protocol's text of a run, to start from.
    pub async fn study_protocol(&self, ctx: &Ctx, run: StudyRunId) -> Result<String, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadStudy), move |tx, act| {
            Ok(allowed(tx, act, run)?.content.protocol)
        })
        .await
    }

    /// One run.
    pub async fn study_run(&self, ctx: &Ctx, run: StudyRunId) -> Result<RunPage, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadStudy), move |tx, act| {
            let run = allowed(tx, act, run)?;
            let others = study_run::before(tx, &act.vault, None, 2 * OTHERS)?;
            let others: Vec<StudyRun> = others
                .into_iter()
                .filter(|other| other.id != run.id && other.state == RunState::Done)
                .take(OTHERS)
                .collect();
            let files = study_run::files(tx, &act.vault, run.id)?;
            let others = if files.is_empty() { Vec::new() } else { lines(tx, act, &others)? };
            Ok(RunPage { figures: figures(&files)?, others, ..page(tx, act, run, &files)? })
        })
        .await
    }

    /// A file of a run's report; the audit keeps which.
    pub async fn study_file(
        &self,
        ctx: &Ctx,
        run: StudyRunId,
        name: String,
    ) -> Result<RunFile, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadStudy), move |tx, act| {
            let run = allowed(tx, act, run)?;
            let files = study_run::files(tx, &act.vault, run.id)?;
            let file = files.into_iter().find(|file| file.name == name).ok_or(ServiceError::NotFound)?;
            act.detail().what = Some(file.name.clone());
            let day = run.data_at.unwrap_or(run.asked_at).to_zoned(about::zone(tx)?).date();
            let protocol =
                Protocol::parse(&run.content.protocol, "").map_or("study".to_owned(), |it| it.name);
            let saved_as = format!("{protocol}-{day}-{}", file.name);
            Ok(RunFile { name: file.name, text: file.text, saved_as })
        })
        .await
    }

    /// Every file of a run's report.
    pub async fn study_files(&self, ctx: &Ctx, run: StudyRunId) -> Result<Vec<ReportFile>, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadStudy), move |tx, act| {
            act.object(AuditObject::Study, run.0);
            act.allow(tx, Capability::RunStudy, Item::default())?;
            Ok(study_run::files(tx, &act.vault, run)?)
        })
        .await
    }

    /// How a run stands, for whoever waits for it.
    pub async fn study_standing(&self, run: StudyRunId) -> Result<StudyRun, ServiceError> {
        let vault = self.store.vault.clone();
        let found = self.store.db.read(move |tx| study_run::load(tx, &vault, run));
        found.await?.ok_or(ServiceError::NotFound)
    }

    /// Two done runs beside one another.
    pub async fn compare_studies(
        &self,
        ctx: &Ctx,
        (one, other): (StudyRunId, StudyRunId),
    ) -> Result<Comparison, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadStudy), move |tx, act| {
            let mut both = Vec::new();
            for run in [other, one] {
                let run = allowed(tx, act, run)?;
                let files = study_run::files(tx, &act.vault, run.id)?;
                let figures = figures(&files)?.ok_or(ServiceError::NotFound)?;
                both.push(RunPage { figures: Some(figures), ..page(tx, act, run, &files)? });
            }
            let (Some(one), Some(other)) = (both.pop(), both.pop()) else {
                return Err(ServiceError::NotFound);
            };
            let ratios = paired(one.figures.as_ref(), other.figures.as_ref());
            let lines = differences(&one.protocol, &other.protocol);
            Ok(Comparison { one, other, ratios, lines })
        })
        .await
    }
}

fn allowed(tx: &mut Tx<'_>, act: &mut Act, run: StudyRunId) -> Result<StudyRun, ServiceError> {
    act.object(AuditObject::Study, run.0);
    act.allow(tx, Capability::ReadStudy, Item::default())?;
    study_run::load(tx, &act.vault, run)?.ok_or(ServiceError::NotFound)
}

fn lines(tx: &mut Tx<'_>, act: &Act, runs: &[StudyRun]) -> Result<Vec<RunLine>, ServiceError> {
    let accounts: Vec<AccountId> = runs.iter().filter_map(|run| run.asked_by).collect();
    let names = store::account::names(tx, act.vault.organisation(), &accounts)?;
    Ok(runs.iter().map(|run| line(run, &names)).collect())
}

fn line(run: &StudyRun, names: &HashMap<AccountId, String>) -> RunLine {
    RunLine {
        id: run.id,
        title: run.content.title.clone(),
        asked_by: run.asked_by.map(|account| names.get(&account).cloned().unwrap_or_default()),
        asked_at: run.asked_at,
        state: run.state,
        stage: run.stage,
        people_read: run.people_read,
        people: run.people,
        failure: run.failure,
        data_at: run.data_at,
    }
}

fn page(tx: &mut Tx<'_>, act: &Act, run: StudyRun, files: &[ReportFile]) -> Result<RunPage, ServiceError> {
    let accounts: Vec<AccountId> = run.asked_by.into_iter().collect();
    let names = store::account::names(tx, act.vault.organisation(), &accounts)?;
    Ok(RunPage {
        line: line(&run, &names),
        protocol: run.content.protocol,
        protocol_hash: run.protocol_hash,
        program: run.program,
        seed: run.seed,
        ended_at: run.ended_at,
        reason: run.content.reason,
        has_key: run.has_key,
        files: files.iter().map(|file| file.name.clone()).collect(),
        figures: None,
        others: Vec::new(),
    })
}

fn figures(files: &[ReportFile]) -> Result<Option<Figures>, ServiceError> {
    let Some(file) = files.iter().find(|file| file.name == FIGURES) else { return Ok(None) };
    let read = serde_json::from_str(&file.text);
    read.map(Some).map_err(|_| ServiceError::Internal("a study's figures".into()))
}

/// Every level of either run, in the order of the first and then of the second.
fn paired(one: Option<&Figures>, other: Option<&Figures>) -> Vec<RatioPair> {
    let mut pairs: Vec<RatioPair> = Vec::new();
    for (is_first, figures) in [(true, one), (false, other)] {
        for variable in figures.iter().flat_map(|figures| &figures.variables) {
            for level in &variable.levels {
                let is_same =
                    |pair: &&mut RatioPair| pair.variable == variable.label && pair.level == level.level;
                let cell = Some(level.clone());
                match pairs.iter_mut().find(is_same) {
                    Some(pair) if is_first => pair.one = cell,
                    Some(pair) => pair.other = cell,
                    None => {
                        let (one, other) = if is_first { (cell, None) } else { (None, cell) };
                        let (variable, level) = (variable.label.clone(), level.level.clone());
                        pairs.push(RatioPair { variable, level, one, other });
                    }
                }
            }
        }
    }
    // A variable's levels stand together, also those that only the second run has.
    let order: Vec<String> = pairs.iter().map(|pair| pair.variable.clone()).collect();
    pairs.sort_by_key(|pair| order.iter().position(|variable| *variable == pair.variable));
    pairs
}

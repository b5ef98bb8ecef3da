//! One import from its files to its report.

use super::chunk::Planned;
use super::files::{self, Source};
use super::pipeline::{self, Deferred};
use super::registry::{Outstanding, Registry};
use super::report::{ImportReport, LISTED, Progress, Unresolved};
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use domain::access::{Capability, Item};
use domain::audit::AuditAction;
use jiff::tz::TimeZone;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use store::db::Tx;
use store::resource::Fingerprints;
use store::vault::Vault;
use store::{import_progress, resource_directory};
use tokio::runtime::Handle;
use uuid::Uuid;

/// What to import.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Whose ids these are: ids of two sources never mix.
    pub source: String,
    /// The address of the server that the files came from: references below it are to its own resources.
    pub base: Option<String>,
    /// The operating-system user, for the audit.
    pub operator: Option<String>,
}

/// Called after each commit.
pub type Tell = dyn Fn(&Progress) + Send + Sync;

/// What all threads of a run work with.
pub(super) struct Run {
    pub service: Service,
    pub ctx: Ctx,
    pub runtime: Handle,
    pub zone: TimeZone,
    pub source: String,
    pub base: Option<String>,
    pub operator: Option<String>,
    /// Of resources outside every compartment.
    pub fingerprints: Fingerprints,
    pub file_bytes: u64,
    pub progress: Arc<Tell>,
    pub started: Instant,
    /// Nothing was imported before: whatever is known, this run has met itself.
    pub is_first: bool,
    /// In the last pass an open conditional reference is refused.
    pub is_last_pass: bool,
    /// Whether this pass goes through files from their beginning.
    pub keeps_progress: bool,
}

impl Run {
    pub fn mint(&self) -> Uuid {
        self.service.mint(self.ctx.now)
    }

    /// Reads the database from one of the import's own threads.
    pub fn read<T, F>(&self, work: F) -> Result<T, ServiceError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, ServiceError> + Send + 'static,
    {
        self.runtime.block_on(self.service.store.db.read(work))
    }

    /// The id of a resource that came without one: the same content has the same id again.
    pub fn id_for(&self, resource: &Value) -> String {
        let mut bytes = Vec::new();
        fhir::json::canonical(resource, &mut bytes);
        uuid::Builder::from_custom_bytes(self.fingerprints.fingerprint(&bytes)).into_uuid().to_string()
    }
}

impl Service {
    /// Imports files of FHIR R4. Bad resources are refused one by one, and everything else is stored;
    /// an error ends the import, and the next one takes it up where it stood.
    pub async fn import(
        &self,
        ctx: &Ctx,
        import: Import,
        progress: Arc<Tell>,
    ) -> Result<ImportReport, ServiceError> {
        let (source, operator) = (import.source.clone(), import.operator.clone());
        let mut act = self.act(ctx, AuditAction::ImportRecords);
        act.detail().what = Some(source.clone());
        act.detail().operator.clone_from(&operator);
        let begun = self.change(act, |tx, act| {
            act.allow(tx, Capability::ImportRecords, Item::default())?;
            let zone = store::organisation::load(tx)?.map(|organisation| organisation.time_zone);
            Ok((zone, resource_directory::is_empty(tx)?))
        });
        let (zone, is_first) = begun.await?;
        let zone = zone.and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC);
        let run = Run {
            service: self.clone(),
            ctx: ctx.clone(),
            runtime: Handle::current(),
            zone,
            source,
            base: import.base.clone(),
            operator,
            fingerprints: Fingerprints::of(self.store.vault.organisation().data())?,
            file_bytes: 0,
            progress,
            started: Instant::now(),
            is_first,
            is_last_pass: false,
            keeps_progress: true,
        };
        let working = tokio::task::spawn_blocking(move || run.all(&import.paths));
        working.await.map_err(|_| ServiceError::Internal("the import did not finish".into()))?
    }
}

impl Run {
    fn all(mut self, paths: &[PathBuf]) -> Result<ImportReport, ServiceError> {
        let mut report = ImportReport::default();
        let plan = self.plan(paths, &mut report)?;
        let registry = Mutex::new(Registry::default());
        let deferred = pipeline::pass(&self, &registry, &plan, &mut report)?;
        if !deferred.is_empty() {
            self.is_last_pass = true;
            self.keeps_progress = false;
            pipeline::pass(&self, &registry, &again(deferred), &mut report)?;
        }
        let outstanding =
            std::mem::take(&mut registry.into_inner().unwrap_or_else(PoisonError::into_inner).outstanding);
        self.dangling(outstanding.into_values().collect(), &mut report)?;
        let done: Vec<_> = plan.iter().map(|planned| planned.source.hash).collect();
        let finishing = self.service.store.db.write(move |tx| import_progress::finish(tx, &done));
        self.runtime.block_on(finishing)?;
        report.seconds = self.started.elapsed().as_secs_f64();
        Ok(report)
    }

    fn plan(&mut self, paths: &[PathBuf], report: &mut ImportReport) -> Result<Vec<Planned>, ServiceError> {
        let (paths, refusals) = files::expand(paths);
        report.refuse(refusals);
        let mut plan = Vec::with_capacity(paths.len());
        let mut known = HashSet::new();
        for path in paths {
            match files::identify(&path, &self.service.store.vault, &self.source) {
                Err(error) => report.refuse(vec![files::unreadable(&path, &error)]),
                Ok(source) => {
                    self.file_bytes += source.size;
                    let hash = source.hash;
                    let lines_done = self.read(move |tx| Ok(import_progress::lines_done(tx, &hash)?))?;
                    // Of two equal files only the first may be taken up where it stood.
                    let lines_done = if known.insert(hash) { lines_done.max(0) as u64 } else { 0 };
                    plan.push(Planned { source: Arc::new(source), lines_done, only: None });
                }
            }
        }
        Ok(plan)
    }

    /// Of what did not come in this run, leaves out what the database has; reports the rest.
    fn dangling(&self, outstanding: Vec<Outstanding>, report: &mut ImportReport) -> Result<(), ServiceError> {
        let (source, vault) = (self.source.clone(), self.service.store.vault.clone());
        let missing = self.read(move |tx| missing(tx, &vault, &source, outstanding))?;
        report.unresolved = missing.len() as u64;
        let named = missing.into_iter().take(LISTED).map(|one| Unresolved {
            file: one.file,
            line: one.mention.line,
            resource_type: one.mention.resource_type,
        });
        report.dangling = named.collect();
        Ok(())
    }
}

fn missing(
    tx: &mut Tx<'_>,
    vault: &Vault,
    source: &str,
    mut outstanding: Vec<Outstanding>,
) -> Result<Vec<Outstanding>, ServiceError> {
    let mut by_type: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for Outstanding { mention, .. } in &outstanding {
        by_type.entry(&mention.resource_type).or_default().push(&mention.id);
    }
    let mut stored: HashSet<(String, String)> = HashSet::new();
    for (resource_type, ids) in by_type {
        let found = resource_directory::find(tx, vault.organisation().blind(), source, resource_type, &ids)?;
        let found = found.into_iter().filter(|(_, entry)| entry.stored.is_some());
        stored.extend(found.map(|(id, _)| (resource_type.to_owned(), id)));
    }
    let is_missing =
        |one: &Outstanding| !stored.contains(&(one.mention.resource_type.clone(), one.mention.id.clone()));
    outstanding.retain(is_missing);
    outstanding.sort_by(|a, b| (&a.file, a.mention.line).cmp(&(&b.file, b.mention.line)));
    Ok(outstanding)
}

/// The lines that had to wait, file by file.
fn again(deferred: Deferred) -> Vec<Planned> {
    let mut plan: Vec<Planned> = Vec::new();
    for (source, lines) in deferred {
        match plan.iter_mut().find(|planned| Arc::ptr_eq(&planned.source, &source)) {
            Some(planned) => planned.only.get_or_insert_default().extend(lines),
            None => plan.push(Planned { source: source as Arc<Source>, lines_done: 0, only: Some(lines) }),
        }
    }
    plan
}

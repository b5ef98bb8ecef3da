//! The runner: takes the oldest run that waits, reads its rows on one snapshot, fits it on a thread of its own
//! and keeps the report. One node at a time, under a lease that it renews while it works; a run whose node died
//! is found with its lease over, has failed, and may be started again.

use super::report::{self, Source};
use super::{Asked, PROGRAM};
use crate::about;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use crate::studies::extract::{self, Extract};
use domain::access::{Capability, Item};
use domain::actor::{Actor, Door};
use domain::audit::{AuditAction, AuditObject};
use domain::id::{AccountId, RequestId, StudyRunId};
use domain::language::Language;
use domain::study_run::{RunFailure, RunStage};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};
use std::time::Duration;
use store::db::Tx;
use store::lease::{self, Lease};
use store::study_run::{self, Progress, ReportFile, StudyRun};
use uuid::Uuid;

/// The lease's name.
pub const LEASE: &str = "study runner";
/// How long a node that says nothing keeps the lease: longer than other writers keep it waiting.
pub const HELD_FOR: SignedDuration = SignedDuration::from_secs(60);
const PAUSE: Duration = Duration::from_secs(1);
const BEAT: Duration = Duration::from_secs(1);

/// One node's runner.
pub struct Runner {
    service: Service,
    holder: Uuid,
}

/// How a run ended that did not break.
enum Ending {
    Done(Vec<ReportFile>),
    Refused(String),
}

/// Where the work is, told by whoever does it.
#[derive(Default)]
struct Told {
    stage: AtomicU8,
    people_read: AtomicI64,
    people: AtomicI64,
}

impl Told {
    fn reach(&self, stage: RunStage) {
        self.stage.store(stage as u8, Ordering::Relaxed);
    }

    fn now(&self) -> Progress {
        let stage = usize::from(self.stage.load(Ordering::Relaxed));
        Progress {
            stage: RunStage::ALL.get(stage).copied().unwrap_or_default(),
            people_read: self.people_read.load(Ordering::Relaxed),
            people: self.people.load(Ordering::Relaxed),
        }
    }
}

impl Runner {
    pub fn new(service: Service) -> Runner {
        let holder = service.mint(service.now());
        Runner { service, holder }
    }

    /// Does the oldest run that waits, on data as of `now`; `None` where there is none, or another node works.
    pub async fn turn(&self, now: Timestamp) -> Result<Option<StudyRunId>, ServiceError> {
        if !self.service.store.db.read(study_run::is_any_open).await? {
            return Ok(None);
        }
        let Some(lease) = self.take().await? else { return Ok(None) };
        let claimed = self.claim(lease, now).await;
        let worked = match &claimed {
            Ok(Some(run)) => self.work(lease, run.clone(), now).await,
            _ => Ok(()),
        };
        self.give_back(lease).await?;
        worked?;
        Ok(claimed?.map(|run| run.id))
    }

    /// Ends what this node was doing, so that nobody waits for its lease to be over.
    pub async fn stop(self) -> Result<(), ServiceError> {
        if !self.service.store.db.read(study_run::is_any_open).await? {
            return Ok(());
        }
        let Some(lease) = self.take().await? else { return Ok(()) };
        let now = self.service.now();
        self.write(lease, move |tx| study_run::stop_abandoned(tx, now).map(drop)).await?;
        self.give_back(lease).await
    }

    async fn take(&self) -> Result<Option<Lease>, ServiceError> {
        let (holder, now) = (self.holder, self.service.now());
        let taken = self.service.store.db.write(move |tx| lease::take(tx, LEASE, holder, (now, until(now))));
        Ok(taken.await?)
    }

    async fn give_back(&self, lease: Lease) -> Result<(), ServiceError> {
        let now = self.service.now();
        Ok(self.service.store.db.write(move |tx| lease::give_back(tx, &lease, now)).await?)
    }

    /// Writes under the lease; false where another node has taken it, and then nothing was written.
    async fn write(
        &self,
        lease: Lease,
        work: impl Fn(&mut Tx<'_>) -> Result<(), store::StoreError> + Send + Sync + 'static,
    ) -> Result<bool, ServiceError> {
        let until = until(self.service.now());
        let written = self.service.store.db.write(move |tx| {
            let is_held = lease::keep(tx, &lease, until)?;
            if is_held {
                work(tx)?;
            }
            Ok::<_, store::StoreError>(is_held)
        });
        Ok(written.await?)
    }

    async fn claim(&self, lease: Lease, now: Timestamp) -> Result<Option<StudyRun>, ServiceError> {
        let (vault, ends) = (self.service.store.vault.clone(), until(self.service.now()));
        let claimed = self.service.store.db.write(move |tx| {
            if !lease::keep(tx, &lease, ends)? {
                return Ok(None);
            }
            study_run::stop_abandoned(tx, now)?;
            study_run::claim(tx, &vault, PROGRAM, now)
        });
        Ok(claimed.await?)
    }

    /// Works on a claimed run to its end, or until the lease is lost.
    async fn work(&self, lease: Lease, run: StudyRun, now: Timestamp) -> Result<(), ServiceError> {
        let (id, told) = (run.id, Arc::new(Told::default()));
        let ended = tokio::select! {
            ended = self.ending(run, now, told.clone()) => ended,
            lost = self.beat(lease, id, &told) => return lost,
        };
        let (vault, ended_at) = (self.service.store.vault.clone(), self.service.now());
        let is_kept = match ended {
            Ok(Ending::Done(files)) => {
                self.write(lease, move |tx| study_run::finish(tx, &vault, (id, &files), ended_at)).await?
            }
            Ok(Ending::Refused(reason)) => {
                let failed = RunFailure::Refused;
                self.write(lease, move |tx| {
                    study_run::fail(tx, &vault, (id, failed, Some(reason.as_str())), ended_at)
                })
                .await?
            }
            Err(error) => {
                tracing::error!(run = %id, %error, "a study run failed");
                let failed = RunFailure::Fault;
                self.write(lease, move |tx| study_run::fail(tx, &vault, (id, failed, None), ended_at)).await?
            }
        };
        if !is_kept {
            tracing::warn!(run = %id, "another node has taken over the running of studies");
        }
        Ok(())
    }

    /// Notes progress and renews the lease; ends only where the lease is lost.
    async fn beat(&self, lease: Lease, id: StudyRunId, told: &Told) -> Result<(), ServiceError> {
        loop {
            tokio::time::sleep(BEAT).await;
            let now = told.now();
            if !self.write(lease, move |tx| study_run::progress(tx, id, &now)).await? {
                tracing::warn!(run = %id, "another node has taken over the running of studies");
                return Ok(());
            }
        }
    }

    async fn ending(&self, run: StudyRun, now: Timestamp, told: Arc<Told>) -> Result<Ending, ServiceError> {
        let Ok(asked) = Asked::check(&run.content.protocol) else {
            return Ok(Ending::Refused(
                "this version of the program reads the protocol otherwise".to_owned(),
            ));
        };
        let (extract, source) = match self.read(&run, asked.plan.clone(), now, told.clone()).await {
            Ok(read) => read,
            Err(ServiceError::Denied) => {
                return Ok(Ending::Refused("whoever asked for it may not run studies any more".to_owned()));
            }
            Err(other) => return Err(other),
        };
        told.reach(RunStage::Fitting);
        let files = on_a_thread(move || report::files(&asked, &extract, source)).await?;
        told.reach(RunStage::Keeping);
        Ok(files.map_or_else(Ending::Refused, Ending::Done))
    }

    /// Reads the rows as whoever asked, on one snapshot, with one audit row that names the cohort's hash.
    async fn read(
        &self,
        run: &StudyRun,
        plan: extract::ExtractPlan,
        now: Timestamp,
        told: Arc<Told>,
    ) -> Result<(Extract, Source), ServiceError> {
        let asker = run.asked_by;
        let actor = self.service.store.db.read(move |tx| actor(tx, asker, now)).await?;
        let ctx = Ctx { actor, now, request: RequestId(self.service.mint(now)) };
        let mut act = self.service.act(&ctx, AuditAction::RunStudy);
        act.object(AuditObject::Study, run.id.0);
        act.detail().operator = run.content.operator.clone();
        let id = run.id;
        self.service
            .read(act, move |tx, act| {
                act.allow(tx, Capability::RunStudy, Item::default())?;
                let key = study_run::key(tx, &act.vault, id)?.ok_or(ServiceError::NotFound)?;
                told.people.store(store::covariate::count(tx)?, Ordering::Relaxed);
                let read = |count: usize| told.people_read.store(count as i64, Ordering::Relaxed);
                let extract = extract::extract(tx, act, (&plan, &key), &read)?;
                let home = store::organisation::load(tx)?.ok_or(ServiceError::NotFound)?;
                let day = act.now.to_zoned(about::zone(tx)?).date().to_string();
                Ok((extract, Source { clinic: home.name, day }))
            })
            .await
    }
}

/// Whoever asked, as they may act now; somebody without a role may nothing.
fn actor(tx: &mut Tx<'_>, asker: Option<AccountId>, now: Timestamp) -> Result<Actor, ServiceError> {
    let Some(account) = asker else { return Ok(Actor::operator()) };
    let is_active = store::account::load(tx, account)?.is_some_and(|known| known.deactivated_at.is_none());
    let staff = if is_active { store::staff_role::current(tx, account, now)? } else { Vec::new() };
    Ok(Actor {
        account,
        door: Door::Team,
        language: Language::En,
        own_chart: None,
        staff,
        pools: Vec::new(),
        leads: Vec::new(),
    })
}

/// Fits take seconds to minutes: they keep no thread of the pages waiting, and end with the process.
async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ServiceError> {
    let (tell, told) = tokio::sync::oneshot::channel();
    let thread = std::thread::Builder::new().name("study".into());
    let failed = |_| ServiceError::Internal("a study's thread".into());
    thread.spawn(move || drop(tell.send(work()))).map_err(failed)?;
    told.await.map_err(|_| ServiceError::Internal("a study's thread ended".into()))
}

fn until(now: Timestamp) -> Timestamp {
    now.checked_add(HELD_FOR).unwrap_or(Timestamp::MAX)
}

/// Runs what waits until `shutdown`. Failures are logged and tried again.
pub async fn run(service: Service, shutdown: impl Future<Output = ()>) {
    let runner = Runner::new(service.clone());
    let work = async {
        loop {
            match runner.turn(service.now()).await {
                Ok(Some(_)) => {}
                Ok(None) => tokio::time::sleep(PAUSE).await,
                Err(error) => {
                    tracing::error!(%error, "studies could not be run");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    };
    tokio::select! {
        () = shutdown => {}
        () = work => {}
    }
    if let Err(error) = runner.stop().await {
        tracing::warn!(%error, "a study that was running is found stopped by the next start");
    }
}

//! The sealer: about once a second it links what the audit has written since. One node at a time, under
//! a lease; in batches short enough to let messages through between them.

use crate::anchor::AnchorFile;
use crate::error::ServiceError;
use crate::service::Service;
use jiff::{SignedDuration, Timestamp};
use std::path::Path;
use std::time::{Duration, Instant};
use store::audit_seal::{self, Batch, Sealed};
use store::db::Engine;
use store::lease::{self, Lease};
use uuid::Uuid;

/// The lease's name.
pub const LEASE: &str = "audit sealer";
/// How long a node that says nothing keeps the lease.
pub const HELD_FOR: SignedDuration = SignedDuration::from_secs(10);
/// A tail of this age is sealed by nobody; refusals and lists wait a minute for their repeats.
const OLD: SignedDuration = SignedDuration::from_mins(2);
const WARN_EVERY: SignedDuration = SignedDuration::from_mins(1);
const PAUSE: Duration = Duration::from_secs(1);
/// A batch should take the one writer of SQLite no longer than this.
const SHORT: Duration = Duration::from_millis(10);
const SMALLEST: usize = 100;
const LARGEST: usize = 5_000;
/// Lines that an anchor file catches up with at once.
const MISSING_LINES: usize = 1_000;

/// What one round has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    pub batches: u64,
    pub events: i64,
    /// Another node holds the lease.
    pub is_elsewhere: bool,
    /// It does not do its work, and the log was told so.
    pub is_late: bool,
}

/// One node's sealer.
pub struct Sealer {
    service: Service,
    holder: Uuid,
    lease: Option<Lease>,
    anchor: Option<AnchorFile>,
    limit: usize,
    warned: Option<Timestamp>,
}

impl Sealer {
    /// A sealer that appends to this anchor file; without one a rollback cannot be seen.
    pub fn new(service: Service, anchor: Option<&Path>) -> Result<Sealer, ServiceError> {
        let anchor = match anchor {
            Some(path) => Some(AnchorFile::open(path).map_err(|error| {
                ServiceError::Internal(format!("the anchor file {}: {error}", path.display()))
            })?),
            None => None,
        };
        let holder = service.mint(service.now());
        let limit = match service.store.db.engine() {
            Engine::Sqlite => SMALLEST,
            Engine::Postgres => LARGEST,
        };
        Ok(Sealer { service, holder, lease: None, anchor, limit, warned: None })
    }

    /// Seals everything that is ready now.
    pub async fn seal_once(&mut self) -> Result<Round, ServiceError> {
        let mut round = Round::default();
        let now = self.service.now();
        let is_waiting = self.service.store.db.read(move |tx| audit_seal::waiting(tx, now)).await?;
        if is_waiting && !self.hold(now).await? {
            round.is_elsewhere = true;
            round.is_late = self.watch().await?;
            return Ok(round);
        }
        if is_waiting {
            while let Some(batch) = self.seal_one().await? {
                self.append(batch).await?;
                round.batches += 1;
                round.events += batch.events;
            }
        }
        self.sync().await?;
        Ok(round)
    }

    /// Takes the lease unless it is held already.
    async fn hold(&mut self, now: Timestamp) -> Result<bool, ServiceError> {
        if self.lease.is_none() {
            let (holder, until) = (self.holder, until(now));
            let taken = self.service.store.db.write(move |tx| lease::take(tx, LEASE, holder, (now, until)));
            self.lease = taken.await?;
        }
        Ok(self.lease.is_some())
    }

    async fn seal_one(&mut self) -> Result<Option<Batch>, ServiceError> {
        let Some(lease) = self.lease else { return Ok(None) };
        let (vault, limit, now) = (self.service.store.vault.clone(), self.limit, self.service.now());
        let started = Instant::now();
        let sealed = self
            .service
            .store
            .db
            .write(move |tx| {
                let key = vault.organisation().chain();
                audit_seal::seal_batch(tx, key, &lease, (now, until(now)), limit)
            })
            .await?;
        match sealed {
            Sealed::Batch(batch) => {
                self.adapt(started.elapsed(), batch.events);
                Ok(Some(batch))
            }
            Sealed::Nothing => Ok(None),
            Sealed::LeaseLost => {
                tracing::warn!("another node has taken over the sealing of the audit");
                self.lease = None;
                Ok(None)
            }
        }
    }

    /// The time includes the wait for other writers, so batches shrink when there is traffic.
    fn adapt(&mut self, took: Duration, events: i64) {
        if self.service.store.db.engine() != Engine::Sqlite {
            return;
        }
        if took > 2 * SHORT {
            self.limit = (self.limit / 2).max(SMALLEST);
        } else if took < SHORT && usize::try_from(events) == Ok(self.limit) {
            self.limit = (self.limit * 2).min(LARGEST);
        }
    }

    async fn append(&mut self, batch: Batch) -> Result<(), ServiceError> {
        let Some(last) = self.on_anchor(AnchorFile::last_no).await? else { return Ok(()) };
        let missing = match last {
            Some(last) if last >= batch.no => {
                let said = "the anchor file is ahead of the database, which was rolled back";
                tracing::error!(anchored = last, sealed = batch.no, "{said}");
                vec![batch]
            }
            Some(last) if last + 1 < batch.no => self.batches_between(last, batch.no).await?,
            _ => vec![batch],
        };
        self.on_anchor(move |anchor| anchor.append(&missing)).await?;
        Ok(())
    }

    /// What a crash, or another node, has sealed without this file.
    async fn batches_between(&self, last: i64, newest: i64) -> Result<Vec<Batch>, ServiceError> {
        let mut missing: Vec<Batch> = Vec::new();
        let mut after = last;
        while after < newest {
            let read =
                self.service.store.db.read(move |tx| audit_seal::batches_after(tx, after, MISSING_LINES));
            let page = read.await?;
            let Some(end) = page.last() else { break };
            after = end.no;
            missing.extend(page.into_iter().filter(|batch| batch.no <= newest));
        }
        Ok(missing)
    }

    async fn sync(&mut self) -> Result<(), ServiceError> {
        self.on_anchor(AnchorFile::sync).await?;
        Ok(())
    }

    /// Works on the anchor file; `None` where there is none.
    async fn on_anchor<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut AnchorFile) -> std::io::Result<T> + Send + 'static,
    ) -> Result<Option<T>, ServiceError> {
        let Some(mut anchor) = self.anchor.take() else { return Ok(None) };
        let worked = tokio::task::spawn_blocking(move || {
            let outcome = work(&mut anchor);
            (anchor, outcome)
        });
        let (anchor, outcome) =
            worked.await.map_err(|_| ServiceError::Internal("the anchor file's writer ended".into()))?;
        self.anchor = Some(anchor);
        outcome.map(Some).map_err(|error| ServiceError::Internal(format!("the anchor file: {error}")))
    }

    /// Another node holds the lease: whether it does its work shows by the age of what waits. Says so once a
    /// minute, and whether it did.
    async fn watch(&mut self) -> Result<bool, ServiceError> {
        let now = self.service.now();
        let tail = self.service.store.db.read(audit_seal::tail).await?;
        let age = tail.oldest.map_or(SignedDuration::ZERO, |oldest| now.duration_since(oldest));
        let is_told = self.warned.is_some_and(|at| now.duration_since(at) < WARN_EVERY);
        if age < OLD || is_told {
            return Ok(false);
        }
        self.warned = Some(now);
        let rows = tail.rows;
        tracing::warn!(
            rows,
            age_secs = age.as_secs(),
            "the audit is not sealed: another node holds the lease"
        );
        Ok(true)
    }

    /// Ends this sealer and gives the lease back, so that the next one need not wait.
    pub async fn stop(mut self) -> Result<(), ServiceError> {
        let Some(lease) = self.lease.take() else { return Ok(()) };
        let now = self.service.now();
        Ok(self.service.store.db.write(move |tx| lease::give_back(tx, &lease, now)).await?)
    }
}

/// Seals about once a second until `shutdown`, and once more then. Failures are logged and tried again.
pub async fn run(mut sealer: Sealer, shutdown: impl Future<Output = ()>) -> Result<(), ServiceError> {
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let is_over = tokio::select! {
            () = &mut shutdown => true,
            () = tokio::time::sleep(PAUSE) => false,
        };
        if let Err(error) = sealer.seal_once().await {
            tracing::error!(%error, "the audit could not be sealed");
        }
        if is_over {
            return sealer.stop().await;
        }
    }
}

impl Service {
    /// Seals what is ready, without an anchor file: for imports, a demo's seeding and tests.
    pub async fn seal_audit(&self) -> Result<Round, ServiceError> {
        let mut sealer = Sealer::new(self.clone(), None)?;
        let round = sealer.seal_once().await?;
        sealer.stop().await?;
        Ok(round)
    }
}

fn until(now: Timestamp) -> Timestamp {
    now.checked_add(HELD_FOR).unwrap_or(Timestamp::MAX)
}

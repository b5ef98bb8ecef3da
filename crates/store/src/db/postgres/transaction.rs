//! Whole transactions: run, commit, and run again where that is safe and useful.

use super::Postgres;
use super::error::Trouble;
use super::session::Session;
use crate::db::attempt::attempt;
use crate::db::stats::Counters;
use crate::db::tx::{Backend, Tx};
use crate::error::StoreError;
use ring::rand::{SecureRandom, SystemRandom};
use std::any::type_name;
use std::sync::Arc;
use std::time::{Duration, Instant};

const WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const MAX_RERUNS: u32 = 8;

/// The end of one run: what it returned, and whether the whole should be run again.
struct Ended<T, E> {
    outcome: Result<T, E>,
    trouble: Trouble,
}

impl Postgres {
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let work = Arc::new(work);
        let mut reruns = 0;
        let mut was_lost = false;
        loop {
            let ended = self.run_write(work.clone()).await?;
            match ended.trouble {
                Trouble::Again if reruns < MAX_RERUNS => {
                    reruns += 1;
                    tokio::time::sleep(pause(reruns)).await;
                }
                // Nothing was committed, so one fresh connection is tried.
                Trouble::Lost if !was_lost => was_lost = true,
                _ => return ended.outcome,
            }
            self.counters.rerun(1);
        }
    }

    async fn run_write<T, E, F>(&self, work: Arc<F>) -> Result<Ended<T, E>, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (session, begun) = Session::begin(self.connection().await?, WRITE).await;
        if let Err(error) = begun {
            return Ok(Ended { outcome: Err(error.into()), trouble: session.trouble() });
        }
        let (counters, slow) = (self.counters.clone(), self.slow);
        let run = tokio::task::spawn_blocking(move || {
            let started = Instant::now();
            let ended = write_once(session, &counters, &*work);
            let millis = started.elapsed().as_millis() as u64;
            if started.elapsed() >= slow {
                tracing::warn!(work = type_name::<F>(), millis, "slow write");
            }
            ended
        });
        run.await.map_err(|_| StoreError::Internal("the write did not finish".into()).into())
    }

    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let session = self.snapshot().await?;
        let run = tokio::task::spawn_blocking(move || {
            let mut session = session;
            let outcome = attempt(work, &mut Tx::new(Backend::Postgres(&mut session)));
            session.roll_back();
            outcome
        });
        run.await.unwrap_or_else(|_| Err(StoreError::Internal("the read did not finish".into()).into()))
    }

    /// A fresh snapshot; a pooled connection that turns out dead is replaced once.
    async fn snapshot(&self) -> Result<Session, StoreError> {
        let mut was_lost = false;
        loop {
            let client = self.connection().await?;
            let (session, begun) = Session::begin(client, READ).await;
            match begun {
                Ok(()) => return Ok(session),
                Err(_) if session.trouble() == Trouble::Lost && !was_lost => was_lost = true,
                Err(error) => return Err(error),
            }
        }
    }
}

fn write_once<T, E, F>(mut session: Session, counters: &Counters, work: F) -> Ended<T, E>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E>,
    E: From<StoreError>,
{
    let mut tx = Tx::new(Backend::Postgres(&mut session));
    let attempted = attempt(work, &mut tx);
    let is_refused = tx.is_refused();
    let value = match attempted {
        Ok(value) => value,
        Err(error) => {
            if is_refused {
                counters.refused(true);
            }
            let trouble = session.trouble();
            session.roll_back();
            return Ended { outcome: Err(error), trouble };
        }
    };
    let (trouble, committed) = session.commit();
    match &committed {
        Ok(()) => {
            counters.committed(1);
            counters.refused(false);
        }
        Err(StoreError::CommitUnknown) => counters.unknown(),
        Err(StoreError::Unavailable(_)) => counters.refused(true),
        Err(_) => {}
    }
    Ended { outcome: committed.map(|()| value).map_err(E::from), trouble }
}

/// Grows with the number of reruns; half of it is chance, so that two writers part.
fn pause(reruns: u32) -> Duration {
    let mut chance = [0; 2];
    // Without chance the pause is only less spread.
    let _ = SystemRandom::new().fill(&mut chance);
    let base = 2_u64.pow(reruns.min(8)) * 1_000;
    Duration::from_micros(base + base * u64::from(u16::from_be_bytes(chance)) / 65_535)
}

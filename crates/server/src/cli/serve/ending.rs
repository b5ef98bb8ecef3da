//! How a server ends: the signals that tell it to, and what it finishes first. Rule: nothing is waited for
//! without end, since a database that hangs answers nobody.

use crate::cli::outcome::Failure;
use service::{Service, ServiceError};
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Requests that have begun get so long after the signal; open live updates are cut then.
const DRAIN: Duration = Duration::from_secs(10);
/// A study, the sealer and the database each get so long to finish.
const FINISH: Duration = Duration::from_secs(5);

/// What is at work in a server and has something to finish.
pub(super) struct Working {
    pub server: JoinHandle<std::io::Result<()>>,
    pub studies: JoinHandle<()>,
    /// `None` once it has ended.
    pub sealer: Option<JoinHandle<Result<(), ServiceError>>>,
    pub service: Service,
}

impl Working {
    /// Waits for the sealer, which goes on until it is told to stop.
    pub async fn sealing_ended(&mut self) {
        if let Some(sealer) = &mut self.sealer {
            let _ = sealer.await;
        }
        self.sealer = None;
    }

    /// Lets each finish within its time.
    pub async fn end(self) {
        if timeout(DRAIN, self.server).await.is_err() {
            tracing::info!("open connections were cut");
        }
        if timeout(FINISH, self.studies).await.is_err() {
            tracing::warn!("a study that was running is found stopped by the next start");
        }
        if let Some(sealer) = self.sealer {
            match timeout(FINISH, sealer).await {
                Ok(Ok(Ok(()))) => {}
                Ok(Ok(Err(error))) => {
                    tracing::error!(%error, "the last audit rows wait for the next start to be sealed");
                }
                _ => tracing::error!("the last audit rows wait for the next start to be sealed"),
            }
        }
        if timeout(FINISH, self.service.store.db.clone().close()).await.is_err() {
            tracing::warn!("the database did not answer, so it was not closed");
        }
    }
}

/// What ends a server: a service manager's SIGTERM, a terminal's SIGINT.
pub(super) struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// From here on they no longer end the process by themselves.
    pub fn catch() -> Result<Signals, Failure> {
        let terminate = signal(SignalKind::terminate())?;
        Ok(Signals { terminate, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Waits for one more.
    pub async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

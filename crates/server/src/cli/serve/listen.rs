//! The running server: sockets, the audit's sealer, the runner of studies, and an end in which requests that have begun are
//! finished.

use super::metrics::{Metrics, observe};
use crate::cli::outcome::Failure;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use service::sealer::Sealer;
use service::{Service, ServiceError};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Requests that have begun get so long after the signal; open live updates are cut then.
const DRAIN: Duration = Duration::from_secs(10);

/// The sealer, a study and the database each get so long to finish.
const FINISH: Duration = Duration::from_secs(5);

const TIDY_EVERY: Duration = Duration::from_secs(3_600);

/// Everything that runs until a signal.
pub struct Serving {
    pub service: Service,
    pub router: Router,
    pub listen: SocketAddr,
    pub metrics_listen: Option<SocketAddr>,
    /// The file of the audit chain's heads.
    pub anchor: Option<PathBuf>,
}

impl Serving {
    /// Serves until SIGTERM or SIGINT. Prints `listening on http://ADDRESS` on stdout when ready.
    pub async fn until_stopped(self) -> Result<(), Failure> {
        let metrics = Arc::new(Metrics::default());
        let listener = bind(self.listen).await?;
        let metrics_listener = match self.metrics_listen {
            Some(address) => Some(bind(address).await?),
            None => None,
        };
        // Before the ready line: a server whose audit cannot be sealed must not take requests.
        let sealer = Sealer::new(self.service.clone(), self.anchor.as_deref())?;
        let (stop, stopped) = watch::channel(false);
        let mut sealer = tokio::spawn(service::sealer::run(sealer, until(stopped.clone())));
        tokio::spawn(service::nodes::run(self.service.clone(), until(stopped.clone())));
        tokio::spawn(service::housekeeping::run(self.service.clone(), until(stopped.clone())));
        let studies = service::studies::runs::run(self.service.clone(), until(stopped.clone()));
        let studies = tokio::spawn(studies);
        if let Some(listener) = metrics_listener {
            tokio::spawn(serve_metrics(listener, metrics.clone(), self.service.clone(), stopped.clone()));
        }
        tokio::spawn(tidy(self.service.clone(), stopped.clone()));
        let address = listener.local_addr()?;
        let router = self.router.layer(from_fn_with_state(metrics, observe));
        let app = router.into_make_service_with_connect_info::<SocketAddr>();
        let server = axum::serve(listener, app).with_graceful_shutdown(until(stopped.clone()));
        let server = tokio::spawn(server.into_future());
        // Whoever reads the ready line may send the signal at once.
        let mut signals = Signals::catch()?;
        println!("listening on http://{address}");
        let is_sealed = tokio::select! {
            () = signals.next() => true,
            _ = &mut sealer => false,
        };
        tracing::info!("stopping");
        let _ = stop.send(true);
        let sealer = is_sealed.then_some(sealer);
        let ended = end(Ending { server, studies, sealer, service: self.service });
        tokio::select! {
            () = ended => {}
            () = signals.next() => {
                return Err(Failure::failed("a second signal: ended at once; what was not sealed waits for the next start"));
            }
        }
        match is_sealed {
            true => Ok(()),
            false => Err(Failure::failed(
                "the sealing of the audit has ended by itself, so the server has stopped",
            )),
        }
    }
}

/// What is still at work after the signal.
struct Ending {
    server: JoinHandle<std::io::Result<()>>,
    studies: JoinHandle<()>,
    sealer: Option<JoinHandle<Result<(), ServiceError>>>,
    service: Service,
}

/// Lets each finish, none for longer than its time: a database that hangs answers nobody.
async fn end(ending: Ending) {
    if timeout(DRAIN, ending.server).await.is_err() {
        tracing::info!("open connections were cut");
    }
    if timeout(FINISH, ending.studies).await.is_err() {
        tracing::warn!("a study that was running is found stopped by the next start");
    }
    if let Some(sealer) = ending.sealer {
        match timeout(FINISH, sealer).await {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => {
                tracing::error!(%error, "the last audit rows wait for the next start to be sealed");
            }
            _ => tracing::error!("the last audit rows wait for the next start to be sealed"),
        }
    }
    if timeout(FINISH, ending.service.store.db.clone().close()).await.is_err() {
        tracing::warn!("the database did not answer, so it was not closed");
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| Failure::failed(format!("{address}: {error}")))
}

async fn until(mut stopped: watch::Receiver<bool>) {
    // An error means that the sender is gone, which is an end as well.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

/// What ends a server: a service manager's SIGTERM, a terminal's SIGINT.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// From here on they no longer end the process by themselves.
    fn catch() -> Result<Signals, Failure> {
        let terminate = signal(SignalKind::terminate())?;
        Ok(Signals { terminate, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Waits for one more.
    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Keeps small what only grows.
async fn tidy(service: Service, stopped: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = until(stopped.clone()) => return,
            () = tokio::time::sleep(TIDY_EVERY) => {}
        }
        if let Err(error) = service.forget_old_failures().await {
            tracing::warn!(%error, "old sign-in failures could not be forgotten");
        }
    }
}

async fn serve_metrics(
    listener: TcpListener,
    metrics: Arc<Metrics>,
    service: Service,
    stopped: watch::Receiver<bool>,
) {
    let page = get(move || async move {
        ([("content-type", "text/plain; version=0.0.4")], metrics.page(&service).await)
    });
    let served = axum::serve(listener, Router::new().route("/metrics", page));
    if let Err(error) = served.with_graceful_shutdown(until(stopped)).await {
        tracing::error!(%error, "metrics are not served any more");
    }
}

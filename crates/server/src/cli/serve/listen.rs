//! The running server: sockets, the audit's sealer, the runner of studies, and an end in which requests that have begun are
//! finished.

use super::ending::{Signals, Working};
use super::metrics::{Metrics, observe};
use crate::cli::outcome::Failure;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use service::Service;
use service::sealer::Sealer;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

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
    /// Serves until SIGTERM or SIGINT, or until the sealing ends. Prints `listening on http://ADDRESS` on
    /// stdout when ready.
    pub async fn until_stopped(self) -> Result<(), Failure> {
        let (stop, stopped) = watch::channel(false);
        let (address, mut working) = self.begin(stopped).await?;
        // Whoever reads the ready line may send the signal at once.
        let mut signals = Signals::catch()?;
        println!("listening on http://{address}");
        let is_sealed = tokio::select! {
            () = signals.next() => true,
            () = working.sealing_ended() => false,
        };
        tracing::info!("stopping");
        let _ = stop.send(true);
        tokio::select! {
            () = working.end() => {}
            () = signals.next() => {
                let said = "a second signal: ended at once; what was not sealed waits for the next start";
                return Err(Failure::failed(said));
            }
        }
        match is_sealed {
            true => Ok(()),
            false => Err(Failure::failed("the sealing of the audit has ended, so the server has stopped")),
        }
    }

    async fn begin(self, stopped: watch::Receiver<bool>) -> Result<(SocketAddr, Working), Failure> {
        let service = self.service;
        let metrics = Arc::new(Metrics::default());
        let listener = bind(self.listen).await?;
        let metrics_listener = match self.metrics_listen {
            Some(address) => Some(bind(address).await?),
            None => None,
        };
        // Before the ready line: a server whose audit cannot be sealed must not take requests.
        let sealer = Sealer::new(service.clone(), self.anchor.as_deref())?;
        let sealer = tokio::spawn(service::sealer::run(sealer, until(stopped.clone())));
        tokio::spawn(service::nodes::run(service.clone(), until(stopped.clone())));
        tokio::spawn(service::housekeeping::run(service.clone(), until(stopped.clone())));
        let studies = tokio::spawn(service::studies::runs::run(service.clone(), until(stopped.clone())));
        if let Some(listener) = metrics_listener {
            tokio::spawn(serve_metrics(listener, metrics.clone(), service.clone(), stopped.clone()));
        }
        tokio::spawn(tidy(service.clone(), stopped.clone()));
        let address = listener.local_addr()?;
        let router = self.router.layer(from_fn_with_state(metrics, observe));
        let app = router.into_make_service_with_connect_info::<SocketAddr>();
        let server = axum::serve(listener, app).with_graceful_shutdown(until(stopped));
        let server = tokio::spawn(server.into_future());
        Ok((address, Working { server, studies, sealer: Some(sealer), service }))
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| Failure::failed(format!("{address}: {error}")))
}

async fn until(mut stopped: watch::Receiver<bool>) {
    // An error means that the sender is gone, which is an end as well.
    let _ = stopped.wait_for(|stopped| *stopped).await;
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

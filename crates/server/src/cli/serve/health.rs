//! For load balancers and service managers: is the process alive, can it serve.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use service::Service;
use std::time::Duration;

/// Whoever asks gives up before long, and a database that hangs does not answer at all.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);

/// `/health/live` while the process runs; `/health/ready` while the database answers within 2 seconds and takes writes, else 503.
pub fn router(service: Service) -> Router {
    Router::new()
        .route("/health/live", get("alive"))
        .route("/health/ready", get(is_ready))
        .with_state(service)
}

async fn is_ready(State(service): State<Service>) -> (StatusCode, &'static str) {
    match tokio::time::timeout(ANSWERS_WITHIN, service.organisation()).await {
        Ok(Ok(Some(_))) if service.store.db.stats().is_refusing => {
            (StatusCode::SERVICE_UNAVAILABLE, "the database refuses to be written")
        }
        Ok(Ok(Some(_))) => (StatusCode::OK, "ready"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}

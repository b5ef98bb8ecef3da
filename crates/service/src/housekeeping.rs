//! What must be done now and then, whoever is looking: parked text whose hour is over goes, boards whose
//! period is over are settled.

use crate::error::ServiceError;
use crate::service::Service;
use std::time::Duration;

/// How often.
const EVERY: Duration = Duration::from_secs(300);

impl Service {
    /// One round; the number of drafts that went.
    pub async fn keep_house(&self) -> Result<u64, ServiceError> {
        let now = self.now();
        Ok(self.store.db.write(move |tx| store::draft::expire(tx, now)).await?)
    }
}

/// Rounds until `shutdown`. Failures are logged and tried again.
pub async fn run(service: Service, shutdown: impl Future<Output = ()>) {
    let mut shutdown = std::pin::pin!(shutdown);
    let mut round = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            () = &mut shutdown => return,
            _ = round.tick() => {}
        }
        if let Err(error) = service.keep_house().await {
            tracing::warn!(%error, "housekeeping");
        }
        if let Err(error) = service.settle_periods().await {
            tracing::warn!(%error, "settling the boards");
        }
    }
}

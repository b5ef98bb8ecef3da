//! Counters in the Prometheus text format (0.0.4). Labels are methods, kinds of status and names of
//! ours: nothing that grows with people.

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use jiff::Timestamp;
use service::Service;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};
use store::audit_seal::{self, Tail};
use tokio::time::timeout;

/// Upper ends of the histogram, in milliseconds.
const BOUNDS_MS: [u64; 9] = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000];
/// A database that hangs leaves the figures out that are its own.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// What is counted in this process.
#[derive(Debug, Default)]
pub struct Metrics {
    by_class: [AtomicU64; CLASSES.len()],
    within: [AtomicU64; BOUNDS_MS.len()],
    micros: AtomicU64,
    requests: AtomicU64,
    in_flight: AtomicU64,
}

/// Counts one request and logs it by its route, never by its address.
pub async fn observe(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let started = Instant::now();
    metrics.in_flight.fetch_add(1, Relaxed);
    let guard = InFlight(&metrics);
    let response = next.run(request).await;
    drop(guard);
    let took = started.elapsed();
    let status = response.status();
    metrics.count(status.as_u16(), u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    let route = route.as_ref().map_or("(none)", MatchedPath::as_str);
    let id = response.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or("");
    tracing::info!(%method, route, status = status.as_u16(), ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX), request = id, "request");
    response
}

/// A browser that goes away drops the handler; it is no longer in flight then.
struct InFlight<'a>(&'a Metrics);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Relaxed);
    }
}

impl Metrics {
    fn count(&self, status: u16, micros: u64) {
        let class = usize::from(status / 100).saturating_sub(1).min(CLASSES.len() - 1);
        self.by_class[class].fetch_add(1, Relaxed);
        let bounds = BOUNDS_MS.iter().zip(&self.within);
        for (_, bucket) in bounds.filter(|(bound, _)| micros <= **bound * 1_000) {
            bucket.fetch_add(1, Relaxed);
        }
        self.micros.fetch_add(micros, Relaxed);
        self.requests.fetch_add(1, Relaxed);
    }

    /// The page that Prometheus reads.
    pub async fn page(&self, service: &Service) -> String {
        let tail = timeout(ANSWERS_WITHIN, service.store.db.read(audit_seal::tail)).await;
        let tail = tail.ok().and_then(Result::ok).map(|tail| (tail, service.now()));
        let mut page = String::new();
        self.write(&mut page, service, tail).map_or_else(|_| String::new(), |()| page)
    }

    fn write(
        &self,
        page: &mut String,
        service: &Service,
        tail: Option<(Tail, Timestamp)>,
    ) -> std::fmt::Result {
        writeln!(page, "# TYPE samechart_requests_total counter")?;
        for (class, count) in CLASSES.iter().zip(&self.by_class) {
            writeln!(page, "samechart_requests_total{{status=\"{class}\"}} {}", count.load(Relaxed))?;
        }
        writeln!(page, "# TYPE samechart_request_seconds histogram")?;
        for (bound, count) in BOUNDS_MS.iter().zip(&self.within) {
            let (whole, rest) = (bound / 1_000, bound % 1_000);
            writeln!(
                page,
                "samechart_request_seconds_bucket{{le=\"{whole}.{rest:03}\"}} {}",
                count.load(Relaxed)
            )?;
        }
        let (requests, micros) = (self.requests.load(Relaxed), self.micros.load(Relaxed));
        writeln!(page, "samechart_request_seconds_bucket{{le=\"+Inf\"}} {requests}")?;
        writeln!(page, "samechart_request_seconds_sum {}.{:06}", micros / 1_000_000, micros % 1_000_000)?;
        writeln!(page, "samechart_request_seconds_count {requests}")?;
        writeln!(page, "# TYPE samechart_requests_in_flight gauge")?;
        writeln!(page, "samechart_requests_in_flight {}", self.in_flight.load(Relaxed))?;
        let stats = service.store.db.stats();
        for (name, value) in stats_lines(&stats) {
            writeln!(page, "# TYPE samechart_database_{name}_total counter")?;
            writeln!(page, "samechart_database_{name}_total {value}")?;
        }
        tail.map_or(Ok(()), |(tail, now)| write_tail(page, tail, now))
    }
}

/// What the sealer has not linked yet; rows that wait for their repeats are a minute old.
fn write_tail(page: &mut String, tail: Tail, now: Timestamp) -> std::fmt::Result {
    let age = tail.oldest.map_or(0, |oldest| now.duration_since(oldest).as_secs().max(0));
    writeln!(page, "# TYPE samechart_audit_unsealed_rows gauge")?;
    writeln!(page, "samechart_audit_unsealed_rows {}", tail.rows)?;
    writeln!(page, "# TYPE samechart_audit_unsealed_seconds gauge")?;
    writeln!(page, "samechart_audit_unsealed_seconds {age}")
}

fn stats_lines(stats: &store::db::Stats) -> [(&'static str, u64); 4] {
    [
        ("writes", stats.commits),
        ("commits", stats.groups),
        ("reruns", stats.reruns),
        ("unknown", stats.unknown),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_counted_in_its_class_and_in_every_bucket_that_it_fits() {
        let metrics = Metrics::default();
        metrics.count(200, 2_500);
        metrics.count(404, 50_000);
        metrics.count(503, 60_000_000);
        let class: Vec<u64> = metrics.by_class.iter().map(|count| count.load(Relaxed)).collect();
        assert_eq!(class, [0, 1, 0, 1, 1]);
        let within: Vec<u64> = metrics.within.iter().map(|count| count.load(Relaxed)).collect();
        assert_eq!(within, [0, 1, 1, 1, 2, 2, 2, 2, 2]);
    }
}

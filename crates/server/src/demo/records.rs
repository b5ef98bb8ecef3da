//! The charts, imported as a laboratory or another record would deliver them: what is old at once,
//! what is newer on its own day.

use super::folder::Folder;
use crate::cli::Failure;
use domain::actor::Actor;
use domain::id::RequestId;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use service::Service;
use service::ctx::Ctx;
use service::import::Import;
use simulate::chart::Delivered;
use std::sync::Arc;

/// The name under which the ids of the synthetic charts are known.
pub const SOURCE: &str = "riverbend";

/// Days before now within which each day has a delivery of its own.
const DAILY: i64 = 24;
const FORTNIGHT: i64 = 14;

/// Resources that come in together.
pub struct Delivery<'a> {
    pub at: Timestamp,
    pub resources: Vec<&'a Delivered>,
}

/// The deliveries after the history: one a day in the last weeks, before that one for a fortnight,
/// each when the last of it is there.
pub fn deliveries<'a>(
    resources: &'a [Delivered],
    (opened_at, now): (Timestamp, Timestamp),
    zone: &TimeZone,
) -> (Delivery<'a>, Vec<Delivery<'a>>) {
    let mut history = Delivery { at: opened_at, resources: Vec::new() };
    let mut later: Vec<Delivery<'a>> = Vec::new();
    let together = |at: Timestamp| {
        let days_ago = now.duration_since(at).as_hours() / 24;
        match days_ago {
            ..DAILY => (0, at.to_zoned(zone.clone()).date()),
            _ => (days_ago / FORTNIGHT + 1, jiff::civil::Date::ZERO),
        }
    };
    for arriving in resources {
        if arriving.at <= opened_at {
            history.resources.push(arriving);
            continue;
        }
        match later.last_mut() {
            Some(last) if together(last.at) == together(arriving.at) => {
                last.at = arriving.at;
                last.resources.push(arriving);
            }
            _ => later.push(Delivery { at: arriving.at, resources: vec![arriving] }),
        }
    }
    (history, later)
}

impl Delivery<'_> {
    /// Imports it as of its time.
    pub async fn import(&self, service: &Service, folder: &Folder) -> Result<u64, Failure> {
        let path = folder.passing("delivery.ndjson");
        std::fs::write(&path, self.lines())?;
        let ctx =
            Ctx { actor: Actor::operator(), now: self.at, request: RequestId(service.ids.mint(self.at)) };
        let what = Import { paths: vec![path.clone()], source: SOURCE.into(), ..Import::default() };
        let report = service.import(&ctx, what, Arc::new(|_| {})).await;
        std::fs::remove_file(&path)?;
        let report = report?;
        match report.refusals.first() {
            None => Ok(report.created),
            Some(refusal) => Err(Failure::failed(format!("{}: {}", refusal.path, refusal.reason))),
        }
    }

    /// Whom others refer to comes first.
    fn lines(&self) -> String {
        let rank = |one: &Delivered| match one.resource_type.as_str() {
            "Organization" => 0,
            "Practitioner" => 1,
            "Patient" => 2,
            _ => 3,
        };
        let mut ordered = self.resources.clone();
        ordered.sort_by_key(|one| rank(one));
        let mut lines = String::with_capacity(ordered.iter().map(|one| one.json.len() + 1).sum());
        for one in ordered {
            lines.push_str(&one.json);
            lines.push('\n');
        }
        lines
    }
}

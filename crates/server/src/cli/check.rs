//! `samechart check`: proves the store against itself and against the anchor file, and says in words
//! what is wrong. Works on a running or a stopped server's database.

use super::init::COPY_NOW;
use super::outcome::{Failure, Outcome};
use super::session::Session;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Mutex;
use store::check::{Progress, Report, Step};

/// A tail that waits longer than this says that nobody seals.
const TAIL_IS_OLD: SignedDuration = SignedDuration::from_mins(5);

#[derive(Debug, Args)]
pub struct Check {
    /// The anchor file to compare with, such as a copy kept elsewhere; else the one of the settings.
    #[arg(long, value_name = "FILE")]
    anchor: Option<PathBuf>,
}

pub async fn run(arguments: Check, session: &Session) -> Result<Outcome, Failure> {
    let (settings, service) = session.open().await?;
    if let Some(named) = arguments.anchor.as_ref().filter(|named| !named.is_file()) {
        return Err(Failure::usage(format!("{}: there is no such anchor file", named.display())));
    }
    let key = settings.root_key()?.describe();
    let anchor = arguments.anchor.unwrap_or(settings.audit_anchor_file);
    let bar = Bar::new();
    let checked = service::checks::check(&service.store, Some(anchor), move |at| bar.show(at));
    let report = checked.await?;
    let home = service.organisation().await?;
    let is_copied = home.as_ref().is_some_and(|home| home.keys_copied_at.is_some());
    let unready = super::pool::without_holidays(&service, home.as_ref()).await?;
    let mut lines: Vec<String> = report.faults.iter().map(|fault| format!("WRONG {fault}")).collect();
    lines.extend(summary(&report, service.now()));
    if !is_copied {
        lines.push(format!("Warning: the root key ({key}) is not confirmed as copied. {COPY_NOW}"));
    }
    lines.extend(unready.iter().map(|pool| format!("Warning: {}", super::pool::no_holiday(pool))));
    let mut json = as_json(&report, service.now(), is_copied);
    json["pools_without_holidays"] = json!(unready);
    Ok(Outcome { text: lines.join("\n"), json, is_failure: !report.holds() })
}

fn summary(report: &Report, now: Timestamp) -> Vec<String> {
    let counts = &report.counts;
    let faults = report.faults.len() as u64 + report.further_faults;
    let verdict = match faults {
        0 => "all chains hold".to_owned(),
        1 => "1 thing is wrong".to_owned(),
        _ => format!("{faults} things are wrong"),
    };
    let mut lines = vec![format!(
        "{verdict}: {} audit rows in {} chains, {} batches ({} anchored, {} since the last anchor), {} sealed \
         values opened, {} rules",
        counts.events,
        counts.chains,
        counts.batches,
        counts.anchored,
        counts.after_anchor,
        counts.opened,
        counts.rules
    )];
    if counts.shredded > 0 {
        lines.push(format!("{} sealed audit details of shredded patients stay unreadable", counts.shredded));
    }
    if let Some(age) = age(report, now) {
        let tail = format!("{} audit rows are not sealed yet, the oldest for {age:#}", counts.unsealed);
        let hint = if age > TAIL_IS_OLD { ": no server is running that seals them" } else { "" };
        lines.push(format!("{tail}{hint}"));
    }
    lines
}

fn age(report: &Report, now: Timestamp) -> Option<SignedDuration> {
    let oldest = report.counts.oldest_unsealed?;
    Some(SignedDuration::from_secs(now.duration_since(oldest).as_secs()))
}

fn as_json(report: &Report, now: Timestamp, is_copied: bool) -> Value {
    let faults: Vec<Value> = report
        .faults
        .iter()
        .map(|fault| {
            let patient = fault.patient.map(|patient| patient.to_string());
            json!({ "table": fault.table, "patient": patient, "row": fault.row, "what": fault.what })
        })
        .collect();
    let counts = &report.counts;
    json!({
        "holds": report.holds(), "faults": faults, "further_faults": report.further_faults,
        "chains": counts.chains, "events": counts.events, "batches": counts.batches,
        "anchored": counts.anchored, "after_anchor": counts.after_anchor, "opened": counts.opened,
        "shredded": counts.shredded, "rules": counts.rules, "unsealed": counts.unsealed,
        "oldest_unsealed_secs": age(report, now).map(|age| age.as_secs()), "key_copied": is_copied,
    })
}

/// A bar per step, on a terminal; elsewhere it stays silent.
struct Bar(Mutex<Option<(Step, ProgressBar)>>);

impl Bar {
    fn new() -> Bar {
        Bar(Mutex::new(None))
    }

    fn show(&self, at: Progress) {
        let mut shown = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if shown.as_ref().is_none_or(|(step, _)| *step != at.step) {
            if let Some((_, former)) = shown.take() {
                former.finish_and_clear();
            }
            let bar = ProgressBar::new(at.total);
            let style = ProgressStyle::with_template("{msg:24} {bar:30} {pos}/{len} {per_sec} {eta} left");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_message(at.step.words());
            *shown = Some((at.step, bar));
        }
        if let Some((_, bar)) = shown.as_ref() {
            bar.set_length(at.total.max(at.done));
            bar.set_position(at.done);
        }
    }
}

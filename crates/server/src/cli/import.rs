//! `samechart import`: FHIR R4 bundles and bulk files into the record.

use super::operator::user;
use super::outcome::{Failure, Outcome};
use super::session::{Session, operator};
use clap::Args;
use indicatif::{HumanBytes, HumanDuration, ProgressBar, ProgressStyle};
use serde_json::json;
use service::import::{self, ImportReport, Progress};
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// Refusals that are printed; the count stands at the end.
const PRINTED: usize = 20;

#[derive(Debug, Args)]
pub struct Import {
    /// Files (.json, .ndjson, each also .gz) or folders of them.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Whose ids these are: the same id from two sources means two things.
    #[arg(long, default_value = "import", value_name = "NAME")]
    source: String,
    /// The address of the server that the files came from, such as https://ehr.example/fhir: references below it
    /// are to its own resources. Addresses of other servers name nobody here.
    #[arg(long, value_name = "URL")]
    base: Option<String>,
}

pub async fn run(arguments: Import, session: &Session) -> Result<Outcome, Failure> {
    if let Some(missing) = arguments.paths.iter().find(|path| !path.exists()) {
        return Err(Failure::usage(format!("{}: there is no such file or folder", missing.display())));
    }
    let (_, service) = session.open().await?;
    let bar = bar();
    let moved = bar.clone();
    let base = arguments.base.map(|base| base.trim_end_matches('/').to_owned());
    let tell = Arc::new(move |progress: &Progress| advance(&moved, progress));
    let what =
        import::Import { paths: arguments.paths, source: arguments.source, base, operator: Some(user()) };
    let report = service.import(&operator(&service), what, tell).await;
    bar.finish_and_clear();
    let report = report?;
    for line in complaints(&report) {
        eprintln!("{line}");
    }
    let json = serde_json::to_value(&report).unwrap_or_else(|_| json!({}));
    Ok(Outcome { is_failure: report.refused > 0, ..Outcome::done(summary(&report), json) })
}

/// On a terminal; elsewhere it stays silent.
fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {percent:>3} %  {msg}") {
        bar.set_style(style);
    }
    bar
}

fn advance(bar: &ProgressBar, progress: &Progress) {
    bar.set_length(progress.file_bytes);
    bar.set_position(progress.file_bytes_done);
    let left = progress.time_left().map(|left| format!(", {} left", HumanDuration(left))).unwrap_or_default();
    let rate = progress.megabytes_per_second();
    bar.set_message(format!("{} resources, {rate:.1} MB/s{left}", progress.resources));
}

/// Refused resources and dangling references: where and why, never what they hold.
fn complaints(report: &ImportReport) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for refusal in report.refusals.iter().take(PRINTED) {
        let place = if refusal.line == 0 { String::new() } else { format!(":{}", refusal.line) };
        let path = if refusal.path.is_empty() { String::new() } else { format!(" {}:", refusal.path) };
        lines.push(format!("refused {}{place}:{path} {}", refusal.file, refusal.reason));
    }
    let more = report.refused.saturating_sub(PRINTED as u64);
    if more > 0 {
        lines.push(format!("and {more} more refused"));
    }
    for dangling in report.dangling.iter().take(PRINTED) {
        let (file, line, kind) = (&dangling.file, dangling.line, &dangling.resource_type);
        lines.push(format!("unresolved {file}:{line}: refers to a {kind} that is nowhere"));
    }
    if report.unresolved > 0 {
        lines.push(format!("{} references lead nowhere", report.unresolved));
    }
    lines
}

fn summary(report: &ImportReport) -> String {
    let mut text = String::new();
    for (resource_type, count) in &report.by_type {
        let _ = writeln!(text, "{count:>10}  {resource_type}");
    }
    let rate = report.bytes as f64 / 1e6 / report.seconds.max(1e-3);
    let _ = write!(
        text,
        "{} created, {} updated, {} unchanged, {} refused; {} of JSON in {:.1} s ({rate:.1} MB/s)",
        report.created,
        report.updated,
        report.unchanged,
        report.refused,
        HumanBytes(report.bytes),
        report.seconds,
    );
    text
}

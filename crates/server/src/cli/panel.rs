//! `samechart panel`: which patient belongs to which provider and team.

use super::outcome::{Failure, Outcome};
use super::session::{Session, operator};
use clap::Subcommand;
use serde_json::json;
use service::Service;
use std::path::{Path, PathBuf};

#[derive(Debug, Subcommand)]
pub enum Panel {
    /// Places every living patient of whom nothing is known: by care team, by most visits, or in the
    /// default pool.
    Derive {
        /// The day on which the rows begin, such as 2026-01-31.
        #[arg(long, value_name = "DATE")]
        as_of: String,
    },
    /// Takes a list over: patient,provider,pool,from,until,source.
    Import { file: PathBuf },
}

pub async fn run(arguments: Panel, session: &Session) -> Result<Outcome, Failure> {
    let (_, service) = session.open().await?;
    match arguments {
        Panel::Derive { as_of } => derive(&service, &as_of).await,
        Panel::Import { file } => import(&service, &file).await,
    }
}

async fn derive(service: &Service, as_of: &str) -> Result<Outcome, Failure> {
    let wrong = || Failure::usage("--as-of is no date such as 2026-01-31");
    let as_of = service.moment(as_of).await?.ok_or_else(wrong)?;
    let derived = service.derive_panels(&operator(service), as_of).await?;
    let text = format!(
        "Placed {}: {} by care team, {} by most visits, {} in the default pool.",
        derived.total(),
        derived.care_team,
        derived.most_visits,
        derived.default,
    );
    let json = json!({
        "placed": derived.total(), "care_team": derived.care_team, "most_visits": derived.most_visits,
        "default": derived.default,
    });
    Ok(Outcome::done(text, json))
}

async fn import(service: &Service, file: &Path) -> Result<Outcome, Failure> {
    let text = std::fs::read(file).map_err(|error| Failure::usage(format!("{}: {error}", file.display())))?;
    let done = service.import_panels(&operator(service), text).await?;
    let mut lines: Vec<String> =
        done.refused.iter().map(|refused| format!("line {}: {}", refused.line, refused.reason)).collect();
    lines.push(format!(
        "{} added, {} unchanged, {} refused.",
        done.added,
        done.unchanged,
        done.refused.len()
    ));
    let refused: Vec<_> = done
        .refused
        .iter()
        .map(|refused| json!({ "line": refused.line, "reason": refused.reason }))
        .collect();
    let json = json!({ "added": done.added, "unchanged": done.unchanged, "refused": refused });
    Ok(Outcome { text: lines.join("\n"), json, is_failure: !done.refused.is_empty() })
}

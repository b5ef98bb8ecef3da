//! `samechart study areas`: a site's own table of areas, for the measures `deprivation` and `distance`.

use crate::cli::outcome::{Failure, Outcome};
use crate::cli::session::{Session, operator};
use clap::Args;
use serde_json::json;
use service::studies::areas::AreasRead;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Areas {
    /// CSV with a header: area (a postal code), deprivation (a level's name), distance_km (to the clinic). It takes the
    /// place of the table that was there.
    file: PathBuf,
}

pub async fn run(arguments: Areas, session: &Session) -> Result<Outcome, Failure> {
    let name = arguments.file.display();
    let text = std::fs::read(&arguments.file).map_err(|error| Failure::usage(format!("{name}: {error}")))?;
    let (_, service) = session.open().await?;
    match service.load_areas(&operator(&service), &text).await? {
        AreasRead::Kept(areas) => {
            Ok(Outcome::done(format!("{name}: {areas} areas"), json!({ "areas": areas })))
        }
        AreasRead::Refused(lines) => {
            let lines: Vec<String> =
                lines.iter().map(|(line, reason)| format!("{name}:{line}: {reason}")).collect();
            Err(Failure::usage(format!("{}\nNothing was changed.", lines.join("\n"))))
        }
    }
}

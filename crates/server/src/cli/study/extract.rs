//! `samechart study extract`: a study's rows from the record. Unlike the other study commands it opens the
//! store; its rows hold small cells.

use super::input::read_protocol;
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::session::{Session, operator};
use clap::Args;
use domain::draft::Reason;
use domain::id::StudyRunId;
use serde_json::json;
use service::ServiceError;
use service::studies::extract::{Extract as Extracted, ExtractPlan};
use std::path::PathBuf;
use study::protocol::Protocol;
use study::table::{Cell, Column, TableError, Writer};

#[derive(Debug, Args)]
pub struct Extract {
    /// The protocol; each covariate's measure says what of the record it is.
    #[arg(long, value_name = "FILE")]
    protocol: PathBuf,
    /// Why; it stays in the audit.
    #[arg(long)]
    reason: String,
    /// With the ids of this run, as long as its key is not destroyed; else with new ones that nobody can trace.
    #[arg(long, value_name = "ID")]
    run: Option<StudyRunId>,
    /// Where the rows go: .csv or .parquet. They hold small cells: a limited data set, not for publication.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub async fn run(arguments: Extract, session: &Session) -> Result<Outcome, Failure> {
    let reason =
        Reason::parse(&arguments.reason).map_err(|_| Failure::usage("--reason is blank or too long"))?;
    let protocol = read_protocol(&arguments.protocol)?;
    let plan = ExtractPlan::of(&protocol).map_err(|error| Failure::usage(error.to_string()))?;
    let (_, service) = session.open().await?;
    let extract = match service.extract(&operator(&service), plan, reason, arguments.run).await {
        Err(ServiceError::NotFound) => {
            return Err(Failure::usage("there is no such run, or its key was destroyed"));
        }
        other => other?,
    };
    write(&arguments.out, &protocol, &extract).map_err(|error| Failure::failed(error.to_string()))?;
    let steps: Vec<_> = extract
        .attrition
        .iter()
        .map(|step| json!({ "name": step.name, "remaining": step.remaining }))
        .collect();
    let json = json!({
        "rows": extract.rows.len(), "attrition": steps, "straddlers": extract.straddlers,
        "cohort": extract.cohort, "protocol": protocol.hash(),
    });
    Ok(Outcome::done(told(&arguments, &extract), json))
}

fn told(arguments: &Extract, extract: &Extracted) -> String {
    let mut lines: Vec<String> =
        extract.attrition.iter().map(|step| format!("{:>9}  {}", step.remaining, step.name)).collect();
    if !extract.straddlers.is_empty() {
        let count = extract.straddlers.len();
        lines.push(format!(
            "{count} providers have patients in two bands of the share, because the patients' own messages are \
             left out: refit with share_prior_year. They are {}.",
            extract.straddlers.join(", ")
        ));
    }
    let out = arguments.out.display();
    lines.push(format!("{out}: {} rows. A limited data set, not for publication.", extract.rows.len()));
    lines.join("\n")
}

fn write(out: &std::path::Path, protocol: &Protocol, extract: &Extracted) -> Result<(), TableError> {
    let mut columns = vec![
        Column::Text("id".into()),
        Column::Outcome(protocol.outcome.column.clone()),
        Column::Text(protocol.cluster.column.clone()),
    ];
    // A stage may be the outcome.
    let is_other = |at: &usize| extract.columns[*at] != protocol.outcome.column;
    let others: Vec<usize> = (0..extract.columns.len()).filter(is_other).collect();
    columns.extend(others.iter().map(|at| Column::Text(extract.columns[*at].clone())));
    let mut table = Writer::create(out, columns)?;
    for row in &extract.rows {
        let mut cells = vec![Cell::Text(&row.id), Cell::Outcome(row.has_outcome), Cell::Text(&row.cluster)];
        let value = |at: &usize| row.values[*at].as_deref().map_or(Cell::Absent, Cell::Text);
        cells.extend(others.iter().map(value));
        table.row(&cells)?;
    }
    table.finish().map(drop)
}

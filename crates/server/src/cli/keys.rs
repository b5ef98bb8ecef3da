//! `samechart keys`: the operator's word that the root key was copied, and the shredding of a
//! patient's key.

use super::outcome::{Failure, Outcome};
use super::session::{Session, operator};
use clap::Subcommand;
use domain::draft::Reason;
use serde_json::json;
use service::shred::Shredded;
use service::{Service, ServiceError};
use store::db::Engine;

#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Confirms that a copy of the root key is kept elsewhere; ends the warning of `serve`.
    ConfirmCopy {
        /// The fingerprint of the copy, as `init` printed it; spaces do not matter.
        #[arg(long)]
        fingerprint: Option<String>,
    },
    /// Deletes a patient's key and every row about the patient, for good; the audit stays.
    Shred {
        /// The patient's id, FHIR id or record number.
        patient: String,
        /// Why; it stays in the audit.
        #[arg(long)]
        reason: String,
    },
}

pub async fn run(arguments: Keys, session: &Session) -> Result<Outcome, Failure> {
    let (_, service) = session.open().await?;
    match arguments {
        Keys::ConfirmCopy { fingerprint } => confirm_copy(fingerprint, &service).await,
        Keys::Shred { patient, reason } => shred(&patient, &reason, &service).await,
    }
}

async fn confirm_copy(fingerprint: Option<String>, service: &Service) -> Result<Outcome, Failure> {
    let ours = service.store.vault.roots().current().fingerprint();
    let bare = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
    if fingerprint.is_some_and(|copied| bare(&copied) != bare(&ours)) {
        return Err(Failure::failed(format!("the copy is of another key: this one is {ours}")));
    }
    service.confirm_key_copy(&operator(service)).await?;
    Ok(Outcome::done(format!("Confirmed: the key {ours} is kept elsewhere."), json!({ "fingerprint": ours })))
}

/// What shredding cannot reach.
const STILL_THERE: &str = "Backups, replicas and copies made before now still hold the wrapped key: with the \
root key they can be read until they are destroyed too. Restart servers that were running: they may keep the \
key in memory.";

fn no_such_patient() -> Failure {
    Failure::usage("there is no such patient, or more than one")
}

async fn shred(text: &str, reason: &str, service: &Service) -> Result<Outcome, Failure> {
    let reason = Reason::parse(reason).map_err(|_| Failure::usage("--reason is blank or too long"))?;
    // After a shredding only the id is left, by which an interrupted one is finished.
    let found = service.find_patient_id(text).await?.or_else(|| text.trim().parse().ok());
    let patient = found.ok_or_else(no_such_patient)?;
    let shredded = service.shred(&operator(service), patient, reason).await;
    // An id that is nobody's.
    let shredded = shredded.map_err(|error| match error {
        ServiceError::NotFound => no_such_patient(),
        other => other.into(),
    });
    let (rows, is_log_empty) = match shredded? {
        Shredded::OnLegalHold => return Err(Failure::failed("refused: the patient is under legal hold")),
        Shredded::Done { rows, is_log_empty } => (rows, is_log_empty),
    };
    let mut lines = vec![format!("Shredded {patient}: {rows} rows. {STILL_THERE}")];
    if service.store.db.engine() == Engine::Postgres {
        lines.push(
            "PostgreSQL keeps deleted rows on disk until it vacuums, and in its log until that is recycled."
                .into(),
        );
    } else if !is_log_empty {
        lines.push(
            "SQLite's log is in use by a server and still has the rows: stop it and run this again.".into(),
        );
    }
    let json = json!({ "patient": patient.to_string(), "rows": rows, "is_log_empty": is_log_empty });
    Ok(Outcome::done(lines.join("\n"), json))
}

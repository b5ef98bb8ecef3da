//! `samechart check` as a call: everything in the store, against the anchor file. It shows ids and
//! numbers only and writes nothing, so that it also works on a copy of the database.

use crate::anchor::{self, BadLine};
use crate::error::ServiceError;
use crate::import::facts;
use serde_json::Value;
use std::io;
use std::path::PathBuf;
use store::Store;
use store::audit_seal::Batch;
use store::blind::BlindIndex;
use store::check::{Checker, Progress, Report, Said};
use store::db::Tx;
use store::vault::Vault;

type Lines = Box<dyn Iterator<Item = Result<Batch, BadLine>> + Send>;

/// Checks the store on one snapshot. An anchor file that is named and not there is a fault.
pub async fn check(
    store: &Store,
    anchor: Option<PathBuf>,
    progress: impl Fn(Progress) + Send + 'static,
) -> Result<Report, ServiceError> {
    // The file is measured before the snapshot: a batch is anchored only after its commit, so a server
    // that goes on sealing cannot make the file look ahead of the database.
    let lines = anchor.map(|path| anchor::lines(&path).map(|lines| Box::new(lines) as Lines));
    let vault = store.vault.clone();
    let checked = store.db.read(move |tx| check_on(tx, &vault, lines, &progress));
    checked.await
}

/// What an import makes of a resource beside its content.
pub fn read_resource(blind: &BlindIndex, content: &[u8]) -> Option<Said> {
    let resource = fhir::json::parse(content).ok()?;
    let resource_type = resource.get("resourceType").and_then(Value::as_str)?;
    let mut canonical = Vec::with_capacity(content.len());
    fhir::json::canonical(&resource, &mut canonical);
    Some(Said { canonical, tokens: facts::tokens(blind, resource_type, &resource) })
}

fn check_on(
    tx: &mut Tx<'_>,
    vault: &Vault,
    lines: Option<io::Result<Lines>>,
    progress: &dyn Fn(Progress),
) -> Result<Report, ServiceError> {
    let mut checker = Checker::new(vault, read_resource, progress);
    checker.database(tx)?;
    let mut bad_lines = Vec::new();
    let mut unreadable = None;
    match lines {
        Some(Ok(lines)) => {
            let read = lines.filter_map(|line| line.map_err(|bad| bad_lines.push(bad)).ok());
            checker.anchor(tx, read)?;
        }
        Some(Err(error)) => unreadable = Some(error.kind()),
        None => {}
    }
    let mut report = checker.finish();
    for bad in bad_lines {
        report.fault("anchor file", None, format!("line {}", bad.0), "cannot be read");
    }
    // A new store has sealed nothing yet, and so has no anchor file.
    if let Some(kind) = unreadable.filter(|_| report.counts.batches > 0) {
        let what = format!("cannot be read ({kind}): a rollback of the database would not be seen");
        report.fault("anchor file", None, "", what);
    }
    Ok(report)
}

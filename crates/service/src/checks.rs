//! `samechart check` as a call: everything in the store, against the anchor file. It shows ids and
//! numbers only and writes nothing, so that it also works on a copy of the database.

use crate::anchor;
use crate::error::ServiceError;
use std::path::PathBuf;
use store::Store;
use store::check::{Checker, Progress, Report};
use store::db::Tx;
use store::vault::Vault;

/// Checks the store on one snapshot. An anchor file that is named and not there is a fault.
pub async fn check(
    store: &Store,
    anchor: Option<PathBuf>,
    progress: impl Fn(Progress) + Send + 'static,
) -> Result<Report, ServiceError> {
    let vault = store.vault.clone();
    let checked = store.db.read(move |tx| check_on(tx, &vault, anchor, &progress));
    checked.await
}

fn check_on(
    tx: &mut Tx<'_>,
    vault: &Vault,
    anchor: Option<PathBuf>,
    progress: &dyn Fn(Progress),
) -> Result<Report, ServiceError> {
    let mut checker = Checker::new(vault, progress);
    checker.database(tx)?;
    let mut bad_lines = Vec::new();
    let mut unreadable = None;
    if let Some(path) = anchor {
        match anchor::lines(&path) {
            Ok(lines) => {
                let read = lines.filter_map(|line| line.map_err(|bad| bad_lines.push(bad)).ok());
                checker.anchor(tx, read)?;
            }
            Err(error) => unreadable = Some(error.kind()),
        }
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

//! How far an unfinished import has read each file: kept in the transaction of the batch, taken
//! away when the import ends.

use crate::db::{StoreError, Tx};
use crate::params;
use jiff::Timestamp;

/// A keyed hash of a file's content and of the source it was imported as.
pub type FileHash = [u8; 32];

/// Lines (or single documents) of the file that were committed.
pub fn lines_done(tx: &mut Tx<'_>, file: &FileHash) -> Result<i64, StoreError> {
    let found =
        tx.query_opt("SELECT lines_done FROM import_progress WHERE file_hash = $1", params![file], |row| {
            row.get(0)
        })?;
    Ok(found.unwrap_or(0))
}

/// Keeps that the file was committed up to this line.
pub fn reach(tx: &mut Tx<'_>, file: &FileHash, lines: i64, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO import_progress (file_hash, lines_done, updated_at) VALUES ($1, $2, $3)
         ON CONFLICT (file_hash) DO UPDATE SET lines_done = excluded.lines_done, updated_at = excluded.updated_at",
        params![file, lines, now],
    )?;
    Ok(())
}

/// Forgets files that were read to their end.
pub fn finish(tx: &mut Tx<'_>, files: &[FileHash]) -> Result<(), StoreError> {
    for file in files {
        tx.execute("DELETE FROM import_progress WHERE file_hash = $1", params![file])?;
    }
    Ok(())
}

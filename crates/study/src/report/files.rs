//! The report's files: `report.html`, `report.json`, and CSV tables of the same numbers.

use super::model::Report;
use super::page;
use super::tables;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Why a report was not written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("{}: {error}", path.display())]
    Io { path: PathBuf, error: io::Error },
    #[error("the report cannot be put into words: {0}")]
    Page(#[from] askama::Error),
    #[error("the report cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the report cannot be written as CSV: {0}")]
    Csv(#[from] csv::Error),
}

/// The report's files by name, each with its text; a table without rows is none.
pub fn files(report: &Report) -> Result<Vec<(&'static str, String)>, FileError> {
    let mut json = serde_json::to_string_pretty(report)?;
    json.push('\n');
    let mut all = vec![("report.html", page::render(report)?), ("report.json", json)];
    all.extend(tables::of(report)?);
    Ok(all.into_iter().filter(|(_, text)| !text.is_empty()).collect())
}

/// Writes the report's files into a folder, which is made where there is none; answers where they are.
pub fn write(report: &Report, folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    write_all(&files(report)?, folder)
}

/// Writes files that were made before.
pub fn write_all<N: AsRef<str>, T: AsRef<str>>(
    files: &[(N, T)],
    folder: &Path,
) -> Result<Vec<PathBuf>, FileError> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |error| FileError::Io { path, error }
    };
    fs::create_dir_all(folder).map_err(io(folder))?;
    let mut written = Vec::new();
    for (name, text) in files {
        let path = folder.join(name.as_ref());
        fs::write(&path, text.as_ref()).map_err(io(&path))?;
        written.push(path);
    }
    Ok(written)
}

//! Writing: to a temporary neighbour first, so that a file is whole or not there.

use super::format::{Chunk, FORMAT, GroupedError, GroupedFile, Head, HeadLeft, HeadVariable, STAMP, VERSION};
use crate::grouped::Cell;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Up to so many groups stand in the one object.
const ONE_OBJECT: usize = 1_000_000;
const CHUNK: usize = 1 << 16;

/// Writes the file; answers how many bytes.
pub fn write(file: &GroupedFile, path: &Path) -> Result<u64, GroupedError> {
    let io = |error| GroupedError::Io { file: path.display().to_string(), error };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let temporary = tempfile::NamedTempFile::new_in(folder).map_err(io)?;
    let mut out = BufWriter::with_capacity(1 << 18, temporary);
    write_to(file, &mut out).map_err(io)?;
    let temporary = out.into_inner().map_err(|error| io(error.into_error()))?;
    let bytes = temporary.as_file().metadata().map_err(io)?.len();
    temporary.persist(path).map_err(|error| io(error.error))?;
    Ok(bytes)
}

fn write_to(file: &GroupedFile, out: &mut impl Write) -> io::Result<()> {
    let cells = &file.grouped.cells;
    let is_one = cells.len() <= ONE_OBJECT;
    serde_json::to_writer(&mut *out, &head(file, is_one.then(|| chunk(cells))))?;
    out.write_all(b"\n")?;
    if !is_one {
        for some in cells.chunks(CHUNK) {
            serde_json::to_writer(&mut *out, &chunk(some))?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()
}

fn head(file: &GroupedFile, cells: Option<Chunk>) -> Head {
    let grouped = &file.grouped;
    let variables = grouped.variables.iter().zip(&file.found).map(|(variable, found)| HeadVariable {
        name: variable.name.clone(),
        levels: variable.levels.clone(),
        found: *found,
    });
    let left = file.left.iter();
    Head {
        format: FORMAT.to_owned(),
        version: VERSION,
        stamp: STAMP.to_owned(),
        sites: file.sites.clone(),
        definition: file.definition.clone(),
        hash: file.hash.clone(),
        outcome: grouped.outcome.clone(),
        cluster: grouped.cluster_name.clone(),
        variables: variables.collect(),
        rows: file.rows,
        left: left
            .map(|left| HeadLeft { name: left.name.clone(), missing: left.is_missing, rows: left.rows })
            .collect(),
        clusters: grouped.clusters.clone(),
        patterns: grouped.patterns.iter().map(|pattern| pattern.to_vec()).collect(),
        groups: grouped.cells.len() as u64,
        cells,
    }
}

fn chunk(cells: &[Cell]) -> Chunk {
    Chunk {
        cluster: cells.iter().map(|cell| cell.cluster).collect(),
        pattern: cells.iter().map(|cell| cell.pattern).collect(),
        n: cells.iter().map(|cell| cell.n).collect(),
        events: cells.iter().map(|cell| cell.events).collect(),
    }
}

//! Reading: whatever another site sent is checked before it is used.

use super::format::{Chunk, FORMAT, GroupedError, GroupedFile, Head, VERSION};
use crate::grouped::{Cell, Grouped, Variable};
use crate::source::Left;
use serde::Deserialize;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// Whether a file starts like a grouped cohort and not like rows.
pub fn is_grouped(path: &Path) -> bool {
    let mut first = [0u8; 64];
    let count = File::open(path).and_then(|mut file| file.read(&mut first)).unwrap_or_default();
    let text = String::from_utf8_lossy(&first[..count]);
    text.trim_start().strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with("\"format\""))
}

/// Reads and checks a grouped cohort.
pub fn read(path: &Path) -> Result<GroupedFile, GroupedError> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| GroupedError::Io { file: name.clone(), error })?;
    let json = |error| GroupedError::Json { file: name.clone(), error };
    let wrong = |reason: String| GroupedError::Wrong { file: name.clone(), reason };
    let mut reader = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 18, file));
    let mut head = Head::deserialize(&mut reader).map_err(json)?;
    if head.format != FORMAT || head.version != VERSION {
        let reason = format!("is {} version {}, not {FORMAT} version {VERSION}", head.format, head.version);
        return Err(wrong(reason));
    }
    let mut cells = Vec::new();
    let first = head.cells.take();
    let groups = usize::try_from(head.groups).map_err(|_| wrong("has too many groups".to_owned()))?;
    match first {
        Some(chunk) => take(chunk, &mut cells).map_err(wrong)?,
        None => {
            while cells.len() < groups {
                let chunk = Chunk::deserialize(&mut reader).map_err(json)?;
                take(chunk, &mut cells).map_err(wrong)?;
            }
        }
    }
    reader.end().map_err(json)?;
    if cells.len() != groups {
        return Err(wrong(format!("holds {} groups and says {groups}", cells.len())));
    }
    let file = file_of(head, cells);
    check(&file).map_err(wrong)?;
    Ok(file)
}

fn take(chunk: Chunk, cells: &mut Vec<Cell>) -> Result<(), String> {
    let count = chunk.cluster.len();
    if count == 0 || [chunk.pattern.len(), chunk.n.len(), chunk.events.len()] != [count; 3] {
        return if count == 0 && chunk.n.is_empty() && cells.is_empty() {
            Ok(())
        } else {
            Err("has columns of unequal length".to_owned())
        };
    }
    let columns = chunk.cluster.into_iter().zip(chunk.pattern).zip(chunk.n.into_iter().zip(chunk.events));
    cells.extend(columns.map(|((cluster, pattern), (n, events))| Cell { cluster, pattern, n, events }));
    Ok(())
}

fn file_of(head: Head, cells: Vec<Cell>) -> GroupedFile {
    let left = head.left.into_iter();
    let found = head.variables.iter().map(|variable| variable.found).collect();
    let variables = head.variables.into_iter();
    GroupedFile {
        sites: head.sites,
        definition: head.definition,
        hash: head.hash,
        found,
        rows: head.rows,
        left: left.map(|left| Left { name: left.name, is_missing: left.missing, rows: left.rows }).collect(),
        grouped: Grouped {
            outcome: head.outcome,
            cluster_name: head.cluster,
            variables: variables.map(|it| Variable { name: it.name, levels: it.levels }).collect(),
            clusters: head.clusters,
            patterns: head.patterns.into_iter().map(Vec::into_boxed_slice).collect(),
            cells,
        },
    }
}

fn check(file: &GroupedFile) -> Result<(), String> {
    let grouped = &file.grouped;
    if !grouped.clusters.is_sorted_by(|a, b| a < b) || !grouped.patterns.is_sorted_by(|a, b| a < b) {
        return Err("has clusters or patterns out of order or twice".to_owned());
    }
    let is_of_a_site = |cluster: &String| {
        cluster.split_once(':').is_some_and(|(site, _)| file.sites.iter().any(|it| it == site))
    };
    if !file.sites.is_empty() && !grouped.clusters.iter().all(is_of_a_site) {
        return Err("has a cluster that does not start with its site".to_owned());
    }
    for variable in &grouped.variables {
        let mut levels: Vec<&String> = variable.levels.iter().collect();
        levels.sort_unstable();
        if levels.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(format!("has a level of {} twice", variable.name));
        }
    }
    for pattern in &grouped.patterns {
        let is_right = pattern.len() == grouped.variables.len()
            && pattern
                .iter()
                .zip(&grouped.variables)
                .all(|(level, it)| usize::from(*level) < it.levels.len());
        if !is_right {
            return Err("has a pattern with a level that is not there".to_owned());
        }
    }
    let (clusters, patterns) = (grouped.clusters.len() as u64, grouped.patterns.len() as u64);
    for cell in &grouped.cells {
        let is_right = u64::from(cell.cluster) < clusters && u64::from(cell.pattern) < patterns;
        if !is_right || cell.n == 0 || cell.events > cell.n {
            return Err("has a group that is not possible".to_owned());
        }
    }
    if !grouped.cells.is_sorted_by(|a, b| (a.cluster, a.pattern) < (b.cluster, b.pattern)) {
        return Err("has groups out of order or twice".to_owned());
    }
    let left: u64 = file.left.iter().map(|left| left.rows).sum();
    if file.rows != left + grouped.rows() {
        return Err("has counts that do not add up to its rows".to_owned());
    }
    Ok(())
}

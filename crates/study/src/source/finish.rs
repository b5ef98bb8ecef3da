//! From the workers' counts to one cohort: numbers of one worker become positions in sorted lists, so the
//! result does not depend on who met what first.

use super::coder::Coder;
use super::columns::{Coding, Columns, Covariate, MISSING_LEVEL, Missing};
use super::hash::FastMap;
use super::spill::{Entry, PARTITIONS};
use super::tally::Tally;
use crate::grouped::{Cell, Grouped, Variable};
use std::io;

/// What a worker hands over: its counts and, of each covariate, the levels that it found.
pub struct Part {
    pub tally: Tally,
    pub coders: Vec<Coder>,
}

/// One worker's numbers, as positions in the whole.
struct Places {
    clusters: Vec<u32>,
    patterns: Vec<u32>,
}

/// Adds the parts up.
pub fn finish(parts: Vec<Part>, columns: &Columns) -> io::Result<Grouped> {
    let (mut tallies, coders): (Vec<Tally>, Vec<Vec<Coder>>) =
        parts.into_iter().map(|part| (part.tally, part.coders)).unzip();
    let found: Vec<Vec<Vec<Box<[u8]>>>> =
        coders.into_iter().map(|coders| coders.into_iter().map(Coder::into_found).collect()).collect();
    let mut patterns: Vec<Vec<Box<[u16]>>> = tallies.iter().map(|tally| tally.patterns.all()).collect();
    let mut variables = Vec::new();
    for (at, covariate) in columns.covariates.iter().enumerate() {
        let lists: Vec<&[Box<[u8]>]> = found.iter().map(|found| found[at].as_slice()).collect();
        variables.push(settle(covariate, at, &lists, &mut patterns)?);
    }
    let mut all: Vec<Box<[u16]>> = patterns.iter().flatten().cloned().collect();
    all.sort_unstable();
    all.dedup();
    let clusters = cluster_names(&mut tallies);
    let places = places(&tallies, &patterns, &all, &clusters);
    let cells = cells(&mut tallies, &places)?;
    drop(tallies);
    let (outcome, cluster_name) = (columns.outcome.clone(), columns.cluster.clone());
    let mut grouped = Grouped { outcome, cluster_name, variables, clusters, patterns: all, cells };
    grouped.drop_unused();
    Ok(grouped)
}

/// Names the levels of a variable and rewrites each worker's codes to their positions.
fn settle(
    covariate: &Covariate,
    at: usize,
    found: &[&[Box<[u8]>]],
    patterns: &mut [Vec<Box<[u16]>>],
) -> io::Result<Variable> {
    let mut levels = covariate.ordered_levels();
    let given = levels.len() as u16;
    if covariate.coding == Coding::Found {
        let used = patterns.iter().zip(found).flat_map(|(patterns, found)| {
            let mut codes: Vec<u16> = patterns.iter().map(|pattern| pattern[at]).collect();
            codes.sort_unstable();
            codes.dedup();
            codes.into_iter().map(|code| text(&found[usize::from(code)]))
        });
        levels = used.filter(|name| !name.is_empty()).collect();
        levels.sort_unstable();
        levels.dedup();
        if let Some(reference) = &covariate.reference {
            let place = levels.iter().position(|level| level == reference).ok_or_else(|| {
                let (name, found) = (&covariate.name, levels.join(", "));
                io::Error::other(format!("{name} never is {reference}, its reference; found: {found}"))
            })?;
            levels[..=place].rotate_right(1);
        }
    }
    let missing = levels.len() as u16;
    let mut is_missing_used = false;
    for (patterns, found) in patterns.iter_mut().zip(found) {
        let code_of: Vec<u16> = found
            .iter()
            .map(|name| levels.iter().position(|level| *level == text(name)).map_or(missing, |at| at as u16))
            .collect();
        for pattern in patterns.iter_mut() {
            if covariate.coding == Coding::Found {
                pattern[at] = code_of[usize::from(pattern[at])];
            }
            is_missing_used |= pattern[at] == missing;
        }
    }
    debug_assert!(covariate.coding == Coding::Found || missing == given);
    if covariate.missing == Missing::Level && is_missing_used {
        levels.push(MISSING_LEVEL.to_owned());
    }
    Ok(Variable { name: covariate.name.clone(), levels })
}

fn text(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}

fn cluster_names(tallies: &mut [Tally]) -> Vec<String> {
    let mut names: Vec<String> = tallies
        .iter()
        .flat_map(|tally| (0..tally.names.len() as u32).map(|number| text(tally.names.name(number))))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn places(
    tallies: &[Tally],
    patterns: &[Vec<Box<[u16]>>],
    all: &[Box<[u16]>],
    clusters: &[String],
) -> Vec<Places> {
    let cluster_at: FastMap<&[u8], u32> =
        clusters.iter().enumerate().map(|(at, name)| (name.as_bytes(), at as u32)).collect();
    let place = |tally: &Tally, patterns: &[Box<[u16]>]| Places {
        clusters: (0..tally.names.len() as u32)
            .map(|number| cluster_at.get(tally.names.name(number)).copied().unwrap_or_default())
            .collect(),
        patterns: patterns
            .iter()
            .map(|pattern| all.binary_search(pattern).unwrap_or_default() as u32)
            .collect(),
    };
    tallies.iter().zip(patterns).map(|(tally, patterns)| place(tally, patterns)).collect()
}

/// All counts as sorted cells. Where anything was spilled everything is, and each partition is added
/// up on its own, so that no more than one is held twice.
fn cells(tallies: &mut [Tally], places: &[Places]) -> io::Result<Vec<Cell>> {
    let placed = |places: &Places, entry: Entry| Cell {
        cluster: places.clusters[entry.cluster as usize],
        pattern: places.patterns[entry.pattern as usize],
        n: entry.n,
        events: entry.events,
    };
    let mut cells: Vec<Cell> = Vec::new();
    if tallies.iter().all(|tally| tally.spill.is_empty()) {
        for (tally, places) in tallies.iter_mut().zip(places) {
            let counts = std::mem::take(&mut tally.counts);
            cells.reserve_exact(counts.len());
            cells.extend(counts.into_iter().map(|(key, (n, events))| {
                placed(places, Entry { cluster: (key >> 32) as u32, pattern: key as u32, n, events })
            }));
        }
        add_up(&mut cells, 0)?;
        return Ok(cells);
    }
    for tally in tallies.iter_mut() {
        tally.spill()?;
        tally.counts = FastMap::default();
    }
    for partition in 0..PARTITIONS {
        let start = cells.len();
        for (tally, places) in tallies.iter_mut().zip(places) {
            tally.spill.entries(partition, |entry| cells.push(placed(places, entry)))?;
        }
        add_up(&mut cells, start)?;
    }
    cells.sort_unstable_by_key(|cell| (cell.cluster, cell.pattern));
    Ok(cells)
}

/// Sorts the cells from `start` on and adds equal ones together.
fn add_up(cells: &mut Vec<Cell>, start: usize) -> io::Result<()> {
    cells[start..].sort_unstable_by_key(|cell| (cell.cluster, cell.pattern));
    let mut end = start;
    for at in start..cells.len() {
        let cell = cells[at];
        if end > start && (cells[end - 1].cluster, cells[end - 1].pattern) == (cell.cluster, cell.pattern) {
            let sum = cells[end - 1].n.checked_add(cell.n);
            cells[end - 1].n =
                sum.ok_or_else(|| io::Error::other("more than 4,294,967,295 rows of one kind"))?;
            cells[end - 1].events += cell.events;
        } else {
            cells[end] = cell;
            end += 1;
        }
    }
    cells.truncate(end);
    Ok(())
}

//! Several sites as one cohort, equal to grouping all their rows together.

use super::format::{GroupedError, GroupedFile};
use crate::grouped::{Cell, Grouped, Variable};
use crate::source::MISSING_LEVEL;

/// Merges the cohorts of different sites by one protocol.
pub fn merge(files: Vec<(String, GroupedFile)>) -> Result<GroupedFile, GroupedError> {
    check(&files)?;
    let mut sites: Vec<String> = files.iter().flat_map(|(_, file)| file.sites.clone()).collect();
    sites.sort_unstable();
    let variables = variables(&files)?;
    let mut patterns: Vec<Box<[u16]>> =
        files.iter().flat_map(|(_, file)| moved_patterns(&file.grouped, &variables)).collect();
    patterns.sort_unstable();
    patterns.dedup();
    let mut clusters: Vec<String> =
        files.iter().flat_map(|(_, file)| file.grouped.clusters.iter().cloned()).collect();
    clusters.sort_unstable();
    let mut cells = Vec::new();
    for (_, file) in &files {
        cells.extend(moved_cells(&file.grouped, &variables, &patterns, &clusters));
    }
    cells.sort_unstable_by_key(|cell: &Cell| (cell.cluster, cell.pattern));
    let rows = files.iter().map(|(_, file)| file.rows).sum();
    let others = files.iter().skip(1);
    let first = &files[0].1;
    let mut left = first.left.clone();
    for (_, file) in others {
        left.iter_mut().zip(&file.left).for_each(|(sum, more)| sum.rows += more.rows);
    }
    let (outcome, cluster_name) = (first.grouped.outcome.clone(), first.grouped.cluster_name.clone());
    let grouped = Grouped { outcome, cluster_name, variables, clusters, patterns, cells };
    let (definition, hash, found) = (first.definition.clone(), first.hash.clone(), first.found.clone());
    Ok(GroupedFile { sites, definition, hash, found, rows, left, grouped })
}

fn check(files: &[(String, GroupedFile)]) -> Result<(), GroupedError> {
    let Some((first_name, first)) = files.first() else {
        return Err(GroupedError::Wrong { file: "merge".to_owned(), reason: "there is no file".to_owned() });
    };
    for (at, (name, file)) in files.iter().enumerate() {
        let unequal = |other: &str, reason: String| GroupedError::Unequal {
            first: other.to_owned(),
            second: name.clone(),
            reason,
        };
        if file.sites.is_empty() {
            let reason = "names no site; group it with --site".to_owned();
            return Err(GroupedError::Wrong { file: name.clone(), reason });
        }
        for (other, before) in &files[..at] {
            if let Some(site) = file.sites.iter().find(|site| before.sites.contains(site)) {
                return Err(unequal(other, format!("both are of site {site}")));
            }
        }
        if file.hash != first.hash {
            let (one, two) = (&first.definition, &file.definition);
            let reason =
                format!("their protocols differ ({one} {:.12}, {two} {:.12})", first.hash, file.hash);
            return Err(unequal(first_name, reason));
        }
        let names = |file: &GroupedFile| -> Vec<String> {
            let grouped = &file.grouped;
            let variables = grouped.variables.iter().map(|variable| variable.name.clone());
            let left = file.left.iter().map(|left| left.name.clone());
            [grouped.outcome.clone(), grouped.cluster_name.clone()]
                .into_iter()
                .chain(variables)
                .chain(left)
                .collect()
        };
        if names(file) != names(first) || file.found != first.found {
            return Err(unequal(first_name, "their columns differ".to_owned()));
        }
    }
    Ok(())
}

/// The levels of all sites. Given levels must agree; found ones are united and sorted, but a first level
/// that all share is the reference and stays first.
fn variables(files: &[(String, GroupedFile)]) -> Result<Vec<Variable>, GroupedError> {
    let first = &files[0].1;
    let mut variables = Vec::new();
    for (at, variable) in first.grouped.variables.iter().enumerate() {
        let lists: Vec<&[String]> =
            files.iter().map(|(_, file)| file.grouped.variables[at].levels.as_slice()).collect();
        let is_missing = |levels: &[String]| levels.last().is_some_and(|level| level == MISSING_LEVEL);
        let plain = |levels: &'_ [String]| levels[..levels.len() - usize::from(is_missing(levels))].to_vec();
        let mut levels = plain(lists[0]);
        let other = lists.iter().position(|list| plain(list) != levels);
        match other {
            Some(other) if !first.found[at] => {
                let reason = format!("the levels of {} differ", variable.name);
                let (first, second) = (files[0].0.clone(), files[other].0.clone());
                return Err(GroupedError::Unequal { first, second, reason });
            }
            Some(_) => {
                let shared = levels
                    .first()
                    .filter(|level| lists.iter().all(|list| plain(list).first() == Some(level)));
                let shared = shared.cloned();
                levels = lists.iter().flat_map(|list| plain(list)).collect();
                levels.sort_unstable_by_key(|level| (Some(level) != shared.as_ref(), level.clone()));
                levels.dedup();
            }
            None => {}
        }
        if lists.iter().any(|list| is_missing(list)) {
            levels.push(MISSING_LEVEL.to_owned());
        }
        variables.push(Variable { name: variable.name.clone(), levels });
    }
    Ok(variables)
}

/// A site's patterns with the levels of the whole, in the site's order.
fn moved_patterns(grouped: &Grouped, variables: &[Variable]) -> Vec<Box<[u16]>> {
    let place = |own: &Variable, whole: &Variable| -> Vec<u16> {
        let at = |level: &String| whole.levels.iter().position(|it| it == level).unwrap_or_default() as u16;
        own.levels.iter().map(at).collect()
    };
    let places: Vec<Vec<u16>> =
        grouped.variables.iter().zip(variables).map(|(own, whole)| place(own, whole)).collect();
    let moved =
        |pattern: &[u16]| pattern.iter().zip(&places).map(|(level, at)| at[usize::from(*level)]).collect();
    grouped.patterns.iter().map(|pattern| moved(pattern)).collect()
}

fn moved_cells(
    grouped: &Grouped,
    variables: &[Variable],
    patterns: &[Box<[u16]>],
    clusters: &[String],
) -> Vec<Cell> {
    let pattern_at: Vec<u32> = moved_patterns(grouped, variables)
        .iter()
        .map(|pattern| patterns.binary_search(pattern).unwrap_or_default() as u32)
        .collect();
    let cluster_at: Vec<u32> = grouped
        .clusters
        .iter()
        .map(|cluster| clusters.binary_search(cluster).unwrap_or_default() as u32)
        .collect();
    let moved = |cell: &Cell| Cell {
        cluster: cluster_at[cell.cluster as usize],
        pattern: pattern_at[cell.pattern as usize],
        ..*cell
    };
    grouped.cells.iter().map(moved).collect()
}

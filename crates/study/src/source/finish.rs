//! From what the workers gathered to one cohort: numbers in the order met become positions in sorted lists, so the
//! result does not depend on who met what first.

use super::columns::{Coding, Columns, Covariate, MISSING_LEVEL, Missing};
use super::gathered::Gathered;
use super::read::{Left, Reading};
use super::tally::Part;
use crate::grouped::{Cell, Grouped, Variable};
use std::io;
use std::sync::Arc;

/// Names and sorts everything.
pub fn finish(gathered: Gathered, parts: &[Part], columns: &Columns) -> io::Result<Reading> {
    let mut patterns: Vec<Box<[u16]>> = gathered.patterns.all().iter().map(|it| Box::from(&**it)).collect();
    let mut variables = Vec::new();
    for (at, (covariate, found)) in columns.covariates.iter().zip(&gathered.levels).enumerate() {
        variables.push(settle(covariate, at, &found.all(), &mut patterns)?);
    }
    let (patterns, pattern_places) = sort(patterns);
    let (clusters, cluster_places) = sort(gathered.clusters.all().iter().map(|name| text(name)).collect());
    let spilled_bytes = gathered.counts.spilled_bytes();
    let place = |cell: Cell| Cell {
        cluster: cluster_places[cell.cluster as usize],
        pattern: pattern_places[cell.pattern as usize],
        ..cell
    };
    let cells = gathered.counts.into_cells(place)?;
    let (outcome, cluster_name) = (columns.outcome.clone(), columns.cluster.clone());
    let mut grouped = Grouped { outcome, cluster_name, variables, clusters, patterns, cells };
    grouped.drop_unused();
    let rows = parts.iter().map(|part| part.rows).sum();
    Ok(Reading { grouped, rows, left: left(parts, columns), spilled_bytes })
}

/// Names the levels of a variable and rewrites the patterns' codes to their positions.
fn settle(
    covariate: &Covariate,
    at: usize,
    found: &[Arc<[u8]>],
    patterns: &mut [Box<[u16]>],
) -> io::Result<Variable> {
    let mut levels = covariate.ordered_levels();
    if covariate.coding == Coding::Found {
        let mut used: Vec<u16> = patterns.iter().map(|pattern| pattern[at]).collect();
        used.sort_unstable();
        used.dedup();
        let used = used.into_iter().map(|code| text(&found[usize::from(code)]));
        levels = used.filter(|name| !name.is_empty()).collect();
        levels.sort_unstable();
        if let Some(reference) = &covariate.reference {
            let place = levels.iter().position(|level| level == reference).ok_or_else(|| {
                let (name, found) = (&covariate.name, levels.join(", "));
                io::Error::other(format!("{name} never is {reference}, its reference; found: {found}"))
            })?;
            levels[..=place].rotate_right(1);
        }
        let place = |name: &Arc<[u8]>| levels.iter().position(|level| *level == text(name));
        let places: Vec<usize> = found.iter().map(|name| place(name).unwrap_or(levels.len())).collect();
        patterns.iter_mut().for_each(|pattern| pattern[at] = places[usize::from(pattern[at])] as u16);
    }
    let missing = levels.len() as u16;
    if covariate.missing == Missing::Level && patterns.iter().any(|pattern| pattern[at] == missing) {
        levels.push(MISSING_LEVEL.to_owned());
    }
    Ok(Variable { name: covariate.name.clone(), levels })
}

fn text(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}

/// Sorts distinct items, and says where each went.
fn sort<T: Ord>(items: Vec<T>) -> (Vec<T>, Vec<u32>) {
    let mut numbered: Vec<(T, u32)> = items.into_iter().zip(0..).collect();
    numbered.sort_unstable();
    let mut places = vec![0; numbered.len()];
    let placed = numbered.into_iter().zip(0..).map(|((item, number), place)| {
        places[number as usize] = place;
        item
    });
    (placed.collect(), places)
}

fn left(parts: &[Part], columns: &Columns) -> Vec<Left> {
    let conditions = columns.conditions.iter().map(|condition| (condition.name.clone(), false));
    let missing = [columns.outcome.clone(), columns.cluster.clone()]
        .into_iter()
        .chain(columns.covariates.iter().map(|covariate| covariate.name.clone()))
        .map(|name| (name, true));
    let steps = conditions.chain(missing).enumerate();
    steps
        .map(|(at, (name, is_missing))| {
            let rows = parts.iter().map(|part| part.left[at]).sum();
            Left { name, is_missing, rows }
        })
        .collect()
}

//! One worker's counts: rows of a batch judged, numbered and added up, and spilled when memory is used up.

use super::coder::ABSENT;
use super::columns::{Columns, Missing};
use super::error::{Place, Problem};
use super::hash::{self, FastMap};
use super::names::Names;
use super::patterns::Patterns;
use super::spill::{Entry, Spill};
use std::io;

/// A cluster that is not there.
pub const NO_CLUSTER: u32 = u32::MAX;
/// Bytes of a slot of the table: key, counts and the control byte, at a load of 7/8.
const SLOT_BYTES: usize = 20;

/// Some rows, coded, column by column.
#[derive(Default)]
pub struct Batch {
    /// Of each condition: 1 where it holds.
    pub conditions: Vec<Vec<u16>>,
    pub outcome: Vec<u16>,
    pub cluster: Vec<u32>,
    pub covariates: Vec<Vec<u16>>,
}

impl Batch {
    pub fn new(columns: &Columns) -> Batch {
        Batch {
            conditions: vec![Vec::new(); columns.conditions.len()],
            covariates: vec![Vec::new(); columns.covariates.len()],
            ..Batch::default()
        }
    }

    pub fn clear(&mut self) {
        self.conditions.iter_mut().chain(&mut self.covariates).for_each(Vec::clear);
        self.outcome.clear();
        self.cluster.clear();
    }

    pub fn len(&self) -> usize {
        self.outcome.len()
    }
}

/// Counts of one worker.
pub struct Tally {
    pub names: Names,
    pub patterns: Patterns,
    pub counts: FastMap<u64, (u32, u32)>,
    pub spill: Spill,
    /// Rows left out by each condition, for outcome, for cluster, for each covariate.
    pub left: Vec<u64>,
    pub rows: u64,
    limit_bytes: usize,
    /// Of the batch: whether the row stays, and its pattern.
    stays: Vec<bool>,
    nodes: Vec<u32>,
}

impl Tally {
    pub fn new(columns: &Columns, limit_bytes: usize) -> Tally {
        Tally {
            names: Names::default(),
            patterns: Patterns::new(columns.covariates.len()),
            counts: FastMap::default(),
            spill: Spill::default(),
            left: vec![0; columns.conditions.len() + 2 + columns.covariates.len()],
            rows: 0,
            limit_bytes,
            stays: Vec::new(),
            nodes: Vec::new(),
        }
    }

    /// Adds the rows of a batch; `place` says where its row `i` stands, for what is missing and must not be.
    pub fn add(
        &mut self,
        batch: &mut Batch,
        columns: &Columns,
        place: &dyn Fn(usize, &str) -> Place,
        problems: &mut Vec<Problem>,
    ) -> io::Result<()> {
        self.rows += batch.len() as u64;
        self.judge(batch, columns, place, problems);
        self.nodes.clear();
        self.nodes.resize(batch.len(), 0);
        for (variable, levels) in batch.covariates.iter().enumerate() {
            for ((node, &level), _) in
                self.nodes.iter_mut().zip(levels).zip(&self.stays).filter(|(_, stays)| **stays)
            {
                *node = self.patterns.step(variable, *node, level);
            }
        }
        for row in 0..batch.len() {
            if self.stays[row] {
                self.count(batch.cluster[row], self.nodes[row], batch.outcome[row])?;
            }
        }
        Ok(())
    }

    fn count(&mut self, cluster: u32, pattern: u32, outcome: u16) -> io::Result<()> {
        let key = (u64::from(cluster) << 32) | u64::from(pattern);
        if let Some((n, events)) = self.counts.get_mut(&key) {
            *n = n
                .checked_add(1)
                .ok_or_else(|| io::Error::other("more than 4,294,967,295 rows of one kind"))?;
            *events += u32::from(outcome);
            return Ok(());
        }
        // A full table doubles, and holds the old one beside it while it does.
        let slots = self.counts.capacity();
        if self.counts.len() == slots && slots > 0 && 3 * slots * SLOT_BYTES > self.limit_bytes {
            self.spill()?;
        }
        self.counts.insert(key, (1, u32::from(outcome)));
        Ok(())
    }

    /// Writes the table out, by the hash of the cluster's name, which is the same for every worker.
    pub fn spill(&mut self) -> io::Result<()> {
        for (key, (n, events)) in self.counts.drain() {
            let (cluster, pattern) = ((key >> 32) as u32, key as u32);
            let partition = hash::of(self.names.name(cluster));
            self.spill.push(partition, Entry { cluster, pattern, n, events })?;
        }
        Ok(())
    }

    fn judge(
        &mut self,
        batch: &mut Batch,
        columns: &Columns,
        place: &dyn Fn(usize, &str) -> Place,
        problems: &mut Vec<Problem>,
    ) {
        self.stays.clear();
        self.stays.resize(batch.len(), true);
        let mut step = 0;
        for holds in &batch.conditions {
            self.left[step] += drop_where(&mut self.stays, |row| holds[row] != 1).len() as u64;
            step += 1;
        }
        let covariates =
            columns.covariates.iter().map(|covariate| (covariate.column.as_str(), covariate.missing));
        let uses = [(columns.outcome.as_str(), columns.missing), (columns.cluster.as_str(), columns.missing)];
        for (slot, (column, missing)) in uses.into_iter().chain(covariates).enumerate() {
            let is_absent = |row: usize| match slot {
                0 => batch.outcome[row] == ABSENT,
                1 => batch.cluster[row] == NO_CLUSTER,
                _ => batch.covariates[slot - 2][row] == ABSENT,
            };
            if missing == Missing::Level && slot >= 2 {
                continue;
            }
            let dropped = drop_where(&mut self.stays, is_absent);
            if missing == Missing::Refuse {
                let reason = "the value is missing".to_owned();
                problems.extend(dropped.into_iter().map(|row| Problem {
                    place: place(row, column),
                    column: column.to_owned(),
                    reason: reason.clone(),
                }));
            } else {
                self.left[step + slot] += dropped.len() as u64;
            }
        }
    }
}

/// Takes the rows out for which this holds, and names them.
fn drop_where(stays: &mut [bool], is_out: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut dropped = Vec::new();
    for (row, stays) in stays.iter_mut().enumerate().filter(|(_, stays)| **stays) {
        if is_out(row) {
            *stays = false;
            dropped.push(row);
        }
    }
    dropped
}

//! One worker's way from coded rows to the counts: rows of a batch are judged, numbered and passed on.

use super::coder::{NO_LEVEL, Refusal, reason};
use super::columns::{Columns, Missing};
use super::counts::Buffers;
use super::error::{Place, Problem};
use super::gathered::Gathered;
use super::patterns::Patterns;
use std::io;

/// Some rows, coded, column by column in the order of [`Columns::uses`].
pub struct Batch {
    pub codes: Vec<Vec<u32>>,
}

impl Batch {
    pub fn new(columns: &Columns) -> Batch {
        Batch { codes: vec![Vec::new(); columns.uses().len()] }
    }

    pub fn clear(&mut self) {
        self.codes.iter_mut().for_each(Vec::clear);
    }

    pub fn len(&self) -> usize {
        self.codes.first().map_or(0, Vec::len)
    }

    /// Drops the rows that do not stay.
    fn retain(&mut self, stays: &[bool]) {
        for codes in &mut self.codes {
            let mut stays = stays.iter();
            codes.retain(|_| stays.next().is_some_and(|stays| *stays));
        }
    }
}

/// What a worker has seen, beside the counts.
pub struct Part {
    pub rows: u64,
    /// Rows left out by each condition, for outcome, for cluster, for each covariate.
    pub left: Vec<u64>,
}

impl Part {
    pub fn new(columns: &Columns) -> Part {
        Part { rows: 0, left: vec![0; columns.uses().len()] }
    }
}

/// One worker.
pub struct Tally<'a> {
    columns: &'a Columns,
    gathered: &'a Gathered,
    buffers: Buffers<'a>,
    patterns: Patterns,
    /// Of each of this worker's patterns: its number for all.
    numbers: Vec<u32>,
    part: Part,
    /// Of the batch: the pattern so far.
    nodes: Vec<u32>,
}

impl<'a> Tally<'a> {
    pub fn new(columns: &'a Columns, gathered: &'a Gathered) -> Tally<'a> {
        Tally {
            columns,
            gathered,
            buffers: Buffers::new(&gathered.counts),
            patterns: Patterns::new(columns.covariates.len()),
            numbers: Vec::new(),
            part: Part::new(columns),
            nodes: Vec::new(),
        }
    }

    pub fn rows(&self) -> u64 {
        self.part.rows
    }

    /// Adds the rows of a batch and empties it; `place` says where its row `i` stands, for the `most` first problems of
    /// each column.
    pub fn add(
        &mut self,
        batch: &mut Batch,
        most: usize,
        place: &dyn Fn(usize, &str) -> Place,
    ) -> io::Result<Vec<Problem>> {
        self.part.rows += batch.len() as u64;
        let problems = self.judge(batch, most, place);
        self.find_patterns(batch)?;
        let first = self.columns.first_covariate();
        let (outcomes, clusters) = (&batch.codes[first - 2], &batch.codes[first - 1]);
        for ((&cluster, &node), &outcome) in clusters.iter().zip(&self.nodes).zip(outcomes) {
            self.buffers.push(cluster, self.numbers[node as usize], outcome)?;
        }
        batch.clear();
        Ok(problems)
    }

    /// The counts of the last rows go to all the others'.
    pub fn finish(self) -> io::Result<Part> {
        self.buffers.finish()?;
        Ok(self.part)
    }

    /// Takes rows out, step by step, and counts them; a malformed value is a problem whether or not its row stays.
    fn judge(
        &mut self,
        batch: &mut Batch,
        most: usize,
        place: &dyn Fn(usize, &str) -> Place,
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut stays: Vec<bool> = Vec::new();
        for (at, column) in self.columns.uses().into_iter().enumerate() {
            let is_condition = at + 2 < self.columns.first_covariate();
            let is_out = |code: u32| if is_condition { code != 1 } else { code >= NO_LEVEL };
            let codes = &batch.codes[at];
            // All codes, not the first that is out: that is a loop without branches.
            if codes.iter().filter(|code| is_out(**code)).count() == 0 {
                continue;
            }
            stays.resize(codes.len(), true);
            let covariate = self.columns.covariate_of(at);
            let may_miss =
                is_condition || covariate.map_or(self.columns.missing, |it| it.missing) != Missing::Refuse;
            let mut told = 0;
            for (row, &code) in codes.iter().enumerate().filter(|(_, code)| is_out(**code)) {
                let why = match Refusal::of(code) {
                    Some(refusal) => reason(refusal, covariate),
                    None if !std::mem::take(&mut stays[row]) => continue,
                    None if may_miss => {
                        self.part.left[at] += 1;
                        continue;
                    }
                    None => "the value is missing".to_owned(),
                };
                if told < most {
                    problems.push(Problem {
                        place: place(row, column),
                        column: column.to_owned(),
                        reason: why,
                    });
                }
                told += 1;
            }
        }
        if !problems.is_empty() {
            batch.clear();
        } else if !stays.is_empty() {
            batch.retain(&stays);
        }
        problems
    }

    /// Walks the batch's rows down the tree, and asks for the numbers of the patterns that are new.
    fn find_patterns(&mut self, batch: &Batch) -> io::Result<()> {
        self.nodes.clear();
        self.nodes.resize(batch.len(), 0);
        for (variable, codes) in batch.codes[self.columns.first_covariate()..].iter().enumerate() {
            self.patterns.step(variable, &mut self.nodes, codes);
        }
        for pattern in self.numbers.len()..self.patterns.len() {
            let number = self.gathered.patterns.number(&self.patterns.levels(pattern as u32));
            self.numbers
                .push(number.ok_or_else(|| io::Error::other("more than 2,147,483,647 covariate patterns"))?);
        }
        Ok(())
    }
}

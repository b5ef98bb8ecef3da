//! Rows that somebody else has counted: values and counts go the same way as those read from a file.

use super::coder::{Coder, NO_LEVEL, Refusal, reason};
use super::columns::Columns;
use super::finish::finish;
use super::gathered::Gathered;
use super::read::Reading;
use super::tally::Part;
use crate::grouped::Cell;
use std::io;

/// Why a count was not taken.
pub enum CountedError {
    Level { covariate: usize, reason: String },
    Impossible,
}

/// A cohort that grows by counts.
pub struct Counted {
    columns: Columns,
    gathered: Gathered,
    coders: Vec<Coder>,
    part: Part,
}

impl Counted {
    pub fn new(columns: &Columns) -> Counted {
        let gathered = Gathered::new(columns, usize::MAX, 1);
        let covariates = columns.covariates.iter().zip(&gathered.levels);
        Counted {
            coders: covariates.map(|(it, levels)| Coder::covariate(it, columns, levels)).collect(),
            part: Part::new(columns),
            columns: columns.clone(),
            gathered,
        }
    }

    /// `n` rows of a cluster and pattern, `events` of them with the outcome.
    pub fn add(
        &mut self,
        cluster: &str,
        levels: &[Option<&str>],
        n: u64,
        events: u64,
    ) -> Result<(), CountedError> {
        if levels.len() != self.coders.len() || n == 0 || events > n {
            return Err(CountedError::Impossible);
        }
        let mut pattern = Vec::with_capacity(levels.len());
        for (covariate, (coder, level)) in self.coders.iter_mut().zip(levels).enumerate() {
            let code = level.map_or(coder.absent(), |level| coder.text(level.as_bytes()));
            if let Some(refusal) = Refusal::of(code) {
                let reason = reason(refusal, Some(&self.columns.covariates[covariate]));
                return Err(CountedError::Level { covariate, reason });
            }
            if code >= NO_LEVEL {
                return Err(CountedError::Impossible);
            }
            pattern.push(code as u16);
        }
        self.count(cluster, &pattern, n, events).ok_or(CountedError::Impossible)
    }

    fn count(&mut self, cluster: &str, pattern: &[u16], n: u64, events: u64) -> Option<()> {
        let cell = Cell {
            cluster: self.gathered.clusters.number(cluster.as_bytes())?,
            pattern: self.gathered.patterns.number(pattern)?,
            n: u32::try_from(n).ok()?,
            events: u32::try_from(events).ok()?,
        };
        self.gathered.counts.add(cell).ok()?;
        self.part.rows += n;
        Some(())
    }

    /// What is wrong with a malformed value of a use.
    pub fn malformed(&self, at: usize) -> String {
        let covariate = self.columns.covariate_of(at);
        let refusal = match at + 2 {
            outcome if outcome == self.columns.first_covariate() => Refusal::NotAnOutcome,
            _ if covariate.is_some() => Refusal::NotALevel,
            _ => Refusal::NotANumber,
        };
        reason(refusal, covariate)
    }

    /// `n` rows left out at a step; `None` where there is no such step.
    pub fn leave_out(&mut self, step: usize, n: u64) -> Option<()> {
        self.part.rows += n;
        *self.part.left.get_mut(step)? += n;
        Some(())
    }

    pub fn finish(self) -> io::Result<Reading> {
        finish(self.gathered, &[self.part], &self.columns)
    }
}

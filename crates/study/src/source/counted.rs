//! Rows that somebody else has counted: values and counts go the same way as those read from a file.

use super::coder::{Coder, reason};
use super::columns::Columns;
use super::finish::{Part, finish};
use super::read::{Reading, left};
use super::tally::Tally;
use std::io;

/// Why a count was not taken.
pub enum CountedError {
    Level { covariate: usize, reason: String },
    Impossible,
}

/// A cohort that grows by counts.
pub struct Counted {
    columns: Columns,
    tally: Tally,
    coders: Vec<Coder>,
}

impl Counted {
    pub fn new(columns: &Columns) -> Counted {
        Counted {
            tally: Tally::new(columns, usize::MAX),
            coders: columns.covariates.iter().map(|covariate| Coder::covariate(covariate, columns)).collect(),
            columns: columns.clone(),
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
        let mut node = 0;
        for (covariate, (coder, level)) in self.coders.iter_mut().zip(levels).enumerate() {
            let code = match level {
                Some(level) => coder.text(level.as_bytes()),
                None => Ok(coder.absent()),
            };
            let code = code.map_err(|refusal| CountedError::Level {
                covariate,
                reason: reason(refusal, Some(&self.columns.covariates[covariate])),
            })?;
            node = self.tally.patterns.step(covariate, node, code);
        }
        let cluster = self.tally.names.number(cluster.as_bytes()).ok_or(CountedError::Impossible)?;
        self.tally.add_counts(cluster, node, n, events).ok_or(CountedError::Impossible)
    }

    /// `n` rows left out at a step; `None` where there is no such step.
    pub fn leave_out(&mut self, step: usize, n: u64) -> Option<()> {
        self.tally.rows += n;
        *self.tally.left.get_mut(step)? += n;
        Some(())
    }

    pub fn finish(self) -> io::Result<Reading> {
        let parts = vec![Part { tally: self.tally, coders: self.coders }];
        let rows = parts.iter().map(|part| part.tally.rows).sum();
        let left = left(&parts, &self.columns);
        let grouped = finish(parts, &self.columns)?;
        Ok(Reading { grouped, rows, left, spilled_bytes: 0 })
    }
}

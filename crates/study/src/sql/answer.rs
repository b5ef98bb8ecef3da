//! From the rows that the statement gives back to the cohort that reading the file would have given.

use crate::source::{Coding, Columns, Counted, CountedError, Level, Missing, Reading};

/// One row of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub step: i64,
    pub cluster: Option<String>,
    pub levels: Vec<Option<String>>,
    pub n: i64,
    pub events: i64,
}

/// Why there is no cohort.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    #[error("in {rows} rows {column} is missing")]
    Missing { column: String, rows: u64 },
    #[error("{column}: {reason} (in at least {rows} rows)")]
    Malformed { column: String, reason: String, rows: u64 },
    #[error("the database answered with a row that the statement cannot give")]
    Impossible,
    #[error("{0}")]
    Counts(String),
}

/// Takes the answer row by row.
pub struct Answer {
    columns: Columns,
    counted: Counted,
    /// Rows by the use whose value is malformed.
    malformed: Vec<u64>,
}

impl Answer {
    pub fn new(columns: &Columns) -> Answer {
        // Bands come back by their names.
        let mut coded = columns.clone();
        for covariate in &mut coded.covariates {
            if let Coding::Bands(bands) = &covariate.coding {
                covariate.coding =
                    Coding::Levels(bands.iter().map(|band| Level::plain(&band.name)).collect());
            }
        }
        Answer { counted: Counted::new(&coded), malformed: vec![0; coded.uses().len()], columns: coded }
    }

    pub fn row(&mut self, row: &Row) -> Result<(), AnswerError> {
        let n = u64::try_from(row.n).map_err(|_| AnswerError::Impossible)?;
        let events = u64::try_from(row.events).map_err(|_| AnswerError::Impossible)?;
        match row.step {
            ..=-1 => {
                let at = usize::try_from(-(row.step + 1)).map_err(|_| AnswerError::Impossible)?;
                *self.malformed.get_mut(at).ok_or(AnswerError::Impossible)? += n;
                Ok(())
            }
            0 => self.kept(row, n, events),
            step => {
                let at = usize::try_from(step - 1).map_err(|_| AnswerError::Impossible)?;
                self.counted.leave_out(at, n).ok_or(AnswerError::Impossible)
            }
        }
    }

    fn kept(&mut self, row: &Row, n: u64, events: u64) -> Result<(), AnswerError> {
        let cluster = row.cluster.as_deref().ok_or(AnswerError::Impossible)?;
        let levels: Vec<Option<&str>> = row.levels.iter().map(Option::as_deref).collect();
        self.counted.add(cluster, &levels, n, events).map_err(|error| match error {
            CountedError::Level { covariate, reason } => {
                let column = self.columns.covariates[covariate].column.clone();
                AnswerError::Malformed { column, reason, rows: n }
            }
            CountedError::Impossible => AnswerError::Impossible,
        })
    }

    /// The cohort, unless a value was malformed or missing that must not be.
    pub fn finish(self) -> Result<Reading, AnswerError> {
        if let Some((at, &rows)) = self.malformed.iter().enumerate().find(|(_, rows)| **rows > 0) {
            let column = self.columns.uses()[at].to_owned();
            return Err(AnswerError::Malformed { column, reason: self.counted.malformed(at), rows });
        }
        let reading = self.counted.finish().map_err(|error| AnswerError::Counts(error.to_string()))?;
        let policies = [self.columns.missing; 2].into_iter();
        let policies = policies.chain(self.columns.covariates.iter().map(|covariate| covariate.missing));
        let missing = reading.left.iter().filter(|left| left.is_missing).zip(policies);
        for (left, policy) in missing {
            if policy == Missing::Refuse && left.rows > 0 {
                return Err(AnswerError::Missing { column: left.name.clone(), rows: left.rows });
            }
        }
        Ok(reading)
    }
}

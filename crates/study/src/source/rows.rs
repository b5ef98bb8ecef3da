//! Rows that are in memory, such as a record's: judged and grouped like those of a file.

use super::columns::{Columns, Missing};
use super::counted::{Counted, CountedError};
use super::read::Reading;

/// One row; its values are those of [`Columns::covariates`], in their order.
pub struct MemoryRow<'a> {
    pub cluster: &'a str,
    pub has_outcome: bool,
    pub values: Vec<Option<&'a str>>,
}

/// Why there is no cohort.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowsError {
    #[error("{name}: {reason}")]
    Level { name: String, reason: String },
    #[error("{name} is missing in some rows")]
    Missing { name: String },
    #[error("a row has not one value for each covariate")]
    Width,
    #[error("{0}")]
    Counts(String),
}

/// Groups the rows. Conditions are not tested: whoever has the rows has applied eligibility.
pub fn group<'a>(
    columns: &Columns,
    rows: impl IntoIterator<Item = MemoryRow<'a>>,
) -> Result<Reading, RowsError> {
    let mut counted = Counted::new(columns);
    // Steps of covariates stand after conditions, outcome and cluster.
    let first = columns.conditions.len() + 2;
    let name = |at: usize| columns.covariates.get(at).map(|one| one.name.clone()).unwrap_or_default();
    for mut row in rows {
        for (value, covariate) in row.values.iter_mut().zip(&columns.covariates) {
            *value = value.filter(|value| !columns.is_absent(covariate, value));
        }
        let policies = columns.covariates.iter().map(|covariate| covariate.missing);
        let is_out = |(at, (value, policy)): (usize, (&Option<&str>, Missing))| {
            (value.is_none() && policy != Missing::Level).then_some((at, policy))
        };
        match row.values.iter().zip(policies).enumerate().find_map(is_out) {
            Some((at, Missing::Refuse)) => return Err(RowsError::Missing { name: name(at) }),
            Some((at, _)) => counted.leave_out(first + at, 1).ok_or(RowsError::Width)?,
            None => {
                let events = u64::from(row.has_outcome);
                counted.add(row.cluster, &row.values, 1, events).map_err(|error| match error {
                    CountedError::Level { covariate, reason } => {
                        RowsError::Level { name: name(covariate), reason }
                    }
                    CountedError::Impossible => RowsError::Width,
                })?;
            }
        }
    }
    counted.finish().map_err(|error| RowsError::Counts(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::super::columns::Covariate;
    use super::*;

    fn columns(missing: Missing) -> Columns {
        let sex = Covariate { missing, ..Covariate::with_levels("sex", &["male", "female"]) };
        let covariates = vec![sex, Covariate::with_levels("age", &["young", "old"])];
        Columns { outcome: "wrote".into(), cluster: "pcp".into(), covariates, missing, ..Columns::default() }
    }

    fn rows() -> Vec<MemoryRow<'static>> {
        let row =
            |cluster, has_outcome, sex, age| MemoryRow { cluster, has_outcome, values: vec![sex, Some(age)] };
        vec![
            row("b", true, Some("female"), "old"),
            row("a", false, Some("male"), "old"),
            row("b", false, Some("female"), "old"),
            row("a", true, None, "young"),
        ]
    }

    #[test]
    fn rows_are_counted_by_cluster_and_pattern_and_the_incomplete_left_out() {
        let reading = group(&columns(Missing::CompleteCase), rows()).unwrap();
        let grouped = &reading.grouped;
        assert_eq!((reading.rows, grouped.rows(), grouped.events()), (4, 3, 1));
        assert_eq!(grouped.clusters, ["a", "b"]);
        let left: Vec<_> = reading.left.iter().map(|left| (left.name.as_str(), left.rows)).collect();
        assert_eq!(left, [("wrote", 0), ("pcp", 0), ("sex", 1), ("age", 0)]);
    }

    #[test]
    fn a_missing_value_is_a_level_or_refuses_the_rows_and_an_unknown_value_does_too() {
        let reading = group(&columns(Missing::Level), rows()).unwrap();
        assert_eq!(reading.grouped.variables[0].levels, ["male", "female", "missing"]);
        let refused = group(&columns(Missing::Refuse), rows()).unwrap_err();
        assert_eq!(refused.to_string(), "sex is missing in some rows");
        let mut wrong = rows();
        wrong[1].values[1] = Some("ancient");
        let refused = group(&columns(Missing::Level), wrong).unwrap_err();
        assert_eq!(refused.to_string(), "age: the value is none of young, old");
    }
}

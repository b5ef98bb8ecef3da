//! What a protocol reads from a file.

use super::model::{Change, Protocol};
use crate::source::{Columns, Condition, Test};

impl Protocol {
    /// The columns of the main analysis.
    pub fn columns(&self) -> Columns {
        let mut conditions = Vec::new();
        for step in &self.eligibility {
            let Some(column) = &step.column else { continue };
            let mut add = |test| {
                conditions.push(Condition { name: step.name.clone(), column: column.clone(), test });
            };
            step.at_least.into_iter().for_each(|least| add(Test::AtLeast(least)));
            step.at_most.into_iter().for_each(|most| add(Test::AtMost(most)));
            if !step.one_of.is_empty() {
                add(Test::OneOf(step.one_of.clone()));
            }
        }
        Columns {
            outcome: self.outcome.column.clone(),
            cluster: self.cluster.column.clone(),
            covariates: self.covariates.iter().map(|measure| measure.covariate.clone()).collect(),
            conditions,
            missing_values: self.missing.values.clone(),
            missing: self.missing.policy,
        }
    }

    /// The columns of an analysis that reads a covariate from elsewhere; `None` where the change needs no
    /// other columns.
    pub fn columns_with(&self, change: &Change) -> Option<Columns> {
        let Change::Replace { variable, column } = change else { return None };
        let mut columns = self.columns();
        for covariate in columns.covariates.iter_mut().filter(|covariate| covariate.name == *variable) {
            covariate.column.clone_from(column);
        }
        Some(columns)
    }

    /// The places of a covariate's levels in the order of the protocol, where the reference need not come first.
    pub fn order<S: AsRef<str>>(&self, variable: &str, levels: &[S]) -> Vec<usize> {
        let names = self.covariate(variable).map(|it| it.covariate.level_names()).unwrap_or_default();
        let place = |at: &usize| names.iter().position(|name| *name == levels[*at].as_ref());
        let mut order: Vec<usize> = (0..levels.len()).collect();
        order.sort_by_key(|at| place(at).unwrap_or(names.len() + at));
        order
    }
}

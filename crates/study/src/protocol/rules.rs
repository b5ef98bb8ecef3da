//! Rules between settings: names that must be known, columns that must differ.

use super::model::{Cluster, Measure, Outcome, Stage, Time};
use super::section::{At, Section};

/// The covariates and levels that other settings may name.
pub struct Known {
    variables: Vec<(String, Vec<String>)>,
}

impl Known {
    pub fn new(covariates: &[At<Measure>]) -> Known {
        let named = |measure: &At<Measure>| {
            let covariate = &measure.value.covariate;
            let levels = covariate.level_names().into_iter().map(str::to_owned).collect();
            (covariate.name.clone(), levels)
        };
        Known { variables: covariates.iter().map(named).collect() }
    }

    pub fn check_variable(&self, section: &Section<'_, '_, '_>, key: &str, name: &At<String>) {
        if !self.variables.iter().any(|(known, _)| *known == name.value) {
            let names: Vec<&str> = self.variables.iter().map(|(name, _)| name.as_str()).collect();
            let reason = format!("there is no covariate {}; there are {}", name.value, names.join(", "));
            section.problem(name.at, key, reason);
        }
    }

    /// A level of a covariate; where the levels are to be found in the data, any.
    pub fn check_level(&self, section: &Section<'_, '_, '_>, key: &str, variable: &str, level: &At<String>) {
        let Some((_, levels)) = self.variables.iter().find(|(known, _)| known == variable) else { return };
        if !levels.is_empty() && !levels.contains(&level.value) {
            let reason = format!("{variable} has no level {}; it has {}", level.value, levels.join(", "));
            section.problem(level.at, key, reason);
        }
    }
}

/// Names once each; outcome, cluster and covariates in columns of their own.
pub fn columns(top: &Section<'_, '_, '_>, outcome: &Outcome, cluster: &Cluster, covariates: &[At<Measure>]) {
    if outcome.column == cluster.column && !outcome.column.is_empty() {
        top.problem(0, "cluster.column", "is the outcome's column");
    }
    for (at, measure) in covariates.iter().enumerate() {
        let covariate = &measure.value.covariate;
        if covariates[..at].iter().any(|before| before.value.covariate.name == covariate.name) {
            top.problem(measure.at, "covariate.name", format!("{} is there twice", covariate.name));
        }
        if covariate.column == outcome.column {
            top.problem(measure.at, "covariate.column", "is the outcome's column");
        }
        if covariate.column == cluster.column {
            top.problem(measure.at, "covariate.column", "is the cluster's column");
        }
    }
}

/// No covariate is a stage or a time: its levels beside the steps would tell of people who took one without another.
pub fn steps(top: &Section<'_, '_, '_>, stages: &[Stage], times: &[Time], covariates: &[At<Measure>]) {
    for measure in covariates {
        let is_own = |column: &String| *column == measure.value.covariate.column;
        if stages.iter().any(|stage| is_own(&stage.column)) {
            top.problem(measure.at, "covariate.column", "is a stage's column");
        }
        if times.iter().any(|time| is_own(&time.column) || is_own(&time.happened)) {
            top.problem(measure.at, "covariate.column", "is a time's column");
        }
    }
}

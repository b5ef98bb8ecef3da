//! Rules between settings: names that must be known, columns that must differ.

use super::model::{Cluster, Measure, Outcome, Stage, Time};
use super::section::{At, Section};

/// The covariates and levels that other settings may name.
pub struct Known {
    variables: Vec<(String, Vec<String>)>,
    /// Of each covariate the reference, where it is known before data are read.
    references: Vec<Option<String>>,
}

impl Known {
    pub fn new(covariates: &[At<Measure>]) -> Known {
        let named = |measure: &At<Measure>| {
            let covariate = &measure.value.covariate;
            let levels = covariate.level_names().into_iter().map(str::to_owned).collect();
            (covariate.name.clone(), levels)
        };
        let reference = |measure: &At<Measure>| {
            let covariate = &measure.value.covariate;
            covariate.reference.clone().or_else(|| covariate.ordered_levels().into_iter().next())
        };
        Known {
            variables: covariates.iter().map(named).collect(),
            references: covariates.iter().map(reference).collect(),
        }
    }

    /// A published odds ratio stands beside our own only where both compare the same two levels.
    pub fn check_contrast(
        &self,
        section: &Section<'_, '_, '_>,
        variable: &str,
        level: &At<String>,
        reference: Option<&At<String>>,
    ) {
        let place = self.variables.iter().position(|(known, _)| known == variable);
        let Some(own) = place.and_then(|at| self.references[at].as_ref()) else { return };
        if *own == level.value {
            let reason = format!("{own} is the reference of {variable}; it has no odds ratio");
            section.problem(level.at, "level", reason);
        } else if let Some(reference) = reference.filter(|reference| reference.value != *own) {
            let reason =
                format!("the reference of {variable} is {own}; its odds ratios cannot stand beside this one");
            section.problem(reference.at, "reference", reason);
        }
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

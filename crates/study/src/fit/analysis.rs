//! From a grouped cohort to a fitted study.

use super::counted::Counted;
use super::crude::{self, Table};
use super::dense::Square;
use super::design::{At, Design, Model};
use super::logistic::{Estimate, maximise};
use super::result::*;
use super::separation::{self, Limit, Separation};
use super::tests_of_variables::Reached;
use super::warning::{FitError, Named, Warning};
use super::{adjusted, balance, calibration::Ranking, firth, gee, robust, tests_of_variables, wald};
use crate::grouped::Grouped;

/// Below so many clusters intervals with t(G-1) stand beside the normal ones.
const FEW_CLUSTERS: usize = 50;

/// What to fit beside the main effects of all covariates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Products of two covariates, by name.
    pub interactions: Vec<[String; 2]>,
    pub gee: bool,
    /// Firth's penalised likelihood; separated data get it unasked.
    pub firth: bool,
}

/// Fits the study: maximum likelihood with model-based and cluster-robust errors, and what `plan` asks.
pub fn analyse(grouped: &Grouped, plan: &Plan) -> Result<Fit, FitError> {
    let clusters = check(grouped)?;
    let model = model(grouped, plan)?;
    let counted = Counted::of(grouped);
    let design = Design::of(&counted, &model);
    let main = Main::fit(&counted, &design, clusters)?;
    let mut warnings = design.warnings.clone();
    warnings.extend(main.warnings(grouped, &design, clusters));
    let firth = (plan.firth || main.separation.is_some()).then(|| firth::penalised(&design.problem));
    let gee = match (&main.separation, plan.gee) {
        (_, false) => None,
        (Some(_), true) => Some(None),
        (None, true) => Some(gee::exchangeable(&counted, &design.problem, &main.estimate_beta())),
    };
    warnings.extend(no_answer("Firth's penalised likelihood", &firth));
    warnings.extend(no_answer("GEE", &gee));
    let tables = Tables::of(&counted);
    Ok(Fit {
        outcome: grouped.outcome.clone(),
        cluster: grouped.cluster_name.clone(),
        n: grouped.rows(),
        events: grouped.events(),
        clusters,
        patterns: design.problem.taking_part().count(),
        converged: main.separation.is_none(),
        iterations: main.limit.estimate.as_ref().map_or(0, |estimate| estimate.iterations),
        log_likelihood: main.limit.log_likelihood(),
        intercept: main.coefficients[0],
        terms: terms(&counted, &design, &tables, &main.coefficients),
        tests: tests_of_variables::tests(&counted, &model, &design, &main.reached(clusters))?,
        separation: main.separated(grouped, &design),
        firth: firth.flatten().map(|found| named_firth(grouped, &design, found)),
        gee: gee.flatten().map(|found| named_gee(grouped, &design, found)),
        characteristics: tables.characteristics(grouped),
        prediction: main.prediction(grouped, &design, &model),
        warnings,
    })
}

fn no_answer<T>(method: &'static str, asked: &Option<Option<T>>) -> Option<Warning> {
    matches!(asked, Some(None)).then_some(Warning::NoAnswer { method })
}

/// Refuses what no model can be fitted to; answers how many clusters have people.
fn check(grouped: &Grouped) -> Result<usize, FitError> {
    let (n, events) = (grouped.rows(), grouped.events());
    let Some(cell) = grouped.cells.first() else { return Err(FitError::Empty) };
    let clusters = grouped.cells.chunk_by(|a, b| a.cluster == b.cluster).count();
    match (events, clusters) {
        (0, _) => Err(FitError::NoEvents { n }),
        (events, _) if events == n => Err(FitError::OnlyEvents { n }),
        (_, 1) => Err(FitError::OneCluster { name: grouped.clusters[cell.cluster as usize].clone() }),
        _ => Ok(clusters),
    }
}

fn model(grouped: &Grouped, plan: &Plan) -> Result<Model, FitError> {
    let place = |name: &String| {
        let found = grouped.variables.iter().position(|variable| variable.name == *name);
        found.ok_or_else(|| FitError::UnknownVariable { name: name.clone() })
    };
    let pair = |[a, b]: &[String; 2]| Ok([place(a)?, place(b)?]);
    let interactions = plan.interactions.iter().map(pair).collect::<Result<_, FitError>>()?;
    Ok(Model { variables: (0..grouped.variables.len()).collect(), interactions })
}

/// The maximum likelihood fit, or its limit under separation.
struct Main {
    separation: Option<Separation>,
    limit: Limit,
    robust: Square,
    /// One per column of the design.
    coefficients: Vec<Option<Coefficient>>,
}

impl Main {
    fn fit(counted: &Counted<'_>, design: &Design, clusters: usize) -> Result<Self, FitError> {
        let separation = separation::find(&design.problem);
        let limit = match &separation {
            Some(found) => separation::limit(&design.problem, found).ok_or(FitError::NoMaximum)?,
            None => Limit {
                columns: (0..design.columns.len()).collect(),
                problem: design.problem.clone(),
                estimate: Some(maximise(&design.problem).ok_or(FitError::NoMaximum)?),
            },
        };
        let mut coefficients = vec![None; design.columns.len()];
        let mut robust = Square::zeros(limit.columns.len());
        if let Some(estimate) = &limit.estimate {
            robust = robust::covariance(counted, &limit.problem, estimate, clusters);
            let t = student(clusters);
            for (place, &column) in limit.columns.iter().enumerate() {
                coefficients[column] = Some(coefficient(estimate, &robust, place, t));
            }
        }
        for &column in separation.iter().flat_map(|found| &found.undetermined) {
            coefficients[column] = None;
        }
        Ok(Self { separation, limit, robust, coefficients })
    }

    fn estimate_beta(&self) -> Vec<f64> {
        self.limit.estimate.as_ref().map(|estimate| estimate.beta.clone()).unwrap_or_default()
    }

    fn reached(&self, clusters: usize) -> Reached<'_> {
        Reached {
            limit: &self.limit,
            robust: &self.robust,
            undetermined: self.separation.as_ref().map_or(&[], |found| &found.undetermined),
            clusters,
            are_few: clusters < FEW_CLUSTERS,
        }
    }

    fn warnings(&self, grouped: &Grouped, design: &Design, clusters: usize) -> Vec<Warning> {
        let mut warnings = vec![];
        if let Some(found) = &self.separation {
            let columns = separated_levels(grouped, design, found);
            warnings.push(Warning::Separated { complete: found.is_complete(), columns });
        }
        if clusters < FEW_CLUSTERS {
            warnings.push(Warning::FewClusters { clusters });
        }
        if design.columns.len() > clusters {
            warnings.push(Warning::MoreTermsThanClusters { terms: design.columns.len(), clusters });
        }
        warnings
    }

    fn separated(&self, grouped: &Grouped, design: &Design) -> Option<Separated> {
        let found = self.separation.as_ref()?;
        let column = |&(column, sign): &(usize, f64)| {
            let (variable, level) = design.name(grouped, column);
            SeparatedColumn { variable, level, sign: sign as i8 }
        };
        let columns = found.culprits.iter().map(column).collect();
        Some(Separated { complete: found.is_complete(), columns })
    }

    fn prediction(&self, grouped: &Grouped, design: &Design, model: &Model) -> Option<Prediction> {
        let estimate = self.limit.estimate.as_ref().filter(|_| self.separation.is_none())?;
        let ranking = Ranking::of(&design.problem, &estimate.chances);
        let of = |&variable: &usize| {
            adjusted::probabilities(grouped, design, &estimate.beta, &self.robust, variable)
        };
        Some(Prediction {
            c_statistic: ranking.c_statistic(),
            calibration: ranking.tenths(),
            adjusted: model.variables.iter().flat_map(of).collect(),
        })
    }
}

/// The levels that predict. Where the intercept runs off with all levels of a variable, it is the
/// reference that does.
fn separated_levels(grouped: &Grouped, design: &Design, found: &Separation) -> Vec<Named> {
    let columns: Vec<usize> = found.culprits.iter().map(|&(column, _)| column).collect();
    let mut levels = vec![];
    if columns.contains(&0) {
        for (variable, named) in grouped.variables.iter().enumerate() {
            let is_own =
                |column: &usize| matches!(design.columns[*column].as_slice(), &[(of, _)] if of == variable);
            let mut own = (0..design.columns.len()).filter(is_own).peekable();
            if own.peek().is_some() && own.all(|column| columns.contains(&column)) {
                let reference = usize::from(design.references[variable]);
                levels.push((named.name.clone(), named.levels[reference].clone()));
            }
        }
    }
    levels.extend(columns.iter().filter(|column| **column > 0).map(|&column| design.name(grouped, column)));
    levels
}

/// t(G-1), where there are few clusters.
fn student(clusters: usize) -> Option<StudentT> {
    let degrees = clusters - 1;
    let quantile = (clusters < FEW_CLUSTERS).then(|| wald::t_97_5(degrees)).flatten()?;
    Some(StudentT { degrees, quantile })
}

fn coefficient(estimate: &Estimate, robust: &Square, place: usize, t: Option<StudentT>) -> Coefficient {
    Coefficient {
        log_or: estimate.beta[place],
        se_model: estimate.covariance.at(place, place).sqrt(),
        se_cluster: robust.at(place, place).sqrt(),
        t,
    }
}

/// Each variable's own table.
struct Tables(Vec<Table>);

impl Tables {
    fn of(counted: &Counted<'_>) -> Self {
        Self((0..counted.grouped.variables.len()).map(|variable| Table::of(counted, variable)).collect())
    }

    fn characteristics(&self, grouped: &Grouped) -> Vec<Characteristic> {
        let of = self.0.iter().enumerate();
        of.map(|(variable, table)| balance::characteristic(grouped, table, variable)).collect()
    }
}

/// People and events with all these levels.
fn count(counted: &Counted<'_>, at: &[At]) -> (u64, u64) {
    let has = |pattern: &[u16]| at.iter().all(|&(variable, level)| pattern[variable] == level);
    let with = counted.patterns().filter(|(pattern, _)| has(pattern));
    let (n, events) = with.fold((0.0, 0.0), |sum, (_, (n, events))| (sum.0 + n, sum.1 + events));
    (n as u64, events as u64)
}

fn terms(
    counted: &Counted<'_>,
    design: &Design,
    tables: &Tables,
    coefficients: &[Option<Coefficient>],
) -> Vec<Term> {
    let grouped = counted.grouped;
    let crude_of = |(variable, table): (usize, &Table)| {
        crude::crude(counted, table, variable, usize::from(design.references[variable]))
    };
    let crude: Vec<Vec<Option<Crude>>> = tables.0.iter().enumerate().map(crude_of).collect();
    let term = |column: usize| {
        let at = &design.columns[column];
        let (variable, level) = design.name(grouped, column);
        let reference: Vec<At> = at.iter().map(|&(of, _)| (of, design.references[of])).collect();
        let names: Vec<&str> = reference
            .iter()
            .map(|&(of, level)| grouped.variables[of].levels[usize::from(level)].as_str())
            .collect();
        let (n, events) = count(counted, at);
        let (reference_n, reference_events) = count(counted, &reference);
        let own = match at.as_slice() {
            &[(of, level)] => crude[of][usize::from(level)],
            _ => None,
        };
        Term {
            variable,
            level,
            reference: names.join(":"),
            n,
            events,
            reference_n,
            reference_events,
            crude: own,
            adjusted: coefficients[column],
        }
    };
    (1..design.columns.len()).map(term).collect()
}

fn named_terms(
    grouped: &Grouped,
    design: &Design,
    beta: &[f64],
    covariance: &Square,
) -> (Estimated, Vec<NamedEstimate>) {
    let estimate =
        |column: usize| Estimated { log_or: beta[column], se: covariance.at(column, column).sqrt() };
    let named = |column: usize| {
        let (variable, level) = design.name(grouped, column);
        NamedEstimate { variable, level, estimate: estimate(column) }
    };
    (estimate(0), (1..design.columns.len()).map(named).collect())
}

fn named_firth(grouped: &Grouped, design: &Design, found: firth::Penalised) -> Firth {
    let (intercept, terms) = named_terms(grouped, design, &found.beta, &found.covariance);
    Firth { intercept, terms, log_likelihood: found.log_likelihood, iterations: found.iterations }
}

fn named_gee(grouped: &Grouped, design: &Design, found: gee::Exchangeable) -> Gee {
    let (intercept, terms) = named_terms(grouped, design, &found.beta, &found.covariance);
    Gee { intercept, terms, alpha: found.alpha, scale: found.scale, iterations: found.iterations }
}

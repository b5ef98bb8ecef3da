//! The main model once more with something changed.

use super::digits::Digits;
use super::disclose::Shown;
use super::model::{Analysis, Ratio, Row};
use crate::disclosure::Limit;
use crate::fit::{Coefficient, Fit, Plan, analyse};
use crate::grouped::Grouped;
use crate::protocol::{Change, Protocol, Sensitivity};
use crate::source::MISSING_LEVEL;

/// One analysis; `other` is the cohort with the other column, where the change needs one.
pub fn analysis(
    protocol: &Protocol,
    sensitivity: &Sensitivity,
    cohort: &Grouped,
    other: Option<&Result<Grouped, String>>,
    limit: Option<Limit>,
) -> Analysis {
    let mut analysis = Analysis {
        name: sensitivity.name.clone(),
        change: words(protocol, &sensitivity.change),
        n: None,
        reason: None,
        rows: Vec::new(),
        warnings: Vec::new(),
    };
    let changed = match (&sensitivity.change, other) {
        (Change::Replace { .. }, Some(Ok(other))) => Ok(other.clone()),
        (Change::Replace { .. }, Some(Err(reason))) => Err(reason.clone()),
        (Change::Replace { column, .. }, None) => {
            Err(format!("counts hold no column {column}; it needs the rows"))
        }
        (change, _) => Ok(change_cohort(change, cohort)),
    };
    let plan = Plan { interactions: interactions(protocol, &sensitivity.change), gee: false, firth: false };
    match changed.and_then(|cohort| analyse(&cohort, &plan).map_err(|error| error.to_string())) {
        Ok(fit) => fill(&mut analysis, protocol, &fit, limit),
        Err(reason) => analysis.reason = Some(reason),
    }
    analysis
}

fn change_cohort(change: &Change, cohort: &Grouped) -> Grouped {
    let place = |name: &String| cohort.variables.iter().position(|variable| variable.name == *name);
    match change {
        Change::Replace { .. } => cohort.clone(),
        Change::Without(variable) => place(variable).map_or_else(|| cohort.clone(), |at| cohort.without(at)),
        Change::Only { variable, levels } => match place(variable) {
            Some(at) => cohort.only(|pattern| {
                cohort.variables[at]
                    .levels
                    .get(usize::from(pattern[at]))
                    .is_some_and(|level| levels.contains(level))
            }),
            None => cohort.clone(),
        },
        Change::CompleteCases => cohort.only(|pattern| {
            pattern.iter().zip(&cohort.variables).all(|(level, variable)| {
                variable.levels.get(usize::from(*level)).is_none_or(|level| level != MISSING_LEVEL)
            })
        }),
    }
}

fn interactions(protocol: &Protocol, change: &Change) -> Vec<[String; 2]> {
    let is_out = |name: &String| matches!(change, Change::Without(variable) if variable == name);
    let pairs = protocol.interactions.iter().filter(|(first, second)| !is_out(first) && !is_out(second));
    pairs.map(|(first, second)| [first.clone(), second.clone()]).collect()
}

fn fill(analysis: &mut Analysis, protocol: &Protocol, fit: &Fit, limit: Option<Limit>) {
    let digits = if limit.is_some() { Digits::Three } else { Digits::All };
    let shown = Shown::decide(fit, limit, None);
    analysis.n = shown.total.then(|| digits.count(fit.n));
    analysis.warnings = fit.warnings.iter().map(ToString::to_string).collect();
    for term in &fit.terms {
        let is_shown = is_level_shown(fit, &shown, &term.variable, &term.level);
        let adjusted = term.adjusted.map(|coefficient| ratio(&coefficient, is_shown, digits));
        let label = protocol.covariate(&term.variable).map(|measure| measure.label.clone());
        let variable = term.variable.clone();
        analysis.rows.push(Row {
            label: label.unwrap_or_else(|| variable.clone()),
            variable,
            level: term.level.clone(),
            adjusted,
        });
    }
}

/// Whether a level's counts are shown; those of a product are not.
pub fn is_level_shown(fit: &Fit, shown: &Shown, variable: &str, level: &str) -> bool {
    let at = fit.characteristics.iter().position(|it| it.variable == variable);
    at.is_some_and(|at| {
        let place = fit.characteristics[at].levels.iter().position(|it| it.level == level);
        place.is_some_and(|place| shown.level(at, place))
    })
}

/// An odds ratio; of a level whose counts are withheld the interval is too, since it tells of them.
pub fn ratio(coefficient: &Coefficient, is_shown: bool, digits: Digits) -> Ratio {
    Ratio {
        value: digits.figure(coefficient.odds_ratio()),
        interval: is_shown.then(|| digits.interval(coefficient.ci())),
    }
}

fn words(protocol: &Protocol, change: &Change) -> String {
    let label =
        |name: &String| protocol.covariate(name).map_or(name.clone(), |measure| measure.label.clone());
    match change {
        Change::Replace { variable, column } => format!("{} read from the column {column}", label(variable)),
        Change::Without(variable) => format!("without: {}", label(variable)),
        Change::Only { variable, levels } => format!("only {}: {}", label(variable), levels.join(", ")),
        Change::CompleteCases => "only people of whom nothing is missing".to_owned(),
    }
}

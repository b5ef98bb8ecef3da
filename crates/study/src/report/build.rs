//! From a cohort and its protocol to a report.

mod interactions;
mod published;

use super::attrition;
use super::checklist;
use super::digits::Digits;
use super::disclose::{Months, Shown};
use super::methods;
use super::model::{Decile, Level, Ratio, Report, RobustTest, Test, Variable};
use super::products;
use super::sensitivity::{Main, ratio};
use super::steps;
use super::tenths;
use crate::disclosure::Limit;
use crate::fit::{Characteristic, Estimated, Fit, FitError, NamedEstimate, Plan, Term, Warning, analyse};
use crate::grouped::Grouped;
use crate::grouped_file::GroupedFile;
use crate::protocol::{Protocol, sensitivity_name};
use crate::source::Columns;
use std::num::NonZeroU32;

/// The upper 2.5 % of the normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;

/// Where the numbers come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Name and version.
    pub program: String,
    pub data: String,
    pub data_date: Option<String>,
    pub exact_counts: bool,
    /// The most rows that one person has, where it is known to be more than one: a count of so many rows may be
    /// one person, so the limit for counts of rows is so many times the limit for people.
    pub rows_per_person: Option<NonZeroU32>,
    /// Whether the source applied eligibility itself, as a record does.
    pub selects: bool,
    /// What stands at the head of the attrition; rows read where it is empty.
    pub counted: String,
    /// What a reader must know of the data, before what the fit warns of.
    pub notes: Vec<String>,
}

impl Provenance {
    /// The limit for counts of rows; `None` where exact counts are shown.
    fn limit(&self, protocol: &Protocol) -> Option<Limit> {
        let rows = self.rows_per_person.map_or(1, |rows| u64::from(rows.get()));
        (!self.exact_counts).then(|| Limit(u64::from(protocol.minimum_cell) * rows))
    }
}

/// What a report is made of.
pub struct Material<'a> {
    pub protocol: &'a Protocol,
    pub file: &'a GroupedFile,
    /// Of each of the protocol's readings: the cohort with its columns, or why there is none.
    pub others: &'a [(String, Result<Grouped, String>)],
    pub provenance: &'a Provenance,
}

/// What a report reads beside the main analysis (covariates from other columns, stages, times), as `read` gives it.
/// Where it cannot, that is no reason to refuse the report: it says so.
pub fn others(
    protocol: &Protocol,
    read: impl Fn(&Columns) -> Result<Grouped, String>,
) -> Vec<(String, Result<Grouped, String>)> {
    protocol.readings().into_iter().map(|(name, columns)| (name, read(&columns))).collect()
}

/// Fits the study and everything around it.
pub fn build(material: &Material<'_>) -> Result<Report, FitError> {
    let Material { protocol, file, others, provenance } = material;
    let limit = provenance.limit(protocol);
    let interactions = protocol.interactions.iter().map(|(one, two)| [one.clone(), two.clone()]).collect();
    let fit = analyse(&file.grouped, &Plan { interactions, gee: true, firth: false })
        .map_err(|error| refusal(error, limit))?;
    let writer = Writer {
        protocol,
        fit: &fit,
        cohort: &file.grouped,
        shown: Shown::decide(protocol, (&fit, &file.grouped), limit, months(protocol, &fit)),
        limit,
        digits: if limit.is_some() { Digits::Three } else { Digits::All },
    };
    let main = Main { protocol, cohort: &file.grouped, fit: &fit, shown: &writer.shown, limit };
    let analyses = protocol.sensitivity.iter().enumerate().map(|(at, it)| {
        let other = others.iter().find(|(name, _)| *name == sensitivity_name(at)).map(|(_, other)| other);
        main.analysis(it, other)
    });
    let steps = steps::Steps { protocol, others, beside: &writer.shown, limit };
    let mut report = writer.report(material, limit);
    report.sensitivity = analyses.collect();
    report.stages = steps.stages();
    report.times = steps.times();
    report.methods = methods::paragraphs(protocol, &report);
    report.checklist = checklist::items(protocol, &report);
    Ok(report)
}

/// How many had no outcome, or all, is no small count.
fn refusal(error: FitError, limit: Option<Limit>) -> FitError {
    let is_small = |n: u64| limit.is_some_and(|limit| limit.is_small(n));
    match error {
        FitError::NoEvents { n } | FitError::OnlyEvents { n } if is_small(n) => FitError::TooFew,
        error => error,
    }
}

struct Writer<'a> {
    protocol: &'a Protocol,
    fit: &'a Fit,
    cohort: &'a Grouped,
    shown: Shown,
    limit: Option<Limit>,
    digits: Digits,
}

/// The covariate that is a calendar month: there a person has no two rows of one level.
fn months(protocol: &Protocol, fit: &Fit) -> Option<Months> {
    let is_month = |name: &str| {
        protocol.covariate(name).is_some_and(|measure| measure.measure.as_deref() == Some("month"))
    };
    let at = fit.characteristics.iter().position(|it| is_month(&it.variable))?;
    Some(Months { at, limit: Limit(u64::from(protocol.minimum_cell)) })
}

impl Writer<'_> {
    fn report(&self, material: &Material<'_>, limit: Option<Limit>) -> Report {
        let Material { protocol, file, provenance, .. } = material;
        let (fit, digits) = (self.fit, self.digits);
        let total = self.shown.total;
        Report {
            title: protocol.title.clone(),
            question: protocol.question.clone(),
            design: protocol.design.name(),
            protocol: protocol.name.clone(),
            protocol_hash: protocol.hash(),
            program: provenance.program.clone(),
            data: provenance.data.clone(),
            data_date: provenance.data_date.clone(),
            sites: file.sites.clone(),
            minimum_cell: limit.map(|_| protocol.minimum_cell),
            unit: protocol.unit.clone(),
            outcome: protocol.outcome.label.clone(),
            cluster: protocol.cluster.label.clone(),
            n: total.then(|| digits.count(fit.n)),
            events: total.then(|| digits.count(fit.events)),
            percent: percent(digits, fit.events, fit.n).filter(|_| total),
            clusters: fit.clusters,
            attrition: attrition::steps((first_step(provenance), file.rows), &file.left, limit, digits),
            untested: untested(protocol, provenance),
            variables: self.variables(),
            interactions: self.interactions(),
            published: self.published(),
            c_statistic: self.model(fit.prediction.as_ref()).map(|it| digits.figure(it.c_statistic)),
            calibration: self.calibration(),
            gee_correlation: self.model(fit.gee.as_ref()).map(|gee| digits.figure(gee.alpha)),
            sensitivity: Vec::new(),
            stages: None,
            times: Vec::new(),
            months: months(protocol, fit).map(|months| months.at),
            warnings: self.warnings(provenance),
            methods: Vec::new(),
            checklist: Vec::new(),
        }
    }

    /// A figure of the whole model, where such are shown.
    fn model<T>(&self, figure: Option<T>) -> Option<T> {
        figure.filter(|_| self.shown.model())
    }

    fn variables(&self) -> Vec<Variable> {
        self.fit.characteristics.iter().map(|it| self.variable(it)).collect()
    }

    fn variable(&self, characteristic: &Characteristic) -> Variable {
        let name = &characteristic.variable;
        let measure = self.protocol.covariate(name);
        let is_whole = self.shown.variable(name);
        let (test, robust_test) = self.tests(name, is_whole);
        let levels: Vec<&str> = characteristic.levels.iter().map(|it| it.level.as_str()).collect();
        let places = self.protocol.order(name, &levels);
        Variable {
            name: name.clone(),
            label: measure.map_or_else(|| name.clone(), |measure| measure.label.clone()),
            difference: characteristic.difference.filter(|_| is_whole).map(|it| self.digits.figure(it)),
            test,
            robust_test,
            at: products::at(self.protocol, self.fit, name),
            levels: places.into_iter().map(|place| self.level(place, characteristic)).collect(),
        }
    }

    /// The tests of a variable or an interaction, where they may be shown.
    fn tests(&self, name: &str, is_shown: bool) -> (Option<Test>, Option<RobustTest>) {
        let test = self.fit.tests.iter().find(|test| test.variable == name);
        let tested = self.model(test).filter(|_| is_shown);
        let robust = tested.and_then(|test| test.robust).map(|robust| RobustTest {
            statistic: self.digits.figure(robust.statistic),
            degrees: robust.degrees,
            within: robust.within,
            p: self.chance(robust.p),
        });
        let by_likelihood = tested.map(|test| Test {
            chi_squared: self.digits.figure(test.statistic),
            degrees: test.degrees,
            p: self.chance(test.p),
        });
        (by_likelihood, robust)
    }

    fn level(&self, place: usize, characteristic: &Characteristic) -> Level {
        let (fit, digits) = (self.fit, self.digits);
        let counts = &characteristic.levels[place];
        let (variable, level) = (&characteristic.variable, &counts.level);
        let is_shown = self.shown.level(variable, level);
        let of_variable = || fit.terms.iter().filter(|term| term.variable == *variable);
        let term = of_variable().find(|term| term.level == *level);
        let others = (fit.n - fit.events, counts.n - counts.events);
        let told = Level {
            level: level.clone(),
            is_reference: of_variable().any(|term| term.reference == *level),
            n: is_shown.then(|| digits.count(counts.n)),
            events: is_shown.then(|| digits.count(counts.events)),
            percent: percent(digits, counts.events, counts.n).filter(|_| is_shown),
            share_with: percent(digits, counts.events, fit.events).filter(|_| is_shown),
            share_without: percent(digits, others.1, others.0).filter(|_| is_shown),
            crude: term.and_then(|term| self.crude(term)),
            ..Level::default()
        };
        let is_compared = self.shown.model() && is_shown && term.is_none_or(|term| self.shown.pair(term));
        if is_compared { self.compared(told, variable, term) } else { told }
    }

    /// A level with the model's figures.
    fn compared(&self, told: Level, variable: &str, term: Option<&Term>) -> Level {
        let (fit, digits) = (self.fit, self.digits);
        let adjusted = term.and_then(|term| term.adjusted);
        let named = |rows: &[NamedEstimate]| {
            let row = rows.iter().find(|row| row.variable == *variable && row.level == told.level);
            row.map(|row| self.estimate(row.estimate))
        };
        let probability = fit.prediction.as_ref().and_then(|prediction| {
            let mut rows = prediction.adjusted.iter();
            let row = rows.find(|row| row.variable == *variable && row.level == told.level)?;
            let (value, half) = (row.probability, NORMAL * row.se);
            let interval = [(value - half).max(0.0), (value + half).min(1.0)];
            Some(Ratio { value: digits.figure(value), interval: Some(digits.interval(interval)) })
        });
        Level {
            adjusted: adjusted.map(|coefficient| ratio(&coefficient, digits)),
            model_interval: adjusted.map(|coefficient| digits.interval(coefficient.ci_model())),
            t_interval: adjusted.and_then(|coefficient| coefficient.ci_t()).map(|it| digits.interval(it)),
            p: adjusted.and_then(|it| it.p()).map(|it| self.chance(it)),
            gee: fit.gee.as_ref().and_then(|gee| named(&gee.terms)),
            firth: fit.firth.as_ref().and_then(|firth| named(&firth.terms)),
            probability,
            ..told
        }
    }

    /// A chance of error; in the published grade no finer than a millionth.
    fn chance(&self, p: f64) -> f64 {
        let is_fine = self.digits == Digits::All || p >= 1e-3;
        if is_fine { self.digits.figure(p) } else { (p * 1e6).round() / 1e6 }
    }

    fn estimate(&self, estimate: Estimated) -> Ratio {
        let half = NORMAL * estimate.se;
        let interval = [(estimate.log_or - half).exp(), (estimate.log_or + half).exp()];
        Ratio {
            value: self.digits.figure(estimate.log_or.exp()),
            interval: Some(self.digits.interval(interval)),
        }
    }

    fn crude(&self, term: &Term) -> Option<Ratio> {
        let crude = term.crude.filter(|_| self.shown.pair(term))?;
        Some(self.estimate(Estimated { log_or: crude.log_or, se: crude.se_cluster }))
    }

    fn calibration(&self) -> Vec<Decile> {
        let Some(prediction) = &self.fit.prediction else { return Vec::new() };
        let groups = tenths::joined(&prediction.calibration, self.cohort, &self.shown, self.limit);
        groups
            .iter()
            .map(|group| Decile {
                n: Some(self.digits.count(group.n)),
                observed: percent(self.digits, group.events, group.n),
                expected: Some(self.digits.figure(100.0 * group.expected / group.n as f64)),
            })
            .collect()
    }

    /// What a reader must know. Levels without people are told together.
    fn warnings(&self, provenance: &Provenance) -> Vec<String> {
        let mut told = provenance.notes.clone();
        let mut absent: Vec<(&str, Vec<&str>)> = Vec::new();
        for warning in &self.fit.warnings {
            let Some(words) = self.shown.words(warning) else { continue };
            let Warning::LevelWithoutPeople { variable, level } = warning else {
                told.push(words);
                continue;
            };
            match absent.iter_mut().find(|(known, _)| known == variable) {
                Some((_, levels)) => levels.push(level),
                None => absent.push((variable, vec![level])),
            }
        }
        told.extend(absent.into_iter().map(|(variable, levels)| {
            let label = self.protocol.covariate(variable).map_or(variable, |measure| &measure.label);
            format!("{label}: nobody has the levels {}; they are not in the model", levels.join(", "))
        }));
        told.extend(self.shown.withheld.iter().map(|variable| {
            let label = self.protocol.covariate(variable).map_or(variable, |measure| &measure.label);
            format!("{label}: withheld, since few people would follow from it and from a characteristic made of the same")
        }));
        told.extend((!self.shown.model()).then(|| NO_MODEL.to_owned()));
        told
    }
}

const NO_MODEL: &str = "The model has so few patterns of covariates, some of them with few people, that counts would \
    follow from its figures; they are withheld.";

fn first_step(provenance: &Provenance) -> &str {
    if provenance.counted.is_empty() { "rows read" } else { &provenance.counted }
}

/// Steps that name no column are for whoever makes the data.
fn untested(protocol: &Protocol, provenance: &Provenance) -> Vec<String> {
    let steps = protocol.eligibility.iter().filter(|step| step.column.is_none() && !provenance.selects);
    steps.map(|step| step.name.clone()).collect()
}

/// `None` of nobody.
fn percent(digits: Digits, part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| digits.figure(100.0 * part as f64 / whole as f64))
}

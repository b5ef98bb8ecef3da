//! The methods paragraphs, each sentence from the protocol where the report holds what it tells of, and from the report
//! where the data decided.

use super::model::{Analysis, Paragraph, Report, Variable};
use crate::protocol::{Measure, Protocol};
use crate::source::{Coding, Missing};

/// Design and participants; measures; analysis; disclosure.
pub fn paragraphs(protocol: &Protocol, report: &Report) -> Vec<Paragraph> {
    let of = |about, sentences: Vec<String>| Paragraph { about, text: sentences.join(" ") };
    vec![
        of("Design and participants", design(protocol, report)),
        of("Covariates", measures(protocol, report)),
        of("Analysis", analysis(protocol, report)),
        of("Software and disclosure", software(report)),
    ]
}

fn design(protocol: &Protocol, report: &Report) -> Vec<String> {
    let mut told = vec![format!("This is a {} study of {}.", report.design, protocol.unit)];
    if let Some(source) = &protocol.repeats {
        told.push(format!("It repeats on our own data what was published as: {}", sentence(source)));
    }
    told.extend(protocol.setting.as_deref().map(sentence));
    if let Some(window) = &protocol.window {
        let (from, to) = (&window.from, &window.to);
        told.push(format!("The study window ran from {from} to {to}, both days included."));
    }
    told.extend(eligibility(protocol, report));
    told.push(format!("The outcome was defined beforehand: {}", sentence(&protocol.outcome.definition)));
    told
}

/// Who was eligible, and what of it nobody tested who tells of it.
pub fn eligibility(protocol: &Protocol, report: &Report) -> Vec<String> {
    let names = protocol.eligibility.iter().map(|step| step.name.as_str());
    let tested: Vec<&str> = names.filter(|name| !report.untested.iter().any(|it| it == name)).collect();
    let mut told = Vec::new();
    if !tested.is_empty() {
        told.push(format!("Eligible were {}: {}.", protocol.unit, tested.join("; ")));
    }
    if !report.untested.is_empty() {
        told.push(format!(
            "The protocol asks for: {}; it names no column for this, so that it was for whoever made the data to apply, and \
             was not tested here.",
            report.untested.join("; ")
        ));
    }
    told
}

fn measures(protocol: &Protocol, report: &Report) -> Vec<String> {
    let mut told = Vec::new();
    for measure in &protocol.covariates {
        let own = report.variables.iter().find(|variable| variable.name == measure.covariate.name);
        told.push(format!("{} ({}).", measure.label, levels(measure, own)));
        told.extend(Some(&measure.definition).filter(|it| !it.is_empty()).map(|it| sentence(it)));
    }
    told.extend(protocol.index_date.as_ref().map(|date| format!("Age was taken on {date}.")));
    told.extend(missing(protocol));
    told
}

/// The levels, and the reference that the fit had.
fn levels(measure: &Measure, own: Option<&Variable>) -> String {
    let covariate = &measure.covariate;
    let names = match &covariate.coding {
        Coding::Found => "levels as found in the data".to_owned(),
        _ => covariate.level_names().join(", "),
    };
    match own.and_then(|own| own.levels.iter().find(|level| level.is_reference)) {
        Some(reference) => format!("{names}; reference {}", reference.level),
        None => names,
    }
}

/// What was done where a value is not there, by what was done.
fn missing(protocol: &Protocol) -> Vec<String> {
    let of = |policy: Missing| {
        let own = protocol.covariates.iter().filter(move |it| it.covariate.missing == policy);
        let labels: Vec<&str> = own.map(|it| it.label.as_str()).collect();
        match labels.len() {
            0 => None,
            all if all == protocol.covariates.len() => Some("a covariate".to_owned()),
            _ => Some(labels.join(", ")),
        }
    };
    let (outcome, cluster) = (&protocol.outcome.label, &protocol.cluster.label);
    let own = match protocol.missing.policy {
        Missing::Refuse => {
            format!("Data without the outcome ({outcome}) or the {cluster} would have been refused.")
        }
        _ => format!("Rows without the outcome ({outcome}) or the {cluster} were left out and counted."),
    };
    let as_level = of(Missing::Level).map(|of| format!("Missing values of {of} were a level of their own."));
    let left_out = of(Missing::CompleteCase)
        .map(|of| format!("Rows with a missing value of {of} were left out and counted."));
    let refused =
        of(Missing::Refuse).map(|of| format!("Data with a missing value of {of} would have been refused."));
    [as_level, left_out, refused, Some(own)].into_iter().flatten().collect()
}

fn analysis(protocol: &Protocol, report: &Report) -> Vec<String> {
    let mut told = model(protocol, report);
    told.extend(beside_the_model(report));
    let pairs: Vec<&str> = report.interactions.iter().map(|pair| pair.variables.as_str()).collect();
    if !pairs.is_empty() {
        told.push(format!(
            "Interactions named beforehand: {}; the odds ratios of such a characteristic hold at the reference level of the \
             other.",
            pairs.join(", ")
        ));
    }
    if report.stages.as_ref().is_some_and(|stages| stages.reason.is_none()) {
        told.push(
            "Stages were counted in their order, each among those who had reached the one before.".to_owned(),
        );
    }
    let times = report.times.iter().filter(|time| time.reason.is_none());
    let times: Vec<String> = times.map(|time| time.label.to_lowercase()).collect();
    if !times.is_empty() {
        let (labels, are) = (times.join("; "), if times.len() == 1 { "the time is" } else { "times are" });
        told.push(format!(
            "We describe by the product-limit estimate (Kaplan and Meier), with Greenwood's errors and intervals on the \
             logarithm: {labels}. Where following ended first, {are} censored."
        ));
    }
    told.extend(sensitivity(report));
    told
}

/// The model and what its errors rest on.
fn model(protocol: &Protocol, report: &Report) -> Vec<String> {
    let (cluster, clusters) = (&protocol.cluster.label, report.clusters);
    let mut told =
        vec!["We fitted a logistic regression with all covariates by maximum likelihood.".to_owned()];
    if report.has(|level| &level.firth) {
        told.push(
            "The data predict the outcome perfectly along some levels, so that not every estimate is finite; estimates by \
             Firth's penalised likelihood, with model-based intervals, stand beside them."
                .to_owned(),
        );
    }
    if report.has(|level| &level.adjusted) {
        told.push(format!(
            "Since people of one {cluster} are alike, intervals and tests rest on cluster-robust (sandwich) standard errors \
             with the factor G/(G-1) over {clusters} clusters; model-based intervals stand beside them."
        ));
    } else {
        told.push("No odds ratio of it is given here; why stands at the head of the report.".to_owned());
    }
    if report.has(|level| &level.t_interval) {
        told.push(
            "With fewer than 50 clusters, intervals from the t distribution with G-1 degrees of freedom are added, and p is \
             that of t, or of F for several levels."
                .to_owned(),
        );
    }
    told
}

/// What else the report holds.
fn beside_the_model(report: &Report) -> impl Iterator<Item = String> {
    let tests = report.variables.iter().map(|it| it.robust_test);
    let tests = tests.chain(report.interactions.iter().map(|it| it.robust_test));
    let all = [
        (
            report.has(|level| &level.gee),
            "A second estimate used generalised estimating equations with an exchangeable working correlation.",
        ),
        (
            tests.flatten().next().is_some(),
            "All levels of a variable were tested together by a cluster-robust Wald test; the likelihood-ratio test beside \
             it is model-based.",
        ),
        (
            report.has(|level| &level.probability),
            "Because odds ratios overstate ratios of probabilities when an outcome is common, we give adjusted \
             probabilities, standardised over the whole cohort, with delta-method intervals.",
        ),
        (
            report.variables.iter().any(|it| it.difference.is_some()),
            "Groups were compared by standardized mean differences.",
        ),
        (report.c_statistic.is_some(), "Discrimination is the C-statistic."),
        (
            !report.calibration.is_empty(),
            "Calibration compares observed with expected outcomes in tenths of the fitted probability.",
        ),
    ];
    all.into_iter().filter(|(is_there, _)| *is_there).map(|(_, words)| words.to_owned())
}

/// Sensitivity analyses by whether they were fitted.
pub fn sensitivity(report: &Report) -> Vec<String> {
    let (fitted, others): (Vec<&Analysis>, Vec<&Analysis>) =
        report.sensitivity.iter().partition(|analysis| analysis.reason.is_none());
    let named = |words: &str, analyses: Vec<&Analysis>| {
        let names: Vec<&str> = analyses.iter().map(|it| it.name.as_str()).collect();
        (!names.is_empty()).then(|| format!("{words}: {}.", names.join("; ")))
    };
    let fitted = named("Sensitivity analyses named beforehand", fitted);
    let others = named("Named beforehand too, but not fitted here", others);
    fitted.into_iter().chain(others).collect()
}

fn software(report: &Report) -> Vec<String> {
    let disclosure = match report.minimum_cell {
        Some(limit) => format!(
            "Counts of people, outcomes or their absence from 1 to {} are not shown, nor any figure from which they follow; figures have three digits.",
            limit - 1
        ),
        None => "Counts are exact: this report holds small cells and is not for publication.".to_owned(),
    };
    let program = format!(
        "{} on the protocol {} (SHA-256 {}). The same protocol, data and version give the same report, byte for byte.",
        report.program, report.protocol, report.protocol_hash
    );
    vec![program, disclosure]
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

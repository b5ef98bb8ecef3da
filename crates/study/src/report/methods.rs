//! The methods paragraphs, written from the protocol.

use super::model::{Paragraph, Report};
use crate::protocol::Protocol;
use crate::source::{Coding, Missing};

/// Design and participants; measures; analysis; disclosure.
pub fn paragraphs(protocol: &Protocol, report: &Report) -> Vec<Paragraph> {
    vec![
        Paragraph { about: "Design and participants", text: design(protocol) },
        Paragraph { about: "Covariates", text: measures(protocol) },
        Paragraph { about: "Analysis", text: analysis(protocol, report) },
        Paragraph { about: "Software and disclosure", text: software(report) },
    ]
}

fn design(protocol: &Protocol) -> String {
    let mut text = String::new();
    text.push_str(&format!("This is a cross-sectional study of {}. ", protocol.unit));
    if let Some(source) = &protocol.repeats {
        text.push_str(&format!("It repeats on our own data what was published as: {} ", sentence(source)));
    }
    if let Some(setting) = &protocol.setting {
        text.push_str(&format!("{} ", sentence(setting)));
    }
    if let Some(window) = &protocol.window {
        text.push_str(&format!(
            "The study window ran from {} to {}, both days included. ",
            window.from, window.to
        ));
    }
    let steps: Vec<&str> = protocol.eligibility.iter().map(|step| step.name.as_str()).collect();
    if !steps.is_empty() {
        text.push_str(&format!("Eligible were {}: {}. ", protocol.unit, steps.join("; ")));
    }
    let definition = &protocol.outcome.definition;
    text.push_str(&format!("The outcome was defined beforehand: {}", sentence(definition)));
    text
}

fn measures(protocol: &Protocol) -> String {
    let mut text = String::new();
    for measure in &protocol.covariates {
        let covariate = &measure.covariate;
        let names = covariate.level_names();
        let levels = match &covariate.coding {
            Coding::Found => "levels as found in the data, the first the reference".to_owned(),
            _ => {
                let reference = covariate.ordered_levels().first().cloned().unwrap_or_default();
                format!("{}; reference {reference}", names.join(", "))
            }
        };
        text.push_str(&format!("{} ({levels}). ", measure.label));
        if !measure.definition.is_empty() {
            text.push_str(&format!("{} ", sentence(&measure.definition)));
        }
    }
    if let Some(date) = &protocol.index_date {
        text.push_str(&format!("Age was taken on {date}. "));
    }
    text.push_str(match protocol.missing.policy {
        Missing::Refuse => "Data with missing values were not analysed.",
        Missing::Level => "Missing values of a covariate were a level of their own.",
        Missing::CompleteCase => "Rows with missing values were left out and counted.",
    });
    text
}

fn analysis(protocol: &Protocol, report: &Report) -> String {
    let cluster = &protocol.cluster.label;
    let mut text = format!(
        "We fitted a logistic regression with all covariates by maximum likelihood. Since people of one {cluster} \
         are alike, intervals and tests rest on cluster-robust (sandwich) standard errors with the factor G/(G-1) over \
         {} clusters; model-based intervals stand beside them. A second estimate used generalised estimating equations with an exchangeable \
         working correlation. All levels of a variable were tested together by a cluster-robust Wald test; \
         the likelihood-ratio test beside it is model-based. Because odds ratios overstate ratios of probabilities when \
         an outcome is common, we give adjusted probabilities, standardised over the whole cohort, with \
         delta-method intervals. Groups were compared by standardized mean differences. Discrimination is the C-statistic; calibration \
         compares observed with expected outcomes in tenths of the fitted probability. ",
        report.clusters
    );
    if report.clusters < 50 {
        text.push_str("With fewer than 50 clusters, intervals from the t distribution with G-1 degrees of freedom are added, and p is that of t, or of F for several levels. ");
    }
    let pairs: Vec<String> =
        protocol.interactions.iter().map(|(one, two)| format!("{one} with {two}")).collect();
    if !pairs.is_empty() {
        text.push_str(&format!("Interactions named beforehand: {}. ", pairs.join(", ")));
    }
    if !protocol.stages.is_empty() {
        text.push_str(
            "Stages were counted in their order, each among those who had reached the one before. ",
        );
    }
    let times: Vec<String> = protocol.times.iter().map(|time| time.label.to_lowercase()).collect();
    if !times.is_empty() {
        let (labels, are) = (times.join("; "), if times.len() == 1 { "the time is" } else { "times are" });
        text.push_str(&format!(
            "We describe by the product-limit estimate (Kaplan and Meier), with Greenwood's errors and intervals on the logarithm: {labels}. Where following ended first, {are} censored. "
        ));
    }
    let names: Vec<&str> = protocol.sensitivity.iter().map(|it| it.name.as_str()).collect();
    if !names.is_empty() {
        text.push_str(&format!("Sensitivity analyses named beforehand: {}.", names.join("; ")));
    }
    text.trim_end().to_owned()
}

fn software(report: &Report) -> String {
    let disclosure = match report.minimum_cell {
        Some(limit) => format!(
            "Counts of people, outcomes or their absence from 1 to {} are not shown, nor any figure from which they follow; figures have three digits.",
            limit - 1
        ),
        None => "Counts are exact: this report holds small cells and is not for publication.".to_owned(),
    };
    format!(
        "{} on the protocol {} (SHA-256 {}). The same protocol, data and version give the same report, byte for byte. {disclosure}",
        report.program, report.protocol, report.protocol_hash
    )
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

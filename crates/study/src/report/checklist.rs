//! The items of STROBE for cross-sectional and for cohort studies (von Elm 2007) and of its RECORD extension (Benchimol
//! 2015), in our words, answered from the protocol and the report; what only authors can say is left open.

use super::methods;
use super::model::{Item, Report};
use crate::protocol::{Design, Protocol};

/// Left for the authors.
const OPEN: &str = "For the authors to write.";

/// Both lists, in their order.
pub fn items(protocol: &Protocol, report: &Report) -> Vec<Item> {
    let facts = Facts { protocol, report };
    let strobe = STROBE.iter().map(|(number, asks)| {
        let of_cohorts = OF_COHORTS.iter().find(|(other, _)| other == number);
        let asks = of_cohorts.filter(|_| protocol.design == Design::Cohort).map_or(asks, |(_, asks)| asks);
        facts.item("STROBE", number, asks)
    });
    let record = RECORD.iter().map(|(number, asks)| facts.item("RECORD", number, asks));
    strobe.chain(record).collect()
}

const STROBE: [(&str, &str); 22] = [
    ("1", "Title and abstract name the design; the abstract is informative and balanced"),
    ("2", "Background and reasons for the study"),
    ("3", "Objectives, with any hypotheses stated beforehand"),
    ("4", "Key elements of the design, early in the paper"),
    ("5", "Setting, places, and dates of recruitment and data collection"),
    ("6", "Eligibility, and where participants came from and how they were selected"),
    ("7", "Definitions of outcomes, exposures, confounders, effect modifiers"),
    ("8", "Sources of data and how each variable was measured"),
    ("9", "What was done about bias"),
    ("10", "How the study size came about"),
    ("11", "How quantitative variables were handled and why they were grouped so"),
    ("12", "Statistical methods, subgroups and interactions, missing data, sampling, sensitivity analyses"),
    ("13", "Numbers at each stage, reasons for not taking part, a flow diagram"),
    ("14", "Characteristics of participants, and numbers with missing data by variable"),
    ("15", "Numbers of outcome events"),
    (
        "16",
        "Unadjusted and adjusted estimates with precision; the confounders and why; the cut-offs of categories; absolute measures",
    ),
    ("17", "Other analyses: subgroups, interactions, sensitivity"),
    ("18", "Key results with reference to the objectives"),
    ("19", "Limitations: sources of bias and imprecision, direction and size"),
    ("20", "A cautious overall interpretation"),
    ("21", "Generalisability"),
    ("22", "Funding and the role of funders"),
];

/// Where the list for cohort studies asks for more.
const OF_COHORTS: [(&str, &str); 4] = [
    ("6", "Eligibility, where participants came from and how they were selected, and how they were followed"),
    (
        "12",
        "Statistical methods, subgroups and interactions, missing data, loss to follow-up, sensitivity analyses",
    ),
    ("14", "Characteristics of participants, numbers with missing data by variable, and time followed"),
    ("15", "Numbers of outcome events, or measures, over time"),
];

const RECORD: [(&str, &str); 13] = [
    ("1.1", "Title or abstract names the kind of data and the databases"),
    ("1.2", "Title or abstract names the region and the time frame"),
    ("1.3", "Title or abstract says whether databases were linked"),
    ("6.1", "How the population was selected (codes, algorithms), in detail"),
    ("6.2", "Validation of those codes or algorithms"),
    ("6.3", "A diagram of linkage, where data were linked"),
    ("7.1", "A complete list of codes and algorithms for exposures, outcomes, confounders, effect modifiers"),
    ("12.1", "Access of the investigators to the database population"),
    ("12.2", "How data were cleaned"),
    ("12.3", "Level and method of linkage, and its quality"),
    (
        "13.1",
        "Selection of the persons in the study, with filtering by data quality, availability and linkage",
    ),
    (
        "19.1",
        "What follows from using data not collected for this question: misclassification, unmeasured confounding, missing data, changing eligibility",
    ),
    ("22.1", "How to get the protocol, raw data or program code"),
];

struct Facts<'a> {
    protocol: &'a Protocol,
    report: &'a Report,
}

impl Facts<'_> {
    fn item(&self, list: &'static str, number: &'static str, asks: &'static str) -> Item {
        let answer = if list == "STROBE" { self.strobe(number) } else { self.record(number) };
        let is_open = answer.is_none();
        Item { list, number, asks, answer: answer.unwrap_or_else(|| OPEN.to_owned()), is_open }
    }

    fn strobe(&self, number: &str) -> Option<String> {
        let protocol = self.protocol;
        Some(match number {
            "1" => format!("Title: {}", protocol.title),
            "3" => format!("Question of the protocol: {}", protocol.question),
            "4" => format!("A {} study; Methods, design and participants.", self.report.design),
            "5" => match (&protocol.setting, &protocol.window) {
                (Some(setting), _) => setting.clone(),
                (None, Some(window)) => {
                    format!(
                        "Window {} to {}; the setting is for the authors to describe.",
                        window.from, window.to
                    )
                }
                _ => return None,
            },
            "6" => self.eligibility()?,
            "7" => format!("Outcome: {} Covariates: Methods, covariates.", protocol.outcome.definition),
            "8" => "Methods, covariates; the definition of each covariate is in the protocol.".to_owned(),
            "9" => format!("{}{} Other bias is for the authors to discuss.", self.errors(), self.analyses()),
            "10" => "All eligible rows were taken; Attrition.".to_owned(),
            "11" => "Methods, covariates: bands and reference levels were fixed in the protocol.".to_owned(),
            "12" => "Methods, analysis; missing data under covariates.".to_owned(),
            "13" => "Attrition.".to_owned(),
            "14" => "Table 1, with missing values as rows where they are a level.".to_owned(),
            "15" => "Table 1 and the head of the results.".to_owned(),
            "16" => self.estimates(),
            "17" => self.analyses(),
            _ => return None,
        })
    }

    fn record(&self, number: &str) -> Option<String> {
        Some(match number {
            "1.1" => format!("Data: {}. The kind of data is for the authors to name.", self.report.data),
            "1.2" => {
                let window = self.protocol.window.as_ref()?;
                format!("{} to {}; the region is for the authors to name.", window.from, window.to)
            }
            "6.1" => self.eligibility()?,
            "7.1" => format!(
                "The protocol {} (SHA-256 {}) lists every covariate, level and band; code lists are named with each measure.",
                self.report.protocol, self.report.protocol_hash
            ),
            "12.2" => "A file with a malformed value is refused as a whole; missing values as in Methods, covariates.".to_owned(),
            "13.1" => "Attrition.".to_owned(),
            "22.1" => format!("Program: {}; the protocol is a text file that can be published with the report.", self.report.program),
            _ => return None,
        })
    }

    fn eligibility(&self) -> Option<String> {
        let told = methods::eligibility(self.protocol, self.report);
        (!told.is_empty()).then(|| told.join(" "))
    }

    fn errors(&self) -> String {
        match self.report.has(|level| &level.adjusted) {
            true => format!("Errors allow for clustering by {}. ", self.protocol.cluster.label),
            false => String::new(),
        }
    }

    fn estimates(&self) -> String {
        let (adjusted, firth) =
            (self.report.has(|level| &level.adjusted), self.report.has(|level| &level.firth));
        let estimates = match (adjusted, firth) {
            (true, false) => "Table 2 and figure 1.",
            (true, true) => "Table 2 and figure 1; where an estimate is not finite, Firth's in table 2.",
            (false, true) => "Table 2, by Firth's penalised likelihood.",
            (false, false) => "Unadjusted in table 2; no adjusted estimate is given.",
        };
        let absolute = match self.report.has(|level| &level.probability) {
            true => "adjusted probabilities in table 3",
            false => "percentages in table 1 only",
        };
        format!("{estimates} Absolute measures: {absolute}.")
    }

    fn analyses(&self) -> String {
        let told = methods::sensitivity(self.report);
        if told.is_empty() {
            "No sensitivity analyses were named beforehand.".to_owned()
        } else {
            told.join(" ")
        }
    }
}

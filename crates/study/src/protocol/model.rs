//! A protocol's parts. Its hash is over what it means, not how it is laid out: comments, spaces and the order
//! of settings do not change it.

use crate::source::{Coding, Covariate};
use serde::Serialize;
use serde_json::json;

/// A checked protocol.
#[derive(Clone, Debug, PartialEq)]
pub struct Protocol {
    /// Lower case and hyphens; names the files of a run.
    pub name: String,
    pub title: String,
    /// What the study asks, one sentence.
    pub question: String,
    pub design: Design,
    /// The published study that it repeats.
    pub repeats: Option<String>,
    /// What one row is, in the plural: "enrollees".
    pub unit: String,
    pub setting: Option<String>,
    pub window: Option<Window>,
    /// The date at which age is taken, ISO.
    pub index_date: Option<String>,
    /// In the order applied.
    pub eligibility: Vec<Eligibility>,
    pub outcome: Outcome,
    pub cluster: Cluster,
    pub missing: Missing,
    pub covariates: Vec<Measure>,
    /// Counts from 1 to one less are suppressed.
    pub minimum_cell: u32,
    pub sensitivity: Vec<Sensitivity>,
    /// Pairs of covariates.
    pub interactions: Vec<(String, String)>,
    pub published: Vec<Published>,
    pub stages: Vec<Stage>,
    pub times: Vec<Time>,
}

/// What kind of study it is; it decides the check-list and a word of the methods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Design {
    #[default]
    CrossSectional,
    /// Rows are followed over time.
    Cohort,
}

impl Design {
    pub const ALL: [Design; 2] = [Design::CrossSectional, Design::Cohort];

    pub fn name(self) -> &'static str {
        match self {
            Design::CrossSectional => "cross-sectional",
            Design::Cohort => "cohort",
        }
    }
}

/// Both days are in it; ISO dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Window {
    pub from: String,
    pub to: String,
}

/// A step of eligibility; without a test whoever makes the file has applied it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Eligibility {
    pub name: String,
    pub column: Option<String>,
    pub at_least: Option<f64>,
    pub at_most: Option<f64>,
    pub one_of: Vec<String>,
}

/// What may have happened to a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    pub column: String,
    /// A noun phrase for tables: "messaged".
    pub label: String,
    /// How it was established, one sentence.
    pub definition: String,
    /// How a record delivers it, and with it what one row is; protocols from before this setting keep their hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cluster {
    pub column: String,
    pub label: String,
}

/// What is done where a value is not there, unless a covariate says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    pub policy: crate::source::Missing,
    pub values: Vec<String>,
}

/// A covariate with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    pub covariate: Covariate,
    pub label: String,
    /// How it was measured, one sentence.
    pub definition: String,
    /// How a record delivers it, where one does.
    pub measure: Option<String>,
}

/// The main model once more, with something changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sensitivity {
    pub name: String,
    pub change: Change,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A covariate is read from another column, with the same levels.
    Replace { variable: String, column: String },
    /// A covariate is left out.
    Without(String),
    /// Only rows with these levels of a covariate.
    Only { variable: String, levels: Vec<String> },
    /// Only rows in which nothing is missing.
    CompleteCases,
}

/// A published adjusted odds ratio, to stand beside the site's own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Published {
    pub variable: String,
    pub level: String,
    /// `None` where the paper does not state it.
    pub reference: Option<String>,
    pub odds_ratio: f64,
    pub low: f64,
    pub high: f64,
    /// The paper's own words for the row.
    pub row: String,
}

/// A step of a funnel: a column of 0 and 1, counted among those who reached the step before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stage {
    pub name: String,
    pub column: String,
}

/// How long something took: a number column with the time until it happened, or until following ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Time {
    pub column: String,
    /// The column that says whether it happened, 0 or 1.
    pub happened: String,
    /// A noun phrase for tables: "hours to the first answer".
    pub label: String,
    /// The times at which the share that still waits is told, ascending.
    pub at: Vec<f64>,
}

impl Protocol {
    /// SHA-256 of the protocol's meaning, in hexadecimal. Titles and other words belong to it: two sites that
    /// promise different things do not run the same protocol.
    pub fn hash(&self) -> String {
        let text = self.canonical().to_string();
        let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
        digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn canonical(&self) -> serde_json::Value {
        let mut canonical = json!({
            "format": 1,
            "name": self.name,
            "title": self.title,
            "question": self.question,
            "repeats": self.repeats,
            "unit": self.unit,
            "setting": self.setting,
            "window": self.window,
            "index_date": self.index_date,
            "eligibility": self.eligibility,
            "outcome": self.outcome,
            "cluster": self.cluster,
            "missing": [format!("{:?}", self.missing.policy), self.missing.values.join("\u{1f}")],
            "covariates": self.covariates.iter().map(measure).collect::<Vec<_>>(),
            "minimum_cell": self.minimum_cell,
            "sensitivity": self.sensitivity,
            "interactions": self.interactions,
            "published": self.published,
            "stages": self.stages,
        });
        // Not there where nothing is said: protocols from before these settings keep their hash.
        if self.design != Design::default() {
            canonical["design"] = json!(self.design.name());
        }
        if !self.times.is_empty() {
            canonical["times"] = json!(self.times);
        }
        canonical
    }

    /// A covariate by its name.
    pub fn covariate(&self, name: &str) -> Option<&Measure> {
        self.covariates.iter().find(|measure| measure.covariate.name == name)
    }
}

fn measure(measure: &Measure) -> serde_json::Value {
    let covariate = &measure.covariate;
    let coding = match &covariate.coding {
        Coding::Found => json!("found"),
        Coding::Levels(levels) => {
            json!(levels.iter().map(|level| json!([level.name, level.values])).collect::<Vec<_>>())
        }
        Coding::Bands(bands) => {
            json!(bands.iter().map(|band| json!([band.name, band.below])).collect::<Vec<_>>())
        }
    };
    json!({
        "name": covariate.name,
        "column": covariate.column,
        "coding": coding,
        "reference": covariate.reference,
        "missing": format!("{:?}", covariate.missing),
        "label": measure.label,
        "definition": measure.definition,
        "measure": measure.measure,
    })
}

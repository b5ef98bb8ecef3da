//! The numbers of a report. `None` is a figure that is not shown or does not exist.

use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    pub title: String,
    pub question: String,
    /// What kind of study it is: "cross-sectional".
    pub design: &'static str,
    pub protocol: String,
    pub protocol_hash: String,
    pub program: String,
    /// As given by who ran it: the file's name, the date of the data.
    pub data: String,
    pub data_date: Option<String>,
    pub sites: Vec<String>,
    /// Counts from 1 to one less are suppressed; `None` where exact counts were asked for.
    pub minimum_cell: Option<u32>,
    pub unit: String,
    pub outcome: String,
    pub cluster: String,
    pub n: Option<u64>,
    pub events: Option<u64>,
    pub percent: Option<f64>,
    pub clusters: usize,
    pub attrition: Vec<Step>,
    /// What the protocol asks of eligibility, and nobody tested who tells of it.
    pub untested: Vec<String>,
    pub variables: Vec<Variable>,
    pub interactions: Vec<Interaction>,
    pub published: Vec<Beside>,
    pub c_statistic: Option<f64>,
    pub calibration: Vec<Decile>,
    pub gee_correlation: Option<f64>,
    pub sensitivity: Vec<Analysis>,
    /// How far rows came on the way that the protocol names.
    pub stages: Option<Stages>,
    /// How long something took.
    pub times: Vec<Times>,
    /// The covariate that is a calendar month, by its place among the variables.
    pub months: Option<usize>,
    pub warnings: Vec<String>,
    pub methods: Vec<Paragraph>,
    pub checklist: Vec<Item>,
}

/// A paragraph of the methods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    pub about: &'static str,
    pub text: String,
}

/// A step of attrition; steps whose counts would be small stand together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    pub name: String,
    pub left_out: Option<u64>,
    pub remaining: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Variable {
    pub name: String,
    pub label: String,
    /// Standardized mean difference of all levels together.
    pub difference: Option<f64>,
    /// Likelihood-ratio test of the variable, which is model-based.
    pub test: Option<Test>,
    /// The same hypothesis by the cluster-robust errors.
    pub robust_test: Option<RobustTest>,
    /// Where it has interactions: at which levels of the others its adjusted odds ratios hold.
    pub at: Option<String>,
    pub levels: Vec<Level>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Test {
    pub chi_squared: f64,
    pub degrees: usize,
    pub p: f64,
}

/// A joint Wald test: chi-squared with so many degrees of freedom, or F where `within` is told.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RobustTest {
    pub statistic: f64,
    pub degrees: usize,
    pub within: Option<usize>,
    pub p: f64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Level {
    pub level: String,
    pub is_reference: bool,
    pub n: Option<u64>,
    pub events: Option<u64>,
    /// Of the level's people.
    pub percent: Option<f64>,
    /// The level's share of those with and of those without the outcome, in percent.
    pub share_with: Option<f64>,
    pub share_without: Option<f64>,
    pub crude: Option<Ratio>,
    pub adjusted: Option<Ratio>,
    pub model_interval: Option<[f64; 2]>,
    /// With t(G-1), where there are few clusters.
    pub t_interval: Option<[f64; 2]>,
    pub p: Option<f64>,
    pub gee: Option<Ratio>,
    pub firth: Option<Ratio>,
    pub probability: Option<Ratio>,
}

/// A figure and its 95 % confidence interval, which may be withheld.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Ratio {
    pub value: f64,
    pub interval: Option<[f64; 2]>,
}

/// Two characteristics whose odds ratios may depend on each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Interaction {
    pub variables: String,
    /// Tests of all its products at once, as of a variable.
    pub test: Option<Test>,
    pub robust_test: Option<RobustTest>,
    pub products: Vec<Product>,
}

/// By what the odds ratios of two levels together differ from those of each alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Product {
    pub levels: String,
    pub adjusted: Option<Ratio>,
    pub p: Option<f64>,
}

/// A published odds ratio beside the site's own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Beside {
    pub row: String,
    pub published: Ratio,
    pub own: Option<Ratio>,
    /// Whether the site's interval holds the published ratio; `None` where they are not known to compare the same.
    pub holds: Option<bool>,
    /// The site's reference.
    pub reference: String,
    /// Why the two are not held against each other.
    pub reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Decile {
    pub n: Option<u64>,
    pub observed: Option<f64>,
    pub expected: Option<f64>,
}

/// The model once more with something changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Analysis {
    pub name: String,
    pub change: String,
    pub n: Option<u64>,
    /// Why there are no figures.
    pub reason: Option<String>,
    pub rows: Vec<Row>,
    pub warnings: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    pub variable: String,
    pub label: String,
    pub level: String,
    /// As of a [`Variable`].
    pub at: Option<String>,
    pub adjusted: Option<Ratio>,
}

impl Report {
    /// Whether any level has a figure of this kind.
    pub fn has<T>(&self, figure: impl Fn(&Level) -> &Option<T>) -> bool {
        self.variables.iter().flat_map(|variable| &variable.levels).any(|level| figure(level).is_some())
    }
}

/// Steps of a way, each counted among those who took the one before.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Stages {
    pub names: Vec<String>,
    /// Why there are no figures.
    pub reason: Option<String>,
    /// All, then the levels of each covariate.
    pub groups: Vec<Stepped>,
}

/// One group and who of it is on each step; the first are all.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stepped {
    /// The covariate's label; `None` of all.
    pub variable: Option<String>,
    pub level: String,
    pub counts: Vec<Option<u64>>,
}

/// The share that still waits, by the product-limit estimate.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Times {
    pub label: String,
    pub at: Vec<f64>,
    pub reason: Option<String>,
    pub groups: Vec<Waiting>,
}

/// One group over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Waiting {
    pub variable: Option<String>,
    pub level: String,
    pub n: Option<u64>,
    /// In percent with its interval, at each of the times.
    pub waiting: Vec<Option<Ratio>>,
    pub median: Option<Ratio>,
}

/// An item of a reporting check-list, and where the report answers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    pub list: &'static str,
    pub number: &'static str,
    pub asks: &'static str,
    pub answer: String,
    /// Left for the authors to write.
    pub is_open: bool,
}

//! The numbers of a fitted study, full precision and exact counts; [`super::json`] decides what is shown.

use super::warning::Warning;

/// Lower and upper end of a 95 % confidence interval.
pub type Interval = [f64; 2];

/// A fitted logistic regression with what a report prints beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    pub outcome: String,
    pub cluster: String,
    pub n: u64,
    pub events: u64,
    pub clusters: usize,
    /// Distinct covariate patterns with people.
    pub patterns: usize,
    /// False under separation: the likelihood has no maximum, only a limit.
    pub converged: bool,
    pub iterations: u32,
    /// Of all people, without binomial coefficients; under separation its limit.
    pub log_likelihood: f64,
    pub intercept: Option<Coefficient>,
    pub terms: Vec<Term>,
    pub tests: Vec<VariableTest>,
    /// Columns without a finite estimate.
    pub separation: Option<Separated>,
    pub firth: Option<Firth>,
    pub gee: Option<Gee>,
    pub characteristics: Vec<Characteristic>,
    /// `None` where the fit has no finite coefficients.
    pub prediction: Option<Prediction>,
    pub warnings: Vec<Warning>,
}

/// An estimated log odds ratio (of the intercept: log odds) with its errors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficient {
    pub log_or: f64,
    /// From the inverse information.
    pub se_model: f64,
    /// Cluster-robust.
    pub se_cluster: f64,
    /// t(G-1), where there are fewer than 50 clusters.
    pub t: Option<StudentT>,
}

/// Student's t with so many degrees of freedom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StudentT {
    pub degrees: usize,
    /// Of 97.5 %.
    pub quantile: f64,
}

/// A level of a covariate, or a product of two.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Of an interaction: both names, joined by a colon; levels and references likewise.
    pub variable: String,
    pub level: String,
    pub reference: String,
    pub n: u64,
    pub events: u64,
    /// Of the reference of a main effect.
    pub reference_n: u64,
    pub reference_events: u64,
    /// Main effects only; `None` where a cell is empty.
    pub crude: Option<Crude>,
    /// `None` where separation leaves no finite estimate.
    pub adjusted: Option<Coefficient>,
}

/// An odds ratio from the two-by-two table alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crude {
    pub log_or: f64,
    /// Cluster-robust.
    pub se_cluster: f64,
}

/// A test of all columns of a variable (with its interactions), or of an interaction, by likelihood ratio: it is
/// model-based, as if people of one cluster were independent.
#[derive(Clone, Debug, PartialEq)]
pub struct VariableTest {
    pub variable: String,
    pub degrees: usize,
    pub statistic: f64,
    pub p: f64,
    /// The same hypothesis by the cluster-robust errors; `None` where they do not determine it.
    pub robust: Option<RobustTest>,
}

/// A joint Wald test with the cluster-robust covariance: chi-squared, or below 50 clusters F with G-1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RobustTest {
    pub degrees: usize,
    /// G-1, where the statistic is F.
    pub within: Option<usize>,
    pub statistic: f64,
    pub p: f64,
}

/// Which columns have no finite estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Separated {
    /// Nobody's outcome is left to chance.
    pub complete: bool,
    pub columns: Vec<SeparatedColumn>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SeparatedColumn {
    pub variable: String,
    pub level: String,
    /// +1: the odds ratio grows without bound, -1: it shrinks to 0, 0: not determined.
    pub sign: i8,
}

/// Estimates with Firth's penalised likelihood; errors are model-based.
#[derive(Clone, Debug, PartialEq)]
pub struct Firth {
    pub intercept: Estimated,
    pub terms: Vec<NamedEstimate>,
    /// Penalised.
    pub log_likelihood: f64,
    pub iterations: u32,
}

/// Generalised estimating equations, exchangeable; errors are robust.
#[derive(Clone, Debug, PartialEq)]
pub struct Gee {
    pub intercept: Estimated,
    pub terms: Vec<NamedEstimate>,
    pub alpha: f64,
    pub scale: f64,
    pub iterations: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimated {
    pub log_or: f64,
    pub se: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct NamedEstimate {
    pub variable: String,
    pub level: String,
    pub estimate: Estimated,
}

/// A row group of Table 1: a variable's levels by outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Characteristic {
    pub variable: String,
    pub levels: Vec<LevelCount>,
    /// Yang and Dalton's standardized difference of all levels at once; `None` where not defined.
    pub difference: Option<f64>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct LevelCount {
    pub level: String,
    pub n: u64,
    pub events: u64,
    /// The level's share among those with the outcome minus that among those without, in pooled
    /// standard deviations; `None` where nobody varies.
    pub difference: Option<f64>,
}

/// What the fitted chances say.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// The chance that somebody with the outcome had the higher fitted chance, ties half.
    pub c_statistic: f64,
    pub calibration: Vec<CalibrationGroup>,
    pub adjusted: Vec<AdjustedProbability>,
}

/// People of like fitted chance, about a tenth of all.
#[derive(Clone, Debug, PartialEq)]
pub struct CalibrationGroup {
    pub n: u64,
    pub events: u64,
    /// The sum of the fitted chances.
    pub expected: f64,
    /// Which they are, by position in [`crate::grouped::Grouped::patterns`].
    pub patterns: Vec<usize>,
}

impl CalibrationGroup {
    /// Takes in a neighbour.
    pub fn join(&mut self, other: Self) {
        self.n += other.n;
        self.events += other.events;
        self.expected += other.expected;
        self.patterns.extend(other.patterns);
    }
}

/// The mean fitted chance if everybody had this level (marginal standardisation over the cohort as it
/// is), with a delta-method interval from the cluster-robust covariance.
#[derive(Clone, Debug, PartialEq)]
pub struct AdjustedProbability {
    pub variable: String,
    pub level: String,
    pub probability: f64,
    pub se: f64,
}

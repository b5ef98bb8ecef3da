//! What a reader must know beside the numbers, and why there may be none.

use std::fmt;

/// A variable and one of its levels, by name.
pub type Named = (String, String);

/// Something that changed the model or limits what its numbers say.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// Everybody has the same level: dropped.
    SingleLevel { variable: String, level: String },
    /// Nobody has the level: dropped.
    LevelWithoutPeople { variable: String, level: String },
    /// Nobody has the reference level: the first that somebody has took its place.
    OtherReference { variable: String, wanted: String, used: String },
    /// The column is a sum of others: dropped.
    Collinear { column: Named, of: Vec<Named> },
    /// The data predict the outcome perfectly along these columns, so they have no finite odds ratio.
    Separated { complete: bool, columns: Vec<Named> },
    /// Robust errors rest on many clusters.
    FewClusters { clusters: usize },
    /// More coefficients than clusters: the robust covariance cannot have full rank.
    MoreTermsThanClusters { terms: usize, clusters: usize },
    /// A second estimator gave no answer.
    NoAnswer { method: &'static str },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SingleLevel { variable, level } => {
                write!(f, "{variable}: dropped, everybody has the level \"{level}\"")
            }
            Self::LevelWithoutPeople { variable, level } => {
                write!(f, "{variable}: level \"{level}\" dropped, nobody has it")
            }
            Self::OtherReference { variable, wanted, used } => {
                write!(
                    f,
                    "{variable}: nobody has the reference level \"{wanted}\", \"{used}\" is the reference"
                )
            }
            Self::Collinear { column, of } if of.is_empty() => {
                write!(f, "{}: dropped, nobody has it", Level(column))
            }
            Self::Collinear { column, of } => {
                write!(f, "{}: dropped, determined by {} (collinear)", Level(column), List(of))
            }
            Self::Separated { complete, columns } => {
                let kind = if *complete { "complete" } else { "quasi-complete" };
                write!(
                    f,
                    "{kind} separation: the data predict the outcome perfectly along {}, which so \
                     have no finite odds ratio; see the estimates with Firth's penalty",
                    List(columns)
                )
            }
            Self::FewClusters { clusters } => write!(
                f,
                "only {clusters} clusters: robust errors tend to be too small below 50; see the \
                 intervals with t({}) too",
                clusters - 1
            ),
            Self::MoreTermsThanClusters { terms, clusters } => write!(
                f,
                "{terms} coefficients but only {clusters} clusters: robust errors cannot be relied on"
            ),
            Self::NoAnswer { method } => write!(f, "{method} gave no answer on these data"),
        }
    }
}

struct Level<'a>(&'a Named);

impl fmt::Display for Level<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (variable, level) = self.0;
        if level.is_empty() { write!(f, "{variable}") } else { write!(f, "{variable} \"{level}\"") }
    }
}

struct List<'a>(&'a [Named]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, named) in self.0.iter().enumerate() {
            let before = if place == 0 { "" } else { ", " };
            write!(f, "{before}{}", Level(named))?;
        }
        Ok(())
    }
}

/// Why a model cannot be fitted at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FitError {
    #[error("the cohort is empty")]
    Empty,
    /// In place of the others where their count must not be told.
    #[error("too few people for an odds ratio")]
    TooFew,
    #[error("nobody of {n} has the outcome: no odds ratio can be estimated")]
    NoEvents { n: u64 },
    #[error("all of {n} have the outcome: no odds ratio can be estimated")]
    OnlyEvents { n: u64 },
    #[error(
        "there is only one cluster ({name}): differences between clusters, and so robust errors, cannot be estimated"
    )]
    OneCluster { name: String },
    #[error("the interaction names {name}, which is no covariate")]
    UnknownVariable { name: String },
    #[error("the likelihood has no maximum that Newton's method reaches on these data")]
    NoMaximum,
}

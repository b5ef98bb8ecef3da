//! `study fit ... --json`: one fixed shape, full precision, counts shown or withheld.

use serde_json::{Map, Value, json};

use super::result::*;
use super::wald::{NORMAL_97_5, odds_interval, p_normal};

/// Whether counts of few people may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    Exact,
    /// A level whose people, events or non-events number 1 to `limit - 1` loses its counts and what
    /// they could be computed from.
    Suppressed {
        limit: u64,
    },
}

impl Counts {
    /// May this level be shown?
    fn shows(self, n: u64, events: u64) -> bool {
        let Self::Suppressed { limit } = self else { return true };
        [n, events, n - events].iter().all(|count| *count == 0 || *count >= limit)
    }

    fn withheld(self) -> Value {
        match self {
            Self::Exact => Value::Null,
            Self::Suppressed { limit } => Value::from(format!("<{limit}")),
        }
    }

    fn count(self, shown: bool, count: u64) -> Value {
        if shown { Value::from(count) } else { self.withheld() }
    }
}

impl Fit {
    /// The fixed shape of the command line's answer.
    pub fn to_json(&self, counts: Counts) -> Value {
        let shown = counts.shows(self.n, self.events);
        let mut whole = json!({
            "n": self.n,
            "events": counts.count(shown, self.events),
            "clusters": self.clusters,
            "patterns": self.patterns,
            "converged": self.converged,
            "iterations": self.iterations,
            "log_likelihood": self.log_likelihood,
            "intercept": self.intercept.map(|at| at.log_or),
            "intercept_se_model": self.intercept.map(|at| at.se_model),
            "intercept_se_cluster": self.intercept.map(|at| at.se_cluster),
            "terms": self.terms.iter().map(|term| term.to_json(counts)).collect::<Vec<_>>(),
        });
        let more = [
            ("tests", Some(self.tests.iter().map(VariableTest::to_json).collect())),
            ("separation", self.separation.as_ref().map(Separated::to_json)),
            ("firth", self.firth.as_ref().map(Firth::to_json)),
            ("gee", self.gee.as_ref().map(Gee::to_json)),
            ("prediction", self.prediction.as_ref().map(|found| self.prediction_json(found, counts))),
            ("warnings", Some(self.warnings.iter().map(ToString::to_string).collect())),
        ];
        extend(&mut whole, more.into_iter().filter_map(|(name, value)| Some((name, value?))));
        whole
    }

    fn prediction_json(&self, prediction: &Prediction, counts: Counts) -> Value {
        let group = |group: &CalibrationGroup| {
            let shown = counts.shows(group.n, group.events);
            json!({
                "n": counts.count(shown, group.n),
                "events": counts.count(shown, group.events),
                "expected": shown.then_some(group.expected),
            })
        };
        let adjusted = |row: &AdjustedProbability| {
            let shown = self.level(&row.variable, &row.level).is_none_or(|of| counts.shows(of.n, of.events));
            let (p, se) = (row.probability, row.se);
            json!({
                "variable": row.variable,
                "level": row.level,
                "probability": shown.then_some(p),
                "se": shown.then_some(se),
                "ci": shown.then_some([p - NORMAL_97_5 * se, p + NORMAL_97_5 * se]),
            })
        };
        json!({
            "c_statistic": prediction.c_statistic,
            "calibration": prediction.calibration.iter().map(group).collect::<Vec<_>>(),
            "adjusted": prediction.adjusted.iter().map(adjusted).collect::<Vec<_>>(),
        })
    }

    fn level(&self, variable: &str, level: &str) -> Option<&LevelCount> {
        let of = self.characteristics.iter().find(|row| row.variable == variable)?;
        of.levels.iter().find(|row| row.level == level)
    }
}

fn extend<'a>(value: &mut Value, members: impl IntoIterator<Item = (&'a str, Value)>) {
    if let Some(object) = value.as_object_mut() {
        object.extend(members.into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
}

impl Coefficient {
    pub fn odds_ratio(&self) -> f64 {
        self.log_or.exp()
    }

    /// From the inverse information.
    pub fn ci_model(&self) -> Interval {
        odds_interval(self.log_or, self.se_model, NORMAL_97_5)
    }

    /// Cluster-robust.
    pub fn ci(&self) -> Interval {
        odds_interval(self.log_or, self.se_cluster, NORMAL_97_5)
    }

    /// Cluster-robust with t(G-1), where there are few clusters.
    pub fn ci_t(&self) -> Option<Interval> {
        self.t_quantile.map(|quantile| odds_interval(self.log_or, self.se_cluster, quantile))
    }

    /// Two-sided, from the cluster-robust Wald statistic; `None` where the error is 0.
    pub fn p(&self) -> Option<f64> {
        p_normal(self.log_or / self.se_cluster)
    }
}

impl Term {
    fn to_json(&self, counts: Counts) -> Value {
        let shown = counts.shows(self.n, self.events);
        let both = shown && counts.shows(self.reference_n, self.reference_events);
        let crude = self.crude.filter(|_| both);
        let adjusted = self.adjusted.as_ref();
        let mut term = json!({
            "variable": self.variable,
            "level": self.level,
            "reference": self.reference,
            "n": counts.count(shown, self.n),
            "events": counts.count(shown, self.events),
            "crude_or": crude.map(|crude| crude.log_or.exp()),
            "crude_ci": crude.map(|crude| odds_interval(crude.log_or, crude.se_cluster, NORMAL_97_5)),
            "or": adjusted.map(Coefficient::odds_ratio),
            "log_or": adjusted.map(|at| at.log_or),
            "se_model": adjusted.map(|at| at.se_model),
            "ci_model": adjusted.map(Coefficient::ci_model),
            "se_cluster": adjusted.map(|at| at.se_cluster),
            "ci": adjusted.map(Coefficient::ci),
            "p": adjusted.and_then(Coefficient::p),
        });
        let t = adjusted.and_then(Coefficient::ci_t).map(|ci| ("ci_t", json!(ci)));
        extend(&mut term, t);
        term
    }
}

impl VariableTest {
    fn to_json(&self) -> Value {
        json!({ "variable": self.variable, "df": self.degrees, "chi_squared": self.statistic, "p": self.p })
    }
}

impl Separated {
    fn to_json(&self) -> Value {
        let column = |at: &SeparatedColumn| {
            let direction = match at.sign {
                1 => json!("infinite"),
                -1 => json!("zero"),
                _ => Value::Null,
            };
            json!({ "variable": at.variable, "level": at.level, "or": direction })
        };
        let columns: Vec<Value> = self.columns.iter().map(column).collect();
        json!({ "complete": self.complete, "columns": columns })
    }
}

impl NamedEstimate {
    fn to_json(&self) -> Map<String, Value> {
        let Estimated { log_or, se } = self.estimate;
        let members = [
            ("variable", json!(self.variable)),
            ("level", json!(self.level)),
            ("or", json!(log_or.exp())),
            ("log_or", json!(log_or)),
            ("se", json!(se)),
            ("ci", json!(odds_interval(log_or, se, NORMAL_97_5))),
            ("p", json!(p_normal(log_or / se))),
        ];
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

impl Firth {
    fn to_json(&self) -> Value {
        json!({
            "intercept": self.intercept.log_or,
            "intercept_se": self.intercept.se,
            "terms": self.terms.iter().map(NamedEstimate::to_json).collect::<Vec<_>>(),
            "log_likelihood": self.log_likelihood,
            "iterations": self.iterations,
        })
    }
}

impl Gee {
    fn to_json(&self) -> Value {
        json!({
            "terms": self.terms.iter().map(NamedEstimate::to_json).collect::<Vec<_>>(),
            "intercept": self.intercept.log_or,
            "intercept_se": self.intercept.se,
            "alpha": self.alpha,
            "scale": self.scale,
            "iterations": self.iterations,
        })
    }
}

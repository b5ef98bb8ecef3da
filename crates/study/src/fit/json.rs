//! `study fit ... --json`: one fixed shape, full precision, counts shown or withheld.

use serde_json::{Map, Value, json};

use super::result::*;
use super::shown::{Counts, Withheld, counts_of};
use super::wald::{NORMAL_97_5, odds_interval, p_normal, p_t};

impl Fit {
    /// The fixed shape of the command line's answer.
    pub fn to_json(&self, counts: Counts) -> Value {
        let mut whole = json!({
            "n": self.n,
            "events": counts.events(self.n, self.events),
            "clusters": self.clusters,
            "patterns": self.patterns,
            "converged": self.converged,
            "iterations": self.iterations,
            "log_likelihood": self.log_likelihood,
            "intercept": self.intercept.map(|at| at.log_or),
            "intercept_se_model": self.intercept.map(|at| at.se_model),
            "intercept_se_cluster": self.intercept.map(|at| at.se_cluster),
            "terms": self.terms.iter().map(|term| self.term_json(term, counts)).collect::<Vec<_>>(),
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
        let group = |group: &CalibrationGroup| json!({ "n": group.n, "events": group.events, "expected": group.expected });
        let adjusted = |row: &AdjustedProbability| {
            let shown = !Withheld::of(self, &row.variable, counts).holds(&row.level);
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
            "calibration": counts.joined(&prediction.calibration).iter().map(group).collect::<Vec<_>>(),
            "adjusted": prediction.adjusted.iter().map(adjusted).collect::<Vec<_>>(),
        })
    }

    fn term_json(&self, term: &Term, counts: Counts) -> Value {
        let (n, events) = counts_of(self, term, counts);
        // One crude odds ratio and its level's counts give the reference's odds, and so the rest.
        let crude = term.crude.filter(|_| !Withheld::of(self, &term.variable, counts).is_any());
        let adjusted = term.adjusted.as_ref();
        let mut json = json!({
            "variable": term.variable,
            "level": term.level,
            "reference": term.reference,
            "n": n,
            "events": events,
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
        extend(&mut json, adjusted.and_then(Coefficient::ci_t).map(|ci| ("ci_t", json!(ci))));
        json
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
        self.t.map(|t| odds_interval(self.log_or, self.se_cluster, t.quantile))
    }

    /// Two-sided, from the cluster-robust Wald statistic, with t(G-1) where there are few clusters; `None` where the
    /// error is 0.
    pub fn p(&self) -> Option<f64> {
        let wald = self.log_or / self.se_cluster;
        self.t.map_or_else(|| p_normal(wald), |t| p_t(wald, t.degrees))
    }
}

impl VariableTest {
    fn to_json(&self) -> Value {
        json!({
            "variable": self.variable, "df": self.degrees, "chi_squared": self.statistic, "p": self.p,
            "robust": self.robust.map(RobustTest::to_json),
        })
    }
}

impl RobustTest {
    fn to_json(self) -> Value {
        let (name, of) = self
            .within
            .map_or(("chi_squared", json!(self.degrees)), |within| ("f", json!([self.degrees, within])));
        json!({ name: self.statistic, "df": of, "p": self.p })
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

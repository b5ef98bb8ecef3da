//! What a measurement prints: the machine, then one line per figure with its budget.

use serde_json::{Map, Value, json};
use std::time::Duration;

/// What a figure has to keep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Budget {
    AtLeast(f64),
    AtMost(f64),
    None,
}

struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    budget: Budget,
}

/// The figures of one run.
pub struct Report {
    notes: Map<String, Value>,
    figures: Vec<Figure>,
}

impl Report {
    pub fn new(machine: Map<String, Value>) -> Report {
        Report { notes: machine, figures: Vec::new() }
    }

    /// Something about the run that is no figure.
    pub fn note(&mut self, name: &str, value: Value) {
        self.notes.insert(name.to_owned(), value);
    }

    /// One figure; it is told on stderr at once, since a whole run takes minutes.
    pub fn figure(&mut self, name: impl Into<String>, value: f64, unit: &'static str, budget: Budget) {
        let figure = Figure { name: name.into(), value, unit, budget };
        eprintln!("{}", figure.line());
        self.figures.push(figure);
    }

    pub fn text(&self) -> String {
        let notes = self.notes.iter().map(|(name, value)| match value {
            Value::String(text) => format!("{name}: {text}\n"),
            other => format!("{name}: {other}\n"),
        });
        let lines = self.figures.iter().map(|figure| figure.line() + "\n");
        notes.chain(["\n".to_owned()]).chain(lines).collect()
    }

    pub fn json(&self) -> Value {
        let figures: Vec<Value> = self.figures.iter().map(Figure::json).collect();
        let mut all = self.notes.clone();
        all.insert("figures".into(), figures.into());
        Value::Object(all)
    }
}

impl Figure {
    fn is_met(&self) -> Option<bool> {
        match self.budget {
            Budget::AtLeast(limit) => Some(self.value >= limit),
            Budget::AtMost(limit) => Some(self.value <= limit),
            Budget::None => None,
        }
    }

    fn line(&self) -> String {
        let budget = match self.budget {
            Budget::AtLeast(limit) => format!("at least {}", number(limit)),
            Budget::AtMost(limit) => format!("at most {}", number(limit)),
            Budget::None => String::new(),
        };
        let verdict = match self.is_met() {
            Some(true) => "  met",
            Some(false) => "  NOT MET",
            None => "",
        };
        format!("{:<62} {:>10} {:<9} {budget}{verdict}", self.name, number(self.value), self.unit)
            .trim_end()
            .to_owned()
    }

    fn json(&self) -> Value {
        let limit = match self.budget {
            Budget::AtLeast(limit) => json!({ "at_least": limit }),
            Budget::AtMost(limit) => json!({ "at_most": limit }),
            Budget::None => Value::Null,
        };
        json!({
            "name": self.name, "value": self.value, "unit": self.unit, "budget": limit, "met": self.is_met(),
        })
    }
}

fn number(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The value below which `share` of the samples lie; 0.5 is the median.
pub fn quantile(samples: &mut [f64], share: f64) -> f64 {
    samples.sort_by(f64::total_cmp);
    let at = (samples.len() as f64 * share) as usize;
    samples.get(at.min(samples.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_says_whether_its_budget_is_met() {
        let figure = |value, budget| Figure { name: "x".into(), value, unit: "ms", budget };
        assert!(figure(9.0, Budget::AtMost(10.0)).line().ends_with("at most 10.0  met"));
        assert!(figure(0.79, Budget::AtLeast(0.8)).line().ends_with("NOT MET"));
        assert_eq!(figure(1.0, Budget::None).is_met(), None);
    }

    #[test]
    fn the_median_and_the_slowest_twentieth_are_found_in_any_order() {
        let mut samples: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(quantile(&mut samples, 0.5), 51.0);
        assert_eq!(quantile(&mut samples, 0.95), 96.0);
        assert!(quantile(&mut [], 0.5).is_nan());
    }
}

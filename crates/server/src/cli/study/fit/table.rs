//! A fit for a person to read: odds ratios and counts, then whatever else was asked for or is advised.

use serde_json::Value;
use std::fmt::Write;
use study::fit::{Estimated, Fit, NamedEstimate, Term, VariableTest};

/// The upper 2.5 % of the normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;

/// `json` is the same answer, in which it was decided which counts are shown.
pub fn text(fit: &Fit, json: &Value) -> String {
    let names: Vec<String> = fit.terms.iter().map(name).collect();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or_default();
    let mut text = format!(
        "{} rows, {} with the outcome, {} clusters, {} patterns\n",
        fit.n,
        count(&json["events"]),
        fit.clusters,
        fit.patterns
    );
    let mut block = |title: &str, lines: Vec<String>| {
        let lines = names.iter().zip(lines).map(|(name, line)| format!("{name:width$}  {line}\n"));
        let _ = write!(text, "\n{title}\n{}", lines.collect::<String>());
    };
    block("Odds ratios, cluster-robust", fit.terms.iter().map(robust).collect());
    if let Some(t) = fit.terms.iter().find_map(|term| term.adjusted?.t) {
        let line = |term: &Term| match term.adjusted.and_then(|it| Some((it.odds_ratio(), it.ci_t()?))) {
            Some((ratio, interval)) => figures(ratio, interval),
            None => NOT_FINITE.to_owned(),
        };
        block(&format!("Intervals with t({})", t.degrees), fit.terms.iter().map(line).collect());
    }
    if let Some(firth) = &fit.firth {
        let title = "Firth's penalised likelihood, model-based intervals";
        block(title, firth.terms.iter().map(estimate).collect());
    }
    if let Some(gee) = &fit.gee {
        let title = format!("GEE, exchangeable with a correlation of {:.4}, robust intervals", gee.alpha);
        block(&title, gee.terms.iter().map(estimate).collect());
    }
    let counts = json["terms"].as_array().into_iter().flatten();
    let counts = counts.map(|term| format!("{:>9} of {}", count(&term["events"]), count(&term["n"])));
    block("With the outcome, of the level's rows", counts.collect());
    tests(&mut text, &fit.tests);
    for warning in &fit.warnings {
        let _ = writeln!(text, "\nwarning: {warning}");
    }
    text
}

const NOT_FINITE: &str = "no finite odds ratio";

fn name(term: &Term) -> String {
    format!("{} {} vs {}", term.variable, term.level, term.reference)
}

fn robust(term: &Term) -> String {
    let Some(adjusted) = &term.adjusted else { return NOT_FINITE.to_owned() };
    let p = adjusted.p().map_or_else(String::new, |p| format!("  {}", chance(p)));
    format!("{}{p}", figures(adjusted.odds_ratio(), adjusted.ci()))
}

fn estimate(named: &NamedEstimate) -> String {
    let Estimated { log_or, se } = named.estimate;
    figures(log_or.exp(), [(log_or - NORMAL * se).exp(), (log_or + NORMAL * se).exp()])
}

fn figures(ratio: f64, [low, high]: [f64; 2]) -> String {
    format!("{ratio:8.3} ({low:.3} to {high:.3})")
}

fn chance(p: f64) -> String {
    if p < 0.001 { "p < 0.001".to_owned() } else { format!("p {p:.3}") }
}

/// A count as it may be shown.
fn count(value: &Value) -> String {
    match value {
        Value::String(bound) => bound.clone(),
        Value::Null => "withheld".to_owned(),
        number => number.to_string(),
    }
}

fn tests(text: &mut String, tests: &[VariableTest]) {
    let width = tests.iter().map(|test| test.variable.chars().count()).max().unwrap_or_default();
    let _ =
        writeln!(text, "\nTests of variables, cluster-robust (in brackets by likelihood ratio, model-based)");
    for test in tests {
        let robust = test.robust.map_or_else(|| "none".to_owned(), |robust| chance(robust.p));
        let _ = writeln!(text, "{:width$}  {robust} ({})", test.variable, chance(test.p));
    }
}

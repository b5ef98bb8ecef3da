//! `samechart red-flags`: how well the rules for warning words read a table of sentences, and the rules
//! themselves. Needs no store; the rules are those of the settings, where there are settings.

use super::outcome::{Failure, Outcome};
use super::session::Session;
use clap::Subcommand;
use domain::red_flags::{BUILT_IN, Measured, Miss, RedFlags, Tally, sentences};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug, Subcommand)]
pub enum RedFlagsCommand {
    /// Reads a table of sentences, `SIGNS or none | en or es | SENTENCE` on each line, and says which are
    /// read otherwise. Exit code 1 where there are any.
    Test {
        file: PathBuf,
        /// Other rules than those in force.
        #[arg(long, value_name = "FILE")]
        rules: Option<PathBuf>,
    },
    /// Prints the built-in rules, to be changed.
    Rules,
}

pub fn run(command: RedFlagsCommand, session: &Session) -> Result<Outcome, Failure> {
    match command {
        RedFlagsCommand::Rules => Ok(Outcome::done(BUILT_IN, Value::Null)),
        RedFlagsCommand::Test { file, rules } => {
            let rules = in_force(rules, session)?;
            let table = sentences(&text(&file)?).map_err(|problem| wrong(&file, &problem))?;
            Ok(told(&rules.measure(&table)))
        }
    }
}

/// The organisation's own rules.
pub fn read(path: &Path) -> Result<RedFlags, Failure> {
    RedFlags::parse(&text(path)?).map_err(|problem| wrong(path, &problem))
}

fn in_force(named: Option<PathBuf>, session: &Session) -> Result<Arc<RedFlags>, Failure> {
    let set = match session.config().exists() {
        true => session.settings()?.red_flags_file,
        false => None,
    };
    match named.or(set) {
        Some(path) => read(&path).map(Arc::new),
        None => Ok(RedFlags::built_in()),
    }
}

fn text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::usage(format!("{}: {error}", path.display())))
}

fn wrong(path: &Path, problem: &impl std::fmt::Display) -> Failure {
    Failure::usage(format!("{}: {problem}", path.display()))
}

fn told(measured: &Measured) -> Outcome {
    let all = measured.all();
    let mut text = String::new();
    for miss in &measured.misses {
        let _ = writeln!(text, "{}", line(miss));
    }
    let _ = writeln!(
        text,
        "{:<20} {:>5} {:>10} {:>8}  sensitivity  predictive value",
        "", "found", "overlooked", "invented"
    );
    for (sign, tally) in &measured.by_sign {
        let _ = writeln!(text, "{}", row(sign, *tally));
    }
    for (language, tally) in &measured.by_language {
        let _ = writeln!(text, "{}", row(&format!("all in {language}"), *tally));
    }
    let _ = writeln!(text, "{}", row("all", all));
    let _ = writeln!(
        text,
        "{} sentences, {} read otherwise; a sign found in {} of {} ordinary ones",
        measured.sentences,
        measured.misses.len(),
        measured.false_alarms,
        measured.ordinary
    );
    Outcome { is_failure: !measured.misses.is_empty(), ..Outcome::done(text, json(measured, all)) }
}

fn line(miss: &Miss) -> String {
    let mut said = Vec::new();
    if !miss.overlooked.is_empty() {
        said.push(format!("overlooked {}", miss.overlooked.join(", ")));
    }
    if !miss.invented.is_empty() {
        said.push(format!("invented {}", miss.invented.join(", ")));
    }
    format!("line {}: {}: {}", miss.sentence.line, said.join("; "), miss.sentence.text)
}

fn row(name: &str, tally: Tally) -> String {
    let share = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{:.0} %", value * 100.0));
    format!(
        "{name:<20} {:>5} {:>10} {:>8}  {:>11}  {:>16}",
        tally.found,
        tally.overlooked,
        tally.invented,
        share(tally.sensitivity()),
        share(tally.predictive_value())
    )
}

fn json(measured: &Measured, all: Tally) -> Value {
    let tally = |tally: &Tally| {
        json!({
            "found": tally.found, "overlooked": tally.overlooked, "invented": tally.invented,
            "sensitivity": tally.sensitivity(), "predictive_value": tally.predictive_value(),
        })
    };
    let signs: serde_json::Map<String, Value> =
        measured.by_sign.iter().map(|(sign, one)| (sign.clone(), tally(one))).collect();
    let miss = |miss: &Miss| {
        json!({
            "line": miss.sentence.line, "sentence": miss.sentence.text,
            "overlooked": miss.overlooked, "invented": miss.invented,
        })
    };
    json!({
        "sentences": measured.sentences, "ordinary": measured.ordinary, "false_alarms": measured.false_alarms,
        "all": tally(&all), "signs": signs, "misses": measured.misses.iter().map(miss).collect::<Vec<_>>(),
    })
}

//! From the text of a file to a checked protocol.

use super::fields::{
    cluster, covariate, eligibility, missing, outcome, published, sensitivity, stage, time, window,
};
use super::model::{Design, Measure, Protocol, Sensitivity, Time};
use super::rules;
use super::section::{At, Found, Problem, ProtocolError, Section};
use crate::source::Missing;
use toml::de::DeTable;

/// CMS publishes no count from 1 to 10.
const MINIMUM_CELL: u32 = 11;

impl Protocol {
    /// Reads a protocol; `file` names it in what is wrong.
    pub fn parse(text: &str, file: &str) -> Result<Protocol, ProtocolError> {
        let found = Found::new(text);
        let protocol = match DeTable::parse(text) {
            Ok(table) => Some(read(&found, table.into_inner())),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                found.problem(at, "", error.message().replace('\n', "; "));
                None
            }
        };
        let problems: Vec<Problem> = found.into_problems();
        match protocol {
            Some(protocol) if problems.is_empty() => Ok(protocol),
            _ => Err(ProtocolError { file: file.to_owned(), problems }),
        }
    }
}

fn read(found: &Found<'_>, table: DeTable<'_>) -> Protocol {
    let mut top = Section::new(found, "", 0, table);
    let name = name(&mut top);
    let title = top.needed("title").value;
    let question = top.needed("question").value;
    let design = design(&mut top);
    let repeats = top.text("repeats").map(|text| text.value);
    let unit = top.text("unit").map_or_else(|| "people".to_owned(), |text| text.value);
    let setting = top.text("setting").map(|text| text.value);
    let window = top.section("window").map(window);
    let index_date = top.date("index_date").map(|date| date.value);
    let eligibility: Vec<_> = top.sections("eligibility").into_iter().map(eligibility).collect();
    let outcome = outcome(&mut top);
    let cluster = cluster(&mut top);
    let missing = top.section("missing").map(missing).unwrap_or_default();
    let covariates = covariates(&mut top, missing.policy);
    rules::columns(&top, &outcome, &cluster, &covariates);
    let minimum_cell = minimum_cell(&mut top);
    let known = rules::Known::new(&covariates);
    let sensitivity = sensitivities(&mut top, &known);
    let interactions = interactions(&mut top, &known);
    let published = top.sections("published").into_iter().map(|it| published(it, &known)).collect();
    let stages: Vec<_> = top.sections("stage").into_iter().map(stage).collect();
    let times = times(&mut top);
    rules::steps(&top, &stages, &times, &covariates);
    top.end();
    let covariates = covariates.into_iter().map(|covariate| covariate.value).collect();
    #[rustfmt::skip]
    let protocol = Protocol {
        name, title, question, design, repeats, unit, setting, window, index_date, eligibility, outcome, cluster, missing,
        covariates, minimum_cell, sensitivity, interactions, published, stages, times,
    };
    protocol
}

/// The format, which must be known, and the name.
fn name(top: &mut Section<'_, '_, '_>) -> String {
    match top.number("format") {
        Some(format) if format.value != 1.0 => top.problem(format.at, "format", "only format 1 is known"),
        Some(_) => {}
        None => top.problem(0, "format", "is missing; write format = 1"),
    }
    let name = top.needed("name");
    if !name.value.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-') {
        top.problem(name.at, "name", "wants lower-case letters, digits and hyphens: it names files");
    }
    name.value
}

fn design(top: &mut Section<'_, '_, '_>) -> Design {
    let Some(wanted) = top.text("design") else { return Design::default() };
    Design::ALL.into_iter().find(|design| design.name() == wanted.value).unwrap_or_else(|| {
        top.problem(wanted.at, "design", "wants cross-sectional or cohort");
        Design::default()
    })
}

fn covariates(top: &mut Section<'_, '_, '_>, policy: Missing) -> Vec<At<Measure>> {
    let covariates: Vec<_> = top.sections("covariate").into_iter().map(|it| covariate(it, policy)).collect();
    if covariates.is_empty() {
        top.problem(0, "covariate", "there is none; a study needs at least one [[covariate]]");
    }
    covariates
}

/// Tables and files tell them apart by their names.
fn sensitivities(top: &mut Section<'_, '_, '_>, known: &rules::Known) -> Vec<Sensitivity> {
    let mut all: Vec<Sensitivity> = Vec::new();
    for section in top.sections("sensitivity") {
        let at = section.at;
        let Some(one) = sensitivity(section, known) else { continue };
        if all.iter().any(|before| before.name == one.name) {
            top.problem(at, "sensitivity.name", format!("{} is there twice", one.name));
        }
        all.push(one);
    }
    all
}

/// By their labels likewise. Two lists of times of one wait would tell of those between them.
fn times(top: &mut Section<'_, '_, '_>) -> Vec<Time> {
    let mut all: Vec<Time> = Vec::new();
    for section in top.sections("time") {
        let at = section.at;
        let one = time(section);
        if all.iter().any(|before| (&before.column, &before.happened) == (&one.column, &one.happened)) {
            let reason =
                format!("{} until {} is there already; name its times in one list", one.column, one.happened);
            top.problem(at, "time.column", reason);
        } else if all.iter().any(|before| before.label == one.label) {
            top.problem(
                at,
                "time.label",
                format!("{} is there twice; give each a label of its own", one.label),
            );
        }
        all.push(one);
    }
    all
}

fn minimum_cell(top: &mut Section<'_, '_, '_>) -> u32 {
    let Some(wanted) = top.number("minimum_cell") else { return MINIMUM_CELL };
    if wanted.value.fract() == 0.0 && (1.0..=1000.0).contains(&wanted.value) {
        return wanted.value as u32;
    }
    top.problem(wanted.at, "minimum_cell", "wants a whole number from 1 to 1000");
    MINIMUM_CELL
}

fn interactions(top: &mut Section<'_, '_, '_>, known: &rules::Known) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for mut section in top.sections("interaction") {
        let Some(between) = section.texts("between") else {
            section.problem(section.at, "between", "wants the names of two covariates");
            section.end();
            continue;
        };
        for name in &between.value {
            known.check_variable(&section, "between", name);
        }
        match between.value.as_slice() {
            [first, second] if first.value != second.value => {
                let pair = (first.value.clone(), second.value.clone());
                if pairs.contains(&pair) || pairs.contains(&(pair.1.clone(), pair.0.clone())) {
                    section.problem(between.at, "between", "this pair is there twice");
                }
                pairs.push(pair);
            }
            _ => section.problem(between.at, "between", "wants two different covariates"),
        }
        section.end();
    }
    pairs
}

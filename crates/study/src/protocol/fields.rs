//! The tables of a protocol, one function each.

use super::model::{
    Change, Cluster, Eligibility, Measure, Missing, Outcome, Published, Sensitivity, Stage, Time, Window,
};
use super::rules::Known;
use super::section::{At, Section};
use crate::source::{self, Band, Coding, Covariate, Level, MISSING_LEVEL};

type Table<'f, 't, 'd> = Section<'f, 't, 'd>;

pub fn window(mut table: Table<'_, '_, '_>) -> Window {
    let mut day = |key| {
        if !table.has(key) {
            table.problem(table.at, key, "wants a date");
        }
        table.date(key).unwrap_or(At { value: String::new(), at: table.at })
    };
    let (from, to) = (day("from"), day("to"));
    // ISO dates sort as texts.
    if !to.value.is_empty() && from.value > to.value {
        table.problem(to.at, "to", "is before from");
    }
    table.end();
    Window { from: from.value, to: to.value }
}

pub fn eligibility(mut table: Table<'_, '_, '_>) -> Eligibility {
    let name = table.needed("name").value;
    let column = table.text("column").map(|text| text.value);
    let at_least = table.number("at_least").map(|number| number.value);
    let at_most = table.number("at_most").map(|number| number.value);
    let one_of: Vec<String> = table
        .texts("one_of")
        .map_or_else(Vec::new, |texts| texts.value.into_iter().map(|it| it.value).collect());
    let has_test = at_least.is_some() || at_most.is_some() || !one_of.is_empty();
    if column.is_some() && !has_test {
        table.problem(table.at, "column", "wants at_least, at_most or one_of beside it");
    }
    if column.is_none() && has_test {
        table.problem(table.at, "column", "is missing: which column is tested?");
    }
    table.end();
    Eligibility { name, column, at_least, at_most, one_of }
}

pub fn outcome(top: &mut Table<'_, '_, '_>) -> Outcome {
    let Some(mut table) = top.section("outcome") else {
        top.problem(0, "outcome", "there is no [outcome]");
        return Outcome::default();
    };
    let column = table.needed("column").value;
    let label = table.text("label").map_or_else(|| column.clone(), |text| text.value);
    let definition = table.needed("definition").value;
    let measure = table.text("measure").map(|text| text.value);
    table.end();
    Outcome { column, label, definition, measure }
}

pub fn cluster(top: &mut Table<'_, '_, '_>) -> Cluster {
    let Some(mut table) = top.section("cluster") else {
        top.problem(0, "cluster", "there is no [cluster]");
        return Cluster { column: String::new(), label: String::new() };
    };
    let column = table.needed("column").value;
    let label = table.text("label").map_or_else(|| column.clone(), |text| text.value);
    table.end();
    Cluster { column, label }
}

pub fn missing(mut table: Table<'_, '_, '_>) -> Missing {
    let policy = policy(&mut table, "policy").unwrap_or_default();
    let values = table.texts("values").map_or_else(Vec::new, |texts| texts.value);
    table.end();
    Missing { policy, values: values.into_iter().map(|text| text.value).collect() }
}

fn policy(table: &mut Table<'_, '_, '_>, key: &'static str) -> Option<source::Missing> {
    let text = table.text(key)?;
    match text.value.as_str() {
        "refuse" => Some(source::Missing::Refuse),
        "level" => Some(source::Missing::Level),
        "complete-case" => Some(source::Missing::CompleteCase),
        _ => {
            table.problem(text.at, key, "wants refuse, level or complete-case");
            None
        }
    }
}

pub fn covariate(mut table: Table<'_, '_, '_>, otherwise: source::Missing) -> At<Measure> {
    let at = table.at;
    let name = table.needed("name").value;
    let column = table.text("column").map_or_else(|| name.clone(), |text| text.value);
    let label = table.text("label").map_or_else(|| name.clone(), |text| text.value);
    let definition = table.text("definition").map_or_else(String::new, |text| text.value);
    let measure = table.text("measure").map(|text| text.value);
    let missing = policy(&mut table, "missing").unwrap_or(otherwise);
    let coding = coding(&mut table);
    let reference = table.text("reference");
    let covariate = Covariate { name, column, coding, reference: None, missing };
    let reference = reference.map(|reference| {
        let names = covariate.level_names();
        if !names.is_empty() && !names.contains(&reference.value.as_str()) {
            let reason = format!("{} is none of the levels {}", reference.value, names.join(", "));
            table.problem(reference.at, "reference", reason);
        }
        reference.value
    });
    table.end();
    let covariate = Covariate { reference, ..covariate };
    At { value: Measure { covariate, label, definition, measure }, at }
}

fn coding(table: &mut Table<'_, '_, '_>) -> Coding {
    if table.has("levels") && table.has("bands") {
        table.problem(table.at, "bands", "levels or bands, not both");
    }
    if table.has("bands") {
        table.sections("levels");
        return Coding::Bands(bands(table));
    }
    let has_levels = table.has("levels");
    let mut levels: Vec<Level> = Vec::new();
    for mut section in table.sections("levels") {
        let name = section.needed("name");
        let values: Vec<String> = match section.texts("values") {
            Some(values) => values.value.into_iter().map(|text| text.value).collect(),
            None => vec![name.value.clone()],
        };
        check_name(&section, &name, levels.iter().map(|level| level.name.as_str()));
        if let Some(value) =
            values.iter().find(|value| levels.iter().any(|level| level.values.contains(*value)))
        {
            section.problem(section.at, "values", format!("{value} belongs to two levels"));
        }
        section.end();
        levels.push(Level { name: name.value, values });
    }
    if has_levels && levels.len() < 2 {
        table.problem(table.at, "levels", "wants at least two levels");
    }
    table.sections("bands");
    if has_levels { Coding::Levels(levels) } else { Coding::Found }
}

fn bands(table: &mut Table<'_, '_, '_>) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    let sections = table.sections("bands");
    let last = sections.len().saturating_sub(1);
    if last == 0 {
        table.problem(table.at, "bands", "wants at least two bands");
    }
    for (at, mut section) in sections.into_iter().enumerate() {
        let name = section.needed("name");
        let below = section.number("below");
        check_name(&section, &name, bands.iter().map(|band| band.name.as_str()));
        match &below {
            None if at < last => {
                section.problem(section.at, "below", "is missing; only the last band has no end")
            }
            Some(below)
                if bands.last().is_some_and(|band| band.below.is_some_and(|end| end >= below.value)) =>
            {
                section.problem(below.at, "below", "is not above the band before");
            }
            _ => {}
        }
        section.end();
        bands.push(Band { name: name.value, below: below.map(|below| below.value) });
    }
    bands
}

fn check_name<'n>(section: &Table<'_, '_, '_>, name: &At<String>, mut before: impl Iterator<Item = &'n str>) {
    if before.any(|level| level == name.value) {
        section.problem(name.at, "name", format!("the level {} is there twice", name.value));
    }
    if name.value == MISSING_LEVEL {
        section.problem(name.at, "name", "is kept for missing values; say missing = \"level\"");
    }
}

pub fn sensitivity(mut table: Table<'_, '_, '_>, known: &Known) -> Option<Sensitivity> {
    let name = table.needed("name").value;
    let variable = table.text("variable");
    let column = table.text("column");
    let levels = table.texts("levels");
    let without = table.text("without");
    let is_complete = table.text("missing");
    for named in variable.iter().chain(&without) {
        known.check_variable(&table, "variable", named);
    }
    let change = match (variable, column, levels, without, is_complete) {
        (Some(variable), Some(column), None, None, None) => {
            Some(Change::Replace { variable: variable.value, column: column.value })
        }
        (Some(variable), None, Some(levels), None, None) => {
            for level in &levels.value {
                known.check_level(&table, "levels", &variable.value, level);
            }
            let levels = levels.value.into_iter().map(|level| level.value).collect();
            Some(Change::Only { variable: variable.value, levels })
        }
        (None, None, None, Some(without), None) => Some(Change::Without(without.value)),
        (None, None, None, None, Some(missing)) if missing.value == "complete-case" => {
            Some(Change::CompleteCases)
        }
        _ => {
            let reason = "wants one of: variable and column; variable and levels; without; missing = \"complete-case\"";
            table.problem(table.at, "name", reason);
            None
        }
    };
    table.end();
    change.map(|change| Sensitivity { name, change })
}

pub fn published(mut table: Table<'_, '_, '_>, known: &Known) -> Published {
    let (variable, level) = (table.needed("variable"), table.needed("level"));
    let reference = table.text("reference");
    known.check_variable(&table, "variable", &variable);
    for level in std::iter::once(&level).chain(&reference) {
        known.check_level(&table, "level", &variable.value, level);
    }
    known.check_contrast(&table, &variable.value, &level, reference.as_ref());
    let mut ratio = |key| table.number(key).map_or(f64::NAN, |number| number.value);
    let (odds_ratio, low, high) = (ratio("odds_ratio"), ratio("low"), ratio("high"));
    if !(0.0 < low && low <= odds_ratio && odds_ratio <= high) {
        table.problem(
            table.at,
            "odds_ratio",
            "wants odds_ratio, low and high above 0, with low <= odds_ratio <= high",
        );
    }
    let row = table.needed("row").value;
    table.end();
    let reference = reference.map(|reference| reference.value);
    Published { variable: variable.value, level: level.value, reference, odds_ratio, low, high, row }
}

pub fn stage(mut table: Table<'_, '_, '_>) -> Stage {
    let (name, column) = (table.needed("name").value, table.needed("column").value);
    table.end();
    Stage { name, column }
}

pub fn time(mut table: Table<'_, '_, '_>) -> Time {
    let (column, happened) = (table.needed("column").value, table.needed("happened").value);
    let label = table.text("label").map_or_else(|| column.clone(), |text| text.value);
    let at: Vec<f64> = match table.numbers("at") {
        Some(numbers) => numbers.value,
        None => Vec::new(),
    };
    let is_rising =
        at.windows(2).all(|pair| pair[0] < pair[1]) && at.first().is_some_and(|first| *first > 0.0);
    if !is_rising {
        table.problem(table.at, "at", "wants rising times above 0, such as [1, 4, 24]");
    }
    table.end();
    Time { column, happened, label, at }
}

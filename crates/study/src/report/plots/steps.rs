//! Who was left at each step of attrition and of the stages, adoption by month, and who still waits.

use super::super::digits::{count, text};
use super::super::model::{Report, Stages, Step, Times, Waiting};
use crate::plot::{Box, Column, Columns, Curve, Curves, Flow};

/// The flow from all to those analysed.
pub fn attrition(report: &Report) -> String {
    let told = |count_of: Option<u64>| count_of.map_or_else(|| "number withheld".to_owned(), count);
    let step = |(at, step): (usize, &Step)| Box {
        name: if at == 0 { capital(&step.name) } else { "Remaining".to_owned() },
        remaining: format!("n = {}", told(step.remaining)),
        left: (at > 0).then(|| format!("Left out ({}): n = {}", step.name, told(step.left_out))),
    };
    let mut boxes: Vec<Box> = report.attrition.iter().enumerate().map(step).collect();
    if let Some(last) = boxes.last_mut() {
        last.name = format!("Analysed: {}", report.unit);
    }
    Flow {
        id: "attrition-flow",
        title: "Attrition",
        words: "Boxes from the first step to those analysed, with those left out beside each arrow; the same numbers stand in the table.",
        boxes: &boxes,
    }
    .svg()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

/// The flow through the stages, of all.
pub fn stages(stages: &Stages) -> String {
    let Some(all) = stages.groups.first() else { return String::new() };
    let shown: Vec<(&String, u64)> =
        stages.names.iter().zip(&all.counts).filter_map(|(name, count)| Some((name, (*count)?))).collect();
    let Some((_, first)) = shown.first().copied() else { return String::new() };
    let step = |(at, (name, n)): (usize, &(&String, u64))| Box {
        name: (*name).clone(),
        remaining: match at {
            0 => format!("n = {}", count(*n)),
            _ => format!("n = {} ({} %)", count(*n), text(100.0 * *n as f64 / first as f64)),
        },
        left: (at > 0).then(|| format!("No further: n = {}", count(shown[at - 1].1 - n))),
    };
    let boxes: Vec<Box> = shown.iter().enumerate().map(step).collect();
    Flow {
        id: "stages-flow",
        title: "Stages",
        words: "Boxes for each stage that is shown, with those who came no further beside each arrow; the same numbers stand in the table.",
        boxes: &boxes,
    }
    .svg()
}

/// The share with the outcome in each calendar month, in people of 1,000.
pub fn months(report: &Report) -> String {
    let Some(months) = report.months.and_then(|at| report.variables.get(at)) else { return String::new() };
    let mut levels: Vec<_> = months.levels.iter().collect();
    // Months written as 2005-01 sort as texts.
    levels.sort_by(|one, two| one.level.cmp(&two.level));
    let column = |level: &&super::super::model::Level| Column {
        name: level.level.clone(),
        value: level.percent.map(|percent| 10.0 * percent),
        interval: None,
    };
    let columns: Vec<Column> = levels.iter().map(column).collect();
    let title = format!("{} by month", report.outcome);
    let up = format!("Per 1,000 {}", report.unit);
    let words = "A column for each calendar month; a dash where the month is not shown. The same numbers stand in table 1, in percent.";
    Columns { id: "months", title: &title, words, up: &up, columns: &columns }.svg()
}

/// The share that still waits: of all, and of the levels of one covariate.
pub fn waiting(times: &Times, number: usize, variable: Option<&str>) -> String {
    let is_drawn = |group: &&Waiting| group.variable.is_none() || group.variable.as_deref() == variable;
    let curve = |group: &Waiting| {
        let known = times.at.iter().zip(&group.waiting);
        let points: Vec<(f64, f64)> =
            known.filter_map(|(at, share)| Some((*at, share.as_ref()?.value))).collect();
        let points = if points.is_empty() { points } else { [&[(0.0, 100.0)], points.as_slice()].concat() };
        Curve { name: group.level.clone(), points }
    };
    let curves: Vec<Curve> = times.groups.iter().filter(is_drawn).map(curve).collect();
    let ticks: Vec<(f64, String)> = times.at.iter().map(|at| (*at, at.to_string())).collect();
    let title = match variable {
        Some(variable) => format!("{} by {variable}", times.label),
        None => times.label.clone(),
    };
    Curves {
        id: &format!("waiting-{number}"),
        title: &title,
        words: "A line for each group: the percentage that still waits, by the product-limit estimate, at the times of the table below.",
        across: &format!("{} (square-root scale)", times.label),
        up: "Still waiting, %",
        ticks: &ticks,
        curves: &curves,
    }
    .svg()
}

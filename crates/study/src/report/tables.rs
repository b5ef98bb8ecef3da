//! The numbers of the page as CSV, a table to a file.

use super::model::{self, Ratio, Report};
use serde::Serialize;

/// The tables by the names of their files; the text of one without rows is empty.
pub fn of(report: &Report) -> Result<Vec<(&'static str, String)>, csv::Error> {
    Ok(vec![
        ("summary.csv", table(std::iter::once(summary(report)))?),
        ("attrition.csv", table(report.attrition.iter().map(attrition))?),
        (
            "characteristics.csv",
            table(levels(report).map(|(variable, level)| characteristic(variable, level)))?,
        ),
        ("odds_ratios.csv", table(levels(report).map(|(variable, level)| odds(variable, level)))?),
        ("tests.csv", table(tests(report))?),
        ("interactions.csv", table(interactions(report))?),
        ("calibration.csv", table(report.calibration.iter())?),
        ("sensitivity.csv", table(sensitivity(report).into_iter())?),
        ("published.csv", table(report.published.iter().map(beside))?),
        ("stages.csv", table(stages(report))?),
        ("times.csv", table(times(report))?),
    ])
}

/// Rows of equal columns; nothing where there is no row.
fn table<T: Serialize>(rows: impl Iterator<Item = T>) -> Result<String, csv::Error> {
    let mut out = csv::Writer::from_writer(Vec::new());
    for row in rows {
        out.serialize(row)?;
    }
    let bytes = out.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[derive(Serialize)]
struct Summary {
    n: Option<u64>,
    events: Option<u64>,
    percent: Option<f64>,
    clusters: usize,
    c_statistic: Option<f64>,
    gee_correlation: Option<f64>,
}

fn summary(report: &Report) -> Summary {
    Summary {
        n: report.n,
        events: report.events,
        percent: report.percent,
        clusters: report.clusters,
        c_statistic: report.c_statistic,
        gee_correlation: report.gee_correlation,
    }
}

#[derive(Serialize)]
struct Tested<'a> {
    /// A characteristic's name, or the labels of both that interact.
    tested: &'a str,
    robust_statistic: Option<f64>,
    robust_df: Option<usize>,
    /// G-1, where the statistic is F; empty where it is chi-squared.
    robust_within: Option<usize>,
    robust_p: Option<f64>,
    likelihood_ratio_chi_squared: Option<f64>,
    likelihood_ratio_df: Option<usize>,
    likelihood_ratio_p: Option<f64>,
}

/// The tests of the characteristics, then those of interactions.
fn tests(report: &Report) -> impl Iterator<Item = Tested<'_>> {
    let variables = report.variables.iter().map(|it| (it.name.as_str(), it.test, it.robust_test));
    let pairs = report.interactions.iter().map(|it| (it.variables.as_str(), it.test, it.robust_test));
    variables.chain(pairs).map(|(tested, test, robust)| Tested {
        tested,
        robust_statistic: robust.map(|it| it.statistic),
        robust_df: robust.map(|it| it.degrees),
        robust_within: robust.and_then(|it| it.within),
        robust_p: robust.map(|it| it.p),
        likelihood_ratio_chi_squared: test.map(|it| it.chi_squared),
        likelihood_ratio_df: test.map(|it| it.degrees),
        likelihood_ratio_p: test.map(|it| it.p),
    })
}

#[derive(Serialize)]
struct Interacting<'a> {
    variables: &'a str,
    levels: &'a str,
    ratio_of_odds_ratios: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    p: Option<f64>,
}

fn interactions(report: &Report) -> impl Iterator<Item = Interacting<'_>> {
    report.interactions.iter().flat_map(|pair| {
        pair.products.iter().map(|product| {
            let [ratio_of_odds_ratios, low, high] = three(product.adjusted);
            let (variables, levels) = (pair.variables.as_str(), product.levels.as_str());
            Interacting { variables, levels, ratio_of_odds_ratios, low, high, p: product.p }
        })
    })
}

fn levels(report: &Report) -> impl Iterator<Item = (&model::Variable, &model::Level)> {
    report.variables.iter().flat_map(|variable| variable.levels.iter().map(move |level| (variable, level)))
}

#[derive(Serialize)]
struct Attrition<'a> {
    step: &'a str,
    left_out: Option<u64>,
    remaining: Option<u64>,
}

fn attrition(step: &model::Step) -> Attrition<'_> {
    Attrition { step: &step.name, left_out: step.left_out, remaining: step.remaining }
}

#[derive(Serialize)]
struct Characteristic<'a> {
    variable: &'a str,
    level: &'a str,
    n: Option<u64>,
    events: Option<u64>,
    percent: Option<f64>,
    share_with: Option<f64>,
    share_without: Option<f64>,
    standardized_difference: Option<f64>,
}

fn characteristic<'a>(variable: &'a model::Variable, level: &'a model::Level) -> Characteristic<'a> {
    Characteristic {
        variable: &variable.name,
        level: &level.level,
        n: level.n,
        events: level.events,
        percent: level.percent,
        share_with: level.share_with,
        share_without: level.share_without,
        standardized_difference: variable.difference,
    }
}

#[derive(Serialize)]
struct Odds<'a> {
    variable: &'a str,
    level: &'a str,
    reference: bool,
    crude_or: Option<f64>,
    crude_low: Option<f64>,
    crude_high: Option<f64>,
    or: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    model_low: Option<f64>,
    model_high: Option<f64>,
    p: Option<f64>,
    gee_or: Option<f64>,
    gee_low: Option<f64>,
    gee_high: Option<f64>,
    probability: Option<f64>,
    probability_low: Option<f64>,
    probability_high: Option<f64>,
    t_low: Option<f64>,
    t_high: Option<f64>,
    firth_or: Option<f64>,
    firth_low: Option<f64>,
    firth_high: Option<f64>,
    /// Where the characteristic has interactions: where the adjusted figures hold.
    at: Option<&'a str>,
}

fn odds<'a>(variable: &'a model::Variable, level: &'a model::Level) -> Odds<'a> {
    let [crude_or, crude_low, crude_high] = three(level.crude);
    let [or, low, high] = three(level.adjusted);
    let [gee_or, gee_low, gee_high] = three(level.gee);
    let [firth_or, firth_low, firth_high] = three(level.firth);
    let [probability, probability_low, probability_high] = three(level.probability);
    Odds {
        variable: &variable.name,
        level: &level.level,
        reference: level.is_reference,
        crude_or,
        crude_low,
        crude_high,
        or,
        low,
        high,
        model_low: level.model_interval.map(|it| it[0]),
        model_high: level.model_interval.map(|it| it[1]),
        p: level.p,
        gee_or,
        gee_low,
        gee_high,
        probability,
        probability_low,
        probability_high,
        t_low: level.t_interval.map(|it| it[0]),
        t_high: level.t_interval.map(|it| it[1]),
        firth_or,
        firth_low,
        firth_high,
        at: variable.at.as_deref(),
    }
}

fn three(ratio: Option<Ratio>) -> [Option<f64>; 3] {
    let interval = ratio.and_then(|ratio| ratio.interval);
    [ratio.map(|ratio| ratio.value), interval.map(|it| it[0]), interval.map(|it| it[1])]
}

#[derive(Serialize)]
struct Changed<'a> {
    analysis: &'a str,
    change: &'a str,
    n: Option<u64>,
    variable: &'a str,
    level: &'a str,
    or: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    at: Option<&'a str>,
}

fn sensitivity(report: &Report) -> Vec<Changed<'_>> {
    let rows =
        report.sensitivity.iter().flat_map(|analysis| analysis.rows.iter().map(move |row| (analysis, row)));
    rows.map(|(analysis, row)| {
        let [or, low, high] = three(row.adjusted);
        let (change, n) = (analysis.change.as_str(), analysis.n);
        Changed {
            analysis: &analysis.name,
            change,
            n,
            variable: &row.variable,
            level: &row.level,
            or,
            low,
            high,
            at: row.at.as_deref(),
        }
    })
    .collect()
}

#[derive(Serialize)]
struct Published<'a> {
    row: &'a str,
    published_or: f64,
    published_low: Option<f64>,
    published_high: Option<f64>,
    or: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    reference: &'a str,
    within: Option<bool>,
    not_compared: Option<&'a str>,
}

fn beside(row: &model::Beside) -> Published<'_> {
    let [_, published_low, published_high] = three(Some(row.published));
    let [or, low, high] = three(row.own);
    Published {
        row: &row.row,
        published_or: row.published.value,
        published_low,
        published_high,
        or,
        low,
        high,
        reference: &row.reference,
        within: row.holds,
        not_compared: row.reason.as_deref(),
    }
}

#[derive(Serialize)]
struct Staged<'a> {
    variable: Option<&'a str>,
    level: &'a str,
    stage: &'a str,
    n: Option<u64>,
}

fn stages(report: &Report) -> impl Iterator<Item = Staged<'_>> {
    report.stages.iter().flat_map(|way| {
        way.groups.iter().flat_map(|group| {
            way.names.iter().zip(&group.counts).map(|(stage, n)| Staged {
                variable: group.variable.as_deref(),
                level: &group.level,
                stage,
                n: *n,
            })
        })
    })
}

#[derive(Serialize)]
struct Timed<'a> {
    time: &'a str,
    variable: Option<&'a str>,
    level: &'a str,
    n: Option<u64>,
    at: f64,
    waiting_percent: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    median: Option<f64>,
    median_low: Option<f64>,
    median_high: Option<f64>,
}

fn times(report: &Report) -> impl Iterator<Item = Timed<'_>> {
    report.times.iter().flat_map(|time| {
        time.groups.iter().flat_map(move |group| {
            time.at.iter().zip(&group.waiting).map(move |(at, share)| {
                let [waiting_percent, low, high] = three(*share);
                let [median, median_low, median_high] = three(group.median);
                Timed {
                    time: &time.label,
                    variable: group.variable.as_deref(),
                    level: &group.level,
                    n: group.n,
                    at: *at,
                    waiting_percent,
                    low,
                    high,
                    median,
                    median_low,
                    median_high,
                }
            })
        })
    })
}

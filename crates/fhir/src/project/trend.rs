//! How a value went over time: the same test in one unit. Values in another unit are converted where that is
//! certain (`ucum`), and left out where it is not.

use super::coded::CodeKey;
use super::range::UsualRange;
use super::result::TestResult;
use super::value::Measured;
use crate::{plain, ucum};
use jiff::Timestamp;

/// A line to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    pub unit: Option<String>,
    /// The newest point's usual range, where it has one.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Oldest first; at least two.
    pub points: Vec<TrendPoint>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TrendPoint {
    /// Which of the results handed in.
    pub index: usize,
    pub at: Timestamp,
    /// In the trend's unit.
    pub value: f64,
    /// "5.4 mmol/L"; of a converted value "97.3 mg/dL (5.4 mmol/L)".
    pub text: String,
}

/// The low and high end of a usual range.
type Ends = (Option<f64>, Option<f64>);

/// The trend of a test or component among `results`: numbers with the key on a known day, in the unit of
/// `like`. Nothing with fewer than two points.
pub fn trend(results: &[TestResult], key: &CodeKey, like: &Measured) -> Option<Trend> {
    let mut found: Vec<(TrendPoint, Ends)> = Vec::new();
    for (index, result) in results.iter().enumerate().filter(|(_, result)| result.status != "cancelled") {
        let Some(at) = result.effective.as_ref().and_then(|date| date.at()) else { continue };
        let Some((measured, range)) = part(result, key) else { continue };
        if let Some(value) = measured.number.and_then(|number| in_unit(number, measured.unit(), key, like)) {
            let text =
                if measured.unit == like.unit { measured.text.clone() } else { told(value, measured, like) };
            found.push((TrendPoint { index, at, value, text }, ends(range, measured, key, like)));
        }
    }
    found.sort_by_key(|(point, _)| point.at);
    let (low, high) = found.last().map(|(_, ends)| *ends).unwrap_or_default();
    let points: Vec<_> = found.into_iter().map(|(point, _)| point).collect();
    (points.len() >= 2).then(|| Trend { unit: like.unit.clone(), low, high, points })
}

/// The result's own value, or that of a component, under a key.
fn part<'a>(result: &'a TestResult, key: &CodeKey) -> Option<(&'a Measured, Option<&'a UsualRange>)> {
    if result.key.as_ref() == Some(key) {
        return Some((result.value.as_ref()?, result.range.as_ref()));
    }
    let component = result.components.iter().find(|one| one.key.as_ref() == Some(key))?;
    Some((component.value.as_ref()?, component.range.as_ref()))
}

fn in_unit(number: f64, unit: Option<&str>, key: &CodeKey, like: &Measured) -> Option<f64> {
    match (unit, like.unit()) {
        (None, None) => Some(number),
        (Some(from), Some(to)) => ucum::convert(number, from, to, key),
        _ => None,
    }
}

/// The range's ends in the unit of `like`; a range without a unit is in that of its value.
fn ends(range: Option<&UsualRange>, measured: &Measured, key: &CodeKey, like: &Measured) -> Ends {
    let Some(range) = range else { return (None, None) };
    let is_of_value = range.unit.is_none() || range.unit == measured.unit;
    let unit = if is_of_value { measured.unit() } else { range.unit.as_deref() };
    let told = |end: Option<f64>| end.and_then(|end| in_unit(end, unit, key, like));
    (told(range.low), told(range.high))
}

/// Three digits tell enough of a converted value; what was sent stands behind it.
fn told(value: f64, measured: &Measured, like: &Measured) -> String {
    let before_point = value.abs().max(1.0).log10().floor();
    let decimals = if before_point >= 2.0 {
        0
    } else if before_point >= 1.0 {
        1
    } else {
        2
    };
    let unit = like.unit.as_deref().map(plain::unit).unwrap_or_default();
    format!("{value:.decimals$} {unit} ({})", measured.text)
}

//! How a value went over time: the same test in the same unit.

use super::coded::CodeKey;
use super::range::UsualRange;
use super::result::TestResult;
use super::value::Measured;
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
    pub value: f64,
    pub text: String,
}

/// The trend of a test or component among `results`: numbers with the key and unit, on a known day.
/// Nothing with fewer than two points.
pub fn trend(results: &[TestResult], key: &CodeKey, unit: Option<&str>) -> Option<Trend> {
    let mut found: Vec<(TrendPoint, Option<&UsualRange>)> = Vec::new();
    for (index, result) in results.iter().enumerate().filter(|(_, result)| result.status != "cancelled") {
        let Some(at) = result.effective.as_ref().and_then(|date| date.at()) else { continue };
        let Some((value, range)) = part(result, key) else { continue };
        if let (Some(number), true) = (value.number, value.unit.as_deref() == unit) {
            found.push((TrendPoint { index, at, value: number, text: value.text.clone() }, range));
        }
    }
    found.sort_by_key(|(point, _)| point.at);
    let range = found.last().and_then(|(_, range)| *range);
    let (low, high) = (range.and_then(|range| range.low), range.and_then(|range| range.high));
    let points: Vec<_> = found.into_iter().map(|(point, _)| point).collect();
    (points.len() >= 2).then(|| Trend { unit: unit.map(str::to_owned), low, high, points })
}

/// The result's own value, or that of a component, under a key.
fn part<'a>(result: &'a TestResult, key: &CodeKey) -> Option<(&'a Measured, Option<&'a UsualRange>)> {
    if result.key.as_ref() == Some(key) {
        return Some((result.value.as_ref()?, result.range.as_ref()));
    }
    let component = result.components.iter().find(|one| one.key.as_ref() == Some(key))?;
    Some((component.value.as_ref()?, component.range.as_ref()))
}

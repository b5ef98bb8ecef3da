//! Dates of a search: date, dateTime, instant, Period, and a Timing as its outer limits.

use super::value::IndexValue;
use crate::date::{Interval, parse};
use jiff::tz::TimeZone;
use serde_json::Value;

pub fn date<'a>(leaf: &str, value: &'a Value, zone: &TimeZone, found: &mut dyn FnMut(IndexValue<'a>)) {
    let interval = match leaf {
        "Period" => period(value, zone),
        "Timing" => timing(value, zone),
        _ => value.as_str().and_then(|text| parse(text, zone)),
    };
    if let Some(Interval { lo_micros, hi_micros }) = interval {
        found(IndexValue::Date { lo_micros, hi_micros });
    }
}

/// From the start's beginning to the end's end; open where one is absent.
fn period(value: &Value, zone: &TimeZone) -> Option<Interval> {
    let end_of = |name: &str| value.get(name).and_then(Value::as_str).and_then(|text| parse(text, zone));
    let (start, end) = (end_of("start"), end_of("end"));
    (start.is_some() || end.is_some()).then(|| Interval {
        lo_micros: start.map_or(Interval::EARLIEST, |i| i.lo_micros),
        hi_micros: end.map_or(Interval::LATEST, |i| i.hi_micros),
    })
}

fn timing(value: &Value, zone: &TimeZone) -> Option<Interval> {
    let events = value.get("event").and_then(Value::as_array).into_iter().flatten();
    let events = events.filter_map(Value::as_str).filter_map(|text| parse(text, zone));
    let bounds = value.pointer("/repeat/boundsPeriod").and_then(|bounds| period(bounds, zone));
    events.chain(bounds).reduce(|a, b| Interval {
        lo_micros: a.lo_micros.min(b.lo_micros),
        hi_micros: a.hi_micros.max(b.hi_micros),
    })
}

//! Dates of the chart: as delivered, and as a moment for order.

use crate::date;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

/// A date of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartDate {
    /// As delivered: `2019`, `2019-04`, `2019-04-02T10:00:00-07:00`.
    pub text: String,
    /// Where it begins, for order; of a bare year its first moment.
    pub starts_at: Timestamp,
    /// Whether a day at least is known.
    pub is_exact: bool,
}

impl ChartDate {
    /// Reads a FHIR date; without a zone it is read in `zone`.
    pub fn parse(text: &str, zone: &TimeZone) -> Option<Self> {
        let starts_at = Timestamp::from_microsecond(date::parse(text, zone)?.lo_micros).ok()?;
        Some(ChartDate { text: text.to_owned(), starts_at, is_exact: text.len() >= 10 })
    }

    /// The moment, where a day at least is known.
    pub fn at(&self) -> Option<Timestamp> {
        self.is_exact.then_some(self.starts_at)
    }
}

/// The date at a member.
pub(super) fn at(resource: &Value, member: &str, zone: &TimeZone) -> Option<ChartDate> {
    resource.get(member)?.as_str().and_then(|text| ChartDate::parse(text, zone))
}

/// The date of a choice such as `onset[x]`: its dateTime, or its Period's start.
pub(super) fn start_of(resource: &Value, stem: &str, zone: &TimeZone) -> Option<ChartDate> {
    let period = || at(resource.get(format!("{stem}Period"))?, "start", zone);
    at(resource, &format!("{stem}DateTime"), zone).or_else(period)
}

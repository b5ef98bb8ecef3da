//! FHIR date, dateTime and instant (R4 datatypes 2.24.0.1) as the interval [lo, hi) that they cover.
//! A text without a zone is read in the zone that the caller passes.

use jiff::civil;
use jiff::tz::TimeZone;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// What a date or time covers, in microseconds since 1970 UTC: `lo` included, `hi` not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    pub lo_micros: i64,
    pub hi_micros: i64,
}

impl Interval {
    /// Open to the past, for a Period without a start.
    pub const EARLIEST: i64 = i64::MIN;
    /// Open to the future, for a Period without an end.
    pub const LATEST: i64 = i64::MAX;
}

/// A date or time taken apart, with a real calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    pub year: i64,
    pub month: Option<i64>,
    pub day: Option<i64>,
    pub time: Option<Time>,
    /// Minutes east of UTC.
    pub offset: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Time {
    pub micros: i64,
    /// How long the smallest written unit lasts, in microseconds.
    pub precision: i64,
}

/// The interval of a FHIR date, dateTime or instant, or of a search value (seconds and zone may be absent).
pub fn parse(text: &str, zone: &TimeZone) -> Option<Interval> {
    let parts = parts(text)?;
    let (month, day) = (parts.month.unwrap_or(1), parts.day.unwrap_or(1));
    let start = days_from_civil(parts.year, month, day) * DAY;
    if let Some(time) = parts.time {
        let local = start + time.micros;
        let lo = match parts.offset {
            Some(minutes) => local - minutes * 60 * SECOND,
            None => in_zone(local, zone),
        };
        return Some(Interval { lo_micros: lo, hi_micros: lo + time.precision });
    }
    let end = day_after(&parts) * DAY;
    Some(Interval { lo_micros: in_zone(start, zone), hi_micros: in_zone(end, zone) })
}

/// The calendar day with which a date or time begins, as it is written, counted from 1970-01-01.
pub fn first_day(text: &str) -> Option<i32> {
    let parts = parts(text)?;
    i32::try_from(days_from_civil(parts.year, parts.month.unwrap_or(1), parts.day.unwrap_or(1))).ok()
}

/// The calendar day with which it ends.
pub fn last_day(text: &str) -> Option<i32> {
    i32::try_from(day_after(&parts(text)?) - 1).ok()
}

fn day_after(parts: &Parts) -> i64 {
    match (parts.month, parts.day) {
        (Some(month), Some(day)) => days_from_civil(parts.year, month, day) + 1,
        (Some(12), None) | (None, _) => days_from_civil(parts.year + 1, 1, 1),
        (Some(month), None) => days_from_civil(parts.year, month + 1, 1),
    }
}

/// Year and month, where both are written.
pub fn year_and_month(text: &str) -> Option<(i16, i8)> {
    let parts = parts(text)?;
    Some((i16::try_from(parts.year).ok()?, i8::try_from(parts.month?).ok()?))
}

/// Wall-clock microseconds in a zone as microseconds UTC; unchanged beyond the years that zones know.
fn in_zone(local: i64, zone: &TimeZone) -> i64 {
    let wall = jiff::Timestamp::from_microsecond(local).map(|t| TimeZone::UTC.to_datetime(t));
    let instant = wall.and_then(|w: civil::DateTime| zone.to_timestamp(w));
    instant.map_or(local, |t| t.as_microsecond())
}

/// Takes a date or time apart; nothing when it is not one or no such day exists.
pub(crate) fn parts(text: &str) -> Option<Parts> {
    let bytes = text.as_bytes();
    let year = number(bytes.get(..4)?)?;
    let mut parts = Parts { year, month: None, day: None, time: None, offset: None };
    if year == 0 {
        return None;
    }
    if bytes.len() == 4 {
        return Some(parts);
    }
    let month = dashed(bytes.get(4..7)?)?;
    if !(1..=12).contains(&month) {
        return None;
    }
    parts.month = Some(month);
    if bytes.len() == 7 {
        return Some(parts);
    }
    let day = dashed(bytes.get(7..10)?)?;
    if day < 1 || day > days_in_month(year, month) {
        return None;
    }
    parts.day = Some(day);
    let Some((b'T', rest)) = bytes.get(10..)?.split_first() else {
        return (bytes.len() == 10).then_some(parts);
    };
    let (time, length) = time(rest)?;
    parts.time = Some(time);
    parts.offset = match &rest[length..] {
        [] => None,
        zone => Some(offset(zone)?),
    };
    Some(parts)
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fff` at the start, and how many bytes it took.
pub(crate) fn time(bytes: &[u8]) -> Option<(Time, usize)> {
    let (hour, minute) = (number(bytes.get(..2)?)?, colon(bytes.get(2..5)?)?);
    if hour > 23 || minute > 59 {
        return None;
    }
    let micros = (hour * 60 + minute) * 60 * SECOND;
    if bytes.get(5) != Some(&b':') {
        return Some((Time { micros, precision: 60 * SECOND }, 5));
    }
    let second = colon(bytes.get(5..8)?)?;
    if second > 60 {
        return None;
    }
    let micros = micros + second * SECOND;
    if bytes.get(8) != Some(&b'.') {
        return Some((Time { micros, precision: SECOND }, 8));
    }
    let digits = bytes[9..].iter().take_while(|b| b.is_ascii_digit()).count();
    let kept = digits.min(6);
    let precision = 10_i64.pow(u32::try_from(6 - kept).ok()?);
    let fraction = number(&bytes[9..9 + kept])? * precision;
    (digits > 0).then_some((Time { micros: micros + fraction, precision }, 9 + digits))
}

fn offset(zone: &[u8]) -> Option<i64> {
    let (sign, rest) = match zone.split_first()? {
        (b'Z', []) => return Some(0),
        (b'+', rest) => (1, rest),
        (b'-', rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = (number(rest.get(..2)?)?, colon(rest.get(2..)?)?);
    let is_real = minutes <= 59 && (hours <= 13 || (hours == 14 && minutes == 0));
    is_real.then_some(sign * (hours * 60 + minutes))
}

fn dashed(bytes: &[u8]) -> Option<i64> {
    bytes.strip_prefix(b"-").and_then(number)
}

fn colon(bytes: &[u8]) -> Option<i64> {
    bytes.strip_prefix(b":").filter(|rest| rest.len() == 2).and_then(number)
}

fn number(bytes: &[u8]) -> Option<i64> {
    let digit = |b: &u8| b.is_ascii_digit().then(|| i64::from(b - b'0'));
    bytes.iter().try_fold(0, |sum, b| Some(sum * 10 + digit(b)?))
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar, counting years from March.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn utc(text: &str) -> Option<(i64, i64)> {
        parse(text, &TimeZone::UTC).map(|i| (i.lo_micros, i.hi_micros))
    }

    #[test]
    fn a_text_covers_as_much_time_as_it_leaves_open() {
        assert_eq!(utc("1970-01-01"), Some((0, DAY)));
        assert_eq!(utc("1970"), Some((0, 365 * DAY)));
        assert_eq!(utc("1972-02"), Some((761 * DAY, 790 * DAY)));
        assert_eq!(utc("1969-12"), Some((-31 * DAY, 0)));
        assert_eq!(utc("1970-01-01T00:00:01Z"), Some((SECOND, 2 * SECOND)));
        assert_eq!(utc("1970-01-01T02:00:00.5+02:00"), Some((500_000, 600_000)));
        assert_eq!(utc("1970-01-01T00:01"), Some((60 * SECOND, 120 * SECOND)));
    }

    #[test]
    fn days_that_no_calendar_has_are_refused() {
        for text in [
            "2021-02-30",
            "2021-13",
            "2021-00-01",
            "1900-02-29",
            "0000",
            "21",
            "2021-1-1",
            "2021-01-01T",
            "garbage",
            "2021-01-01T25:00:00Z",
            "2021-01-01T10:00:00+15:00",
            "2021-01-01T10:00:00.Z",
            "2021-01-01 10:00",
            "",
        ] {
            assert_eq!(utc(text), None, "{text}");
        }
        assert!(utc("2000-02-29").is_some());
    }

    #[test]
    fn a_day_without_a_zone_is_a_day_of_the_clinic() {
        let boston = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap();
        let day = parse("2021-03-14", &boston).unwrap();
        assert_eq!(day.hi_micros - day.lo_micros, 23 * 3600 * SECOND);
        assert_eq!(day.lo_micros, utc("2021-03-14T05:00:00Z").unwrap().0);
    }

    proptest! {
        #[test]
        fn every_day_starts_where_the_calendar_library_says(days in -700_000_i64..2_900_000) {
            let day = jiff::Timestamp::from_second(days * 86_400).unwrap();
            let text = day.strftime("%Y-%m-%d").to_string();
            prop_assert_eq!(utc(&text), Some((days * DAY, (days + 1) * DAY)));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,30}") {
            parse(&text, &TimeZone::UTC);
        }
    }
}

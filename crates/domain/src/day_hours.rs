//! The hours of one weekday as people write them: `8:00-12:00,13:00-17:00` or `closed`. A value that
//! exists is in order and overlaps nowhere.

use jiff::civil::Time;
use std::fmt;
use std::str::FromStr;

/// What `24:00` is kept as: a span that closes then ends with its day.
pub const END_OF_DAY: Time = Time::MAX;

/// The spans in which a team works on a weekday, local time; none where it is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayHours(Vec<(Time, Time)>);

/// What is wrong with hours as they were written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursProblem {
    #[error("\"{0}\" is no span such as 8:00-12:00; several are written 8:00-12:00,13:00-17:00, none closed")]
    NoSpan(String),
    #[error("\"{0}\" is no time such as 8:00 or 17:30")]
    NoTime(String),
    #[error("{0} ends before it begins; a night is written on both days: 22:00-24:00 and 0:00-6:00")]
    EndsBeforeItBegins(String),
    #[error("{0} and {1} overlap")]
    Overlap(String, String),
}

impl DayHours {
    /// Puts spans in order; refuses those that end before they begin or overlap.
    pub fn new(mut spans: Vec<(Time, Time)>) -> Result<DayHours, HoursProblem> {
        spans.sort();
        if let Some(wrong) = spans.iter().find(|(opens, closes)| opens >= closes) {
            return Err(HoursProblem::EndsBeforeItBegins(written(*wrong)));
        }
        match spans.array_windows().find(|[first, next]| next.0 < first.1) {
            Some([first, next]) => Err(HoursProblem::Overlap(written(*first), written(*next))),
            None => Ok(DayHours(spans)),
        }
    }

    /// When the team opens and closes, in order.
    pub fn spans(&self) -> &[(Time, Time)] {
        &self.0
    }
}

impl FromStr for DayHours {
    type Err = HoursProblem;

    fn from_str(text: &str) -> Result<DayHours, HoursProblem> {
        if text.trim().eq_ignore_ascii_case("closed") {
            return Ok(DayHours::default());
        }
        let spans = text.split(',').map(|span| {
            let span = span.trim();
            let (opens, closes) =
                span.split_once('-').ok_or_else(|| HoursProblem::NoSpan(span.to_owned()))?;
            let (opens, closes) = (time(opens)?, time(closes)?);
            match opens < closes {
                true => Ok((opens, closes)),
                false => Err(HoursProblem::EndsBeforeItBegins(span.to_owned())),
            }
        });
        DayHours::new(spans.collect::<Result<_, _>>()?)
    }
}

impl fmt::Display for DayHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spans: Vec<String> = self.0.iter().copied().map(written).collect();
        f.write_str(if spans.is_empty() { "closed".into() } else { spans.join(",") }.as_str())
    }
}

/// `8:00` or `17:30`; `24:00` is the end of the day.
fn time(text: &str) -> Result<Time, HoursProblem> {
    let text = text.trim();
    let wrong = || HoursProblem::NoTime(text.to_owned());
    let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
    let number = |digits: &str, lengths: std::ops::RangeInclusive<usize>| {
        let is_number = lengths.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { digits.parse::<i8>().ok() } else { None }
    };
    match (number(hour, 1..=2), number(minute, 2..=2)) {
        (Some(24), Some(0)) => Ok(END_OF_DAY),
        (Some(hour), Some(minute)) => Time::new(hour, minute, 0, 0).map_err(|_| wrong()),
        _ => Err(wrong()),
    }
}

fn written((opens, closes): (Time, Time)) -> String {
    let one = |time: Time| match time {
        END_OF_DAY => "24:00".to_owned(),
        time => format!("{}:{:02}", time.hour(), time.minute()),
    };
    format!("{}-{}", one(opens), one(closes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        text.parse::<DayHours>().unwrap_err().to_string()
    }

    #[test]
    fn hours_are_put_in_order_and_written_as_they_are_read() {
        for (text, again) in [
            ("13:00-17:00, 08:00-12:00", "8:00-12:00,13:00-17:00"),
            ("8:00-12:00,12:00-17:30", "8:00-12:00,12:00-17:30"),
            ("0:00-24:00", "0:00-24:00"),
            ("Closed", "closed"),
        ] {
            let hours: DayHours = text.parse().unwrap();
            assert_eq!(hours.to_string(), again);
            assert_eq!(again.parse::<DayHours>().unwrap(), hours);
        }
    }

    #[test]
    fn a_mistake_in_the_hours_is_named() {
        assert!(problem("17:00-8:00").starts_with("17:00-8:00 ends before it begins"));
        assert!(problem("8:00-12:00,9:00-9:00").starts_with("9:00-9:00 ends before it begins"));
        assert_eq!(problem("11:30-17:00,8:00-12:00"), "8:00-12:00 and 11:30-17:00 overlap");
        assert_eq!(problem("8:00-17:00,9:00-10:00,12:00-13:00"), "8:00-17:00 and 9:00-10:00 overlap");
        assert_eq!(problem("8:00-12:00,8:00-12:00"), "8:00-12:00 and 8:00-12:00 overlap");
        for wrong in ["8-17", "8:00-25:00", "24:01-24:30", "8:0-9:00", "8:00-17:60", "+8:00-9:00", "-9:00"] {
            assert!(problem(wrong).contains("is no time such as 8:00"), "{wrong}: {}", problem(wrong));
        }
        for wrong in ["", "open", "8:00", "8:00-12:00,"] {
            assert!(problem(wrong).contains("is no span such as 8:00-12:00"), "{wrong}");
        }
    }
}

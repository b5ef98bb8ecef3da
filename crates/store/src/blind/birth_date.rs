//! Tokens of birth dates, which have no clear column: a stored date carries its year, month and
//! day, and a searched range expands to the fewest tokens that cover it. A date known only to
//! the year or month has a token of its own there, as a range may cut through it.

use jiff::ToSpan;
use jiff::civil::Date;

use super::BlindIndex;
use super::index::token;

/// Ranges are cut to these years, so that an open one has a bounded number of tokens.
const FIRST_YEAR: i16 = 1850;
const LAST_YEAR: i16 = 2199;

impl BlindIndex {
    /// The tokens of a stored FHIR date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; none for other text.
    pub fn birth_date(&self, parameter: &str, date: &str) -> Vec<i64> {
        let key = self.parameter(parameter);
        let pieces: &[Piece<&str>] = match precision(date) {
            Some("year") => &[("year", date), ("only year", date)],
            Some("month") => &[("year", &date[..4]), ("month", date), ("only month", date)],
            Some(_) => &[("year", &date[..4]), ("month", &date[..7]), ("day", date)],
            None => &[],
        };
        pieces.iter().map(|(unit, text)| token(&key, &[unit, text])).collect()
    }

    /// The one token of all stored dates within a FHIR date: the year's, the month's or the day's.
    pub fn birth_date_within(&self, parameter: &str, date: &str) -> Option<i64> {
        let unit = precision(date)?;
        Some(self.token(parameter, &[unit, date]))
    }

    /// Tokens of all stored dates that touch the days from `from` to `to`, both included.
    pub fn birth_date_range(&self, parameter: &str, from: Date, to: Date) -> Vec<i64> {
        let key = self.parameter(parameter);
        cover(from, to).iter().map(|(unit, text)| token(&key, &[unit, text])).collect()
    }
}

type Piece<Text> = (&'static str, Text);

/// `None` for text that is no FHIR date.
fn precision(date: &str) -> Option<&'static str> {
    let shaped = date.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    match date.len() {
        4 if shaped => Some("year"),
        7 if shaped => Some("month"),
        10 if shaped => Some("day"),
        _ => None,
    }
}

fn cover(from: Date, to: Date) -> Vec<Piece<String>> {
    let from = from.max(Date::constant(FIRST_YEAR, 1, 1));
    let to = to.min(Date::constant(LAST_YEAR, 12, 31));
    let mut pieces = Vec::new();
    if from > to {
        return pieces;
    }
    for year in from.year()..=to.year() {
        let (first, last) = (Date::constant(year, 1, 1), Date::constant(year, 12, 31));
        if from <= first && last <= to {
            pieces.push(("year", format!("{year:04}")));
        } else {
            pieces.push(("only year", format!("{year:04}")));
            cover_months(from.max(first), to.min(last), &mut pieces);
        }
    }
    pieces
}

/// `from` and `to` lie in one year.
fn cover_months(from: Date, to: Date, pieces: &mut Vec<Piece<String>>) {
    for month in from.month()..=to.month() {
        let first = Date::constant(from.year(), month, 1);
        let last = first.last_of_month();
        let text = format!("{:04}-{month:02}", from.year());
        if from <= first && last <= to {
            pieces.push(("month", text));
        } else {
            pieces.push(("only month", text));
            let last = last.min(to);
            let days = first.max(from).series(1.day()).take_while(|day| *day <= last);
            pieces.extend(days.map(|day| ("day", day.to_string())));
        }
    }
}

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
        let (year, month) = (date.get(..4), date.get(..7));
        match (date.len(), year, month) {
            (4, Some(year), _) => vec![token(&key, &["year", year]), token(&key, &["only year", year])],
            (7, Some(year), Some(month)) => vec![
                token(&key, &["year", year]),
                token(&key, &["month", month]),
                token(&key, &["only month", month]),
            ],
            (10, Some(year), Some(month)) => vec![
                token(&key, &["year", year]),
                token(&key, &["month", month]),
                token(&key, &["day", date]),
            ],
            _ => Vec::new(),
        }
    }

    /// The one token of all stored dates within a FHIR date: the year's, the month's or the day's.
    pub fn birth_date_within(&self, parameter: &str, date: &str) -> Option<i64> {
        let unit = match date.len() {
            4 => "year",
            7 => "month",
            10 => "day",
            _ => return None,
        };
        Some(self.token(parameter, &[unit, date]))
    }

    /// Tokens of all stored dates that touch the days from `from` to `to`, both included.
    pub fn birth_date_range(&self, parameter: &str, from: Date, to: Date) -> Vec<i64> {
        let key = self.parameter(parameter);
        cover(from, to).iter().map(|(unit, text)| token(&key, &[unit, text])).collect()
    }
}

type Piece = (&'static str, String);

fn cover(from: Date, to: Date) -> Vec<Piece> {
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
fn cover_months(from: Date, to: Date, pieces: &mut Vec<Piece>) {
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

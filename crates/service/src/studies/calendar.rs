//! The fixed periods of the boards: calendar months and quarters by the organisation's clock.

use domain::covariate::Day;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::fmt;
use std::str::FromStr;

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    pub year: i16,
    /// From 1.
    pub month: i8,
}

/// Three calendar months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    pub year: i16,
    /// From 1 to 4.
    pub number: i8,
}

impl Month {
    pub fn of(at: Timestamp, zone: &TimeZone) -> Month {
        let date = at.to_zoned(zone.clone()).date();
        Month { year: date.year(), month: date.month() }
    }

    pub fn next(self) -> Month {
        match self.month {
            12 => Month { year: self.year + 1, month: 1 },
            month => Month { month: month + 1, ..self },
        }
    }

    pub fn starts_at(self, zone: &TimeZone) -> Timestamp {
        let start = self.first().to_zoned(zone.clone());
        start.map_or(Timestamp::MAX, |start| start.timestamp())
    }

    pub fn first_day(self) -> Day {
        let days = self.first().since(Date::constant(1970, 1, 1)).map(|span| span.get_days());
        days.unwrap_or_default()
    }

    fn first(self) -> Date {
        Date::new(self.year, self.month, 1).unwrap_or(Date::MAX)
    }

    /// `2026-09`
    pub fn iso(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }
}

impl Quarter {
    pub fn months(self) -> [Month; 3] {
        let first = (self.number - 1) * 3 + 1;
        [first, first + 1, first + 2].map(|month| Month { year: self.year, month })
    }

    /// The quarter that a month is in.
    pub fn of(month: Month) -> Quarter {
        Quarter { year: month.year, number: (month.month - 1) / 3 + 1 }
    }

    /// The quarter that ends with a month.
    pub fn ending_with(last: Month) -> Option<Quarter> {
        (last.month % 3 == 0).then_some(Quarter::of(last))
    }
}

/// `2026-Q3`
impl fmt::Display for Quarter {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:04}-Q{}", self.year, self.number)
    }
}

impl FromStr for Quarter {
    type Err = ();

    fn from_str(text: &str) -> Result<Quarter, ()> {
        let (year, number) = text.split_once("-Q").ok_or(())?;
        let quarter =
            Quarter { year: year.parse().map_err(|_| ())?, number: number.parse().map_err(|_| ())? };
        if (1..=4).contains(&quarter.number) { Ok(quarter) } else { Err(()) }
    }
}

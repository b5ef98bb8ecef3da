//! A published protocol moved to the newest whole months of a record: the window keeps its length, the index
//! date its distance, and no other word is changed.

use jiff::ToSpan;
use jiff::civil::Date;
use study::protocol::Protocol;

/// The same text with its window ending with the last whole month before `today`; as it is where it has no
/// window of whole months.
pub fn with_recent_dates(text: &str, today: Date) -> String {
    moved(text, today).unwrap_or_else(|| text.to_owned())
}

fn moved(text: &str, today: Date) -> Option<String> {
    let protocol = Protocol::parse(text, "").ok()?;
    let window = protocol.window?;
    let (from, to) = (window.from.parse::<Date>().ok()?, window.to.parse::<Date>().ok()?);
    if from.day() != 1 || to != to.last_of_month() {
        return None;
    }
    let last = today.first_of_month().checked_sub(1.day()).ok()?;
    let months = months_of(last) - months_of(to);
    let shifted = |date: Date| date.first_of_month().checked_add(months.months()).ok();
    let mut dates = vec![("from", from, shifted(from)?), ("to", to, last)];
    if let Some(index) = protocol.index_date.and_then(|date| date.parse::<Date>().ok()) {
        dates.push(("index_date", index, shifted(index)?));
    }
    let lines = text.split_inclusive('\n').map(|line| {
        let key = line.split('=').next().unwrap_or_default().trim();
        match dates.iter().find(|(name, _, _)| *name == key) {
            Some((_, before, after)) => line.replacen(&before.to_string(), &after.to_string(), 1),
            None => line.to_owned(),
        }
    });
    Some(lines.collect())
}

/// Months since the year 0.
fn months_of(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies::runs::SHIPPED;

    #[test]
    fn the_papers_window_of_fifteen_months_ends_with_the_last_whole_month() {
        let text = with_recent_dates(SHIPPED[0].text, Date::constant(2026, 11, 27));
        let protocol = Protocol::parse(&text, "").unwrap();
        let window = protocol.window.unwrap();
        assert_eq!((window.from.as_str(), window.to.as_str()), ("2025-08-01", "2026-10-31"));
        assert_eq!(protocol.index_date.as_deref(), Some("2026-08-01"));
        let changed = text.lines().zip(SHIPPED[0].text.lines()).filter(|(new, old)| new != old).count();
        assert_eq!(changed, 3);
    }

    #[test]
    fn a_text_without_a_window_stays_as_it_is() {
        let text = SHIPPED[1].text.replace("[window]\nfrom = 2005-01-01\nto = 2005-12-31\n", "");
        assert_eq!(with_recent_dates(&text, Date::constant(2026, 11, 27)), text);
        assert_eq!(with_recent_dates("no protocol", Date::constant(2026, 11, 27)), "no protocol");
    }
}

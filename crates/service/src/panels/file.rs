//! A site's own list: `patient,provider,pool,from,until,source`, in any order, with a header line.

use domain::empanelment::EmpanelmentSource;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A line as it was read, nothing looked up yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub number: u64,
    pub patient: String,
    /// Empty where the patient has no primary care provider.
    pub provider: String,
    pub pool: String,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
    pub source: EmpanelmentSource,
}

/// A line that cannot be used: its number and why.
pub(super) type Refused = (u64, &'static str);

const COLUMNS: [&str; 6] = ["patient", "provider", "pool", "from", "until", "source"];

/// Reads all lines. `Err` where the header lacks a column that is needed.
pub(super) fn read(text: &[u8], zone: &TimeZone) -> Result<(Vec<Line>, Vec<Refused>), Refused> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text);
    let header = reader.headers().map_err(|_| (1, "the header line cannot be read"))?;
    let places = COLUMNS.map(|name| header.iter().position(|column| column.eq_ignore_ascii_case(name)));
    if places[0].is_none() || places[2].is_none() || places[3].is_none() {
        return Err((1, "the header needs patient, pool and from; provider, until and source may follow"));
    }
    let (mut lines, mut refused) = (Vec::new(), Vec::new());
    for (record, guess) in reader.into_records().zip(2u64..) {
        let Ok(record) = record else {
            refused.push((guess, "the line cannot be read as CSV in UTF-8"));
            continue;
        };
        let number = record.position().map_or(guess, csv::Position::line);
        let field = |at: usize| places[at].and_then(|place| record.get(place)).unwrap_or("");
        match line(number, field, zone) {
            Ok(line) => lines.push(line),
            Err(reason) => refused.push((number, reason)),
        }
    }
    Ok((lines, refused))
}

fn line<'a>(number: u64, field: impl Fn(usize) -> &'a str, zone: &TimeZone) -> Result<Line, &'static str> {
    let (patient, provider, pool) = (field(0), field(1), field(2));
    if patient.is_empty() {
        return Err("patient is empty");
    }
    if pool.is_empty() {
        return Err("pool is empty");
    }
    let from = moment(field(3), zone).ok_or("from is no date such as 2026-01-31")?;
    let until = match field(4) {
        "" => None,
        text => Some(moment(text, zone).ok_or("until is no date such as 2026-01-31")?),
    };
    if until.is_some_and(|until| until <= from) {
        return Err("until is not after from");
    }
    let source = match field(5) {
        "" => EmpanelmentSource::File,
        word => EmpanelmentSource::from_word(word)
            .ok_or("source is none of care_team, most_visits, default, file")?,
    };
    let [patient, provider, pool] = [patient, provider, pool].map(str::to_owned);
    Ok(Line { number, patient, provider, pool, from, until, source })
}

/// A day begins at midnight in the organisation's zone; a time says its own offset.
pub(super) fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Timestamp::from_microsecond(time.as_microsecond()).ok();
    }
    let day: Date = if text.len() == "2026-01-31".len() { text.parse().ok()? } else { return None };
    Some(day.to_zoned(zone.clone()).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_utc(text: &str) -> Result<(Vec<Line>, Vec<Refused>), Refused> {
        read(text.as_bytes(), &TimeZone::UTC)
    }

    #[test]
    fn columns_may_come_in_any_order_and_bad_lines_are_told_by_number() {
        let text = "\u{feff}Pool,Patient,from,until\n\
                    Nurses,MRN-1,2026-01-31,\n\
                    Nurses,,2026-01-31,\n\
                    \"Nurses, night\",MRN-2,31/01/2026,\n\
                    Nurses,MRN-3,2026-01-31,2026-01-31\n";
        let (lines, refused) = read_utc(text).unwrap();
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].number, lines[0].patient.as_str(), lines[0].until), (2, "MRN-1", None));
        assert_eq!(refused.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4, 5]);
    }

    #[test]
    fn a_header_without_what_is_needed_refuses_the_whole_file() {
        assert_eq!(read_utc("patient,provider\nMRN-1,1\n").unwrap_err().0, 1);
        assert!(read_utc("").is_err());
    }

    #[test]
    fn a_line_that_is_no_text_leaves_the_others() {
        let (lines, refused) =
            read(b"patient,pool,from\n\xff,Nurses,2026-01-31\nMRN-1,Nurses,2026-01-31\n", &TimeZone::UTC)
                .unwrap();
        assert_eq!((lines.len(), refused.len(), lines[0].number), (1, 1, 3));
    }

    #[test]
    fn a_day_begins_where_the_clinic_is() {
        let zone = TimeZone::get("America/Los_Angeles").unwrap();
        assert_eq!(moment("2026-01-31", &zone).unwrap().to_string(), "2026-01-31T08:00:00Z");
        assert_eq!(moment("2026-01-31T00:00:00-05:00", &zone).unwrap().to_string(), "2026-01-31T05:00:00Z");
        assert_eq!(moment("2026-01", &zone), None);
    }
}

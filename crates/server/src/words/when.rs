//! Times in words of the reader's language, by the clinic's clock: today, yesterday, a weekday, a
//! date. Dates of the record keep the precision with which they were delivered (FHIR R4 `dateTime`).

use super::bundle::text_of;
use super::voice::Voice;
use askama::filters::HtmlSafe;
use fluent_bundle::{FluentArgs, FluentValue};
use jiff::civil::{Date, Time};
use jiff::{Timestamp, Zoned};
use service::view::chart::ChartDate;
use std::fmt;

/// Words for a time with the exact moment behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeTag {
    datetime: String,
    words: String,
}

impl fmt::Display for TimeTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<time datetime=\"{}\">{}</time>", self.datetime, self.words)
    }
}

impl HtmlSafe for TimeTag {}

impl TimeTag {
    /// The words alone, where no element may stand.
    pub fn words(&self) -> &str {
        &self.words
    }
}

/// How far a day lies from today.
enum Distance {
    Today,
    Yesterday,
    Tomorrow,
    /// Within six days, so that a weekday's name means one day only.
    Week,
    Year,
    Far,
}

impl Voice {
    /// A moment as an adverb: "10:41 AM", "yesterday at 10:41 AM", "Monday at 10:41 AM".
    pub fn at(&self, at: &Timestamp) -> TimeTag {
        let words = match self.distance(at) {
            Distance::Today => "at-today",
            Distance::Yesterday => "at-yesterday",
            Distance::Tomorrow => "at-tomorrow",
            Distance::Week => "at-weekday",
            Distance::Year => "at-date",
            Distance::Far => "at-year",
        };
        self.tag(at, words)
    }

    /// A promise: "by 2:40 PM", "by 2:40 PM tomorrow", "by 2:40 PM on Tuesday".
    pub fn by(&self, at: &Timestamp) -> TimeTag {
        let words = match self.distance(at) {
            Distance::Today => "by-today",
            Distance::Tomorrow => "by-tomorrow",
            Distance::Week => "by-weekday",
            _ => "by-date",
        };
        self.tag(at, words)
    }

    /// The shortest form, for the edge of a list: "10:41 AM", "Yesterday", "Mon", "May 3".
    pub fn stamp(&self, at: &Timestamp) -> TimeTag {
        let words = match self.distance(at) {
            Distance::Today => "stamp-today",
            Distance::Yesterday => "stamp-yesterday",
            Distance::Tomorrow | Distance::Week => "stamp-weekday",
            Distance::Year => "stamp-date",
            Distance::Far => "stamp-year",
        };
        self.tag(at, words)
    }

    /// A calendar day: "May 3, 2026".
    pub fn day(&self, at: &Timestamp) -> TimeTag {
        self.tag(at, "day")
    }

    /// Day and clock, whatever today is: for text that is read elsewhere and later.
    pub fn exact(&self, at: &Timestamp) -> TimeTag {
        self.tag(at, "exact")
    }

    /// A time of day: "8:00 AM".
    pub fn clock(&self, time: Time) -> String {
        let mut args = FluentArgs::new();
        set_clock(&mut args, time);
        self.filled("clock", args).unwrap_or_else(|| time.strftime("%R").to_string())
    }

    /// A date of the record, no more exact than it was delivered.
    pub fn chart_date(&self, date: &ChartDate) -> TimeTag {
        self.record_date(date, "day")
    }

    /// The same after "since" and "until": with its article, where a language has one.
    pub fn bound_date(&self, date: &ChartDate) -> TimeTag {
        self.record_date(date, "bound-day")
    }

    /// The same for a narrow column: "Sep 3, 2026".
    pub fn short_date(&self, date: &ChartDate) -> TimeTag {
        self.record_date(date, "stamp-year")
    }

    fn record_date(&self, date: &ChartDate, key: &str) -> TimeTag {
        let words = match date.at {
            Some(at) if date.text.len() > 10 => return self.tag(&at, key),
            _ => self.iso_as(&date.text, key),
        };
        TimeTag { datetime: super::sentence::escape(&date.text), words }
    }

    /// The same with the time of day, where it was delivered.
    pub fn chart_moment(&self, date: &ChartDate) -> TimeTag {
        match date.at {
            Some(at) if date.text.len() > 10 => self.tag(&at, "at-full"),
            _ => self.chart_date(date),
        }
    }

    /// An ISO date or its known part in words; what is no date stays as it is.
    pub fn iso(&self, text: &str) -> String {
        self.iso_as(text, "day")
    }

    fn iso_as(&self, text: &str, key: &str) -> String {
        let mut parts = text.get(..10).unwrap_or(text).splitn(3, '-').map(|part| part.parse::<i16>().ok());
        let (year, month, day) = (parts.next().flatten(), parts.next().flatten(), parts.next().flatten());
        let month = month.filter(|month| (1..=12).contains(month));
        match (year, month, day) {
            (Some(year), Some(month), Some(day)) => i8::try_from(month)
                .and_then(|month| i8::try_from(day).map(|day| (month, day)))
                .ok()
                .and_then(|(month, day)| Date::new(year, month, day).ok())
                .and_then(|date| self.filled(key, self.date_args(date)))
                .unwrap_or_else(|| super::sentence::escape(text)),
            (Some(year), Some(month), None) => {
                let mut args = FluentArgs::new();
                args.set("year", year.to_string());
                args.set("month", self.named("month", i64::from(month)));
                self.filled("day-month", args).unwrap_or_else(|| text.to_owned())
            }
            (Some(year), None, None) => year.to_string(),
            _ => super::sentence::escape(text),
        }
    }

    fn tag(&self, at: &Timestamp, key: &str) -> TimeTag {
        let local = self.local(at);
        let mut args = self.date_args(local.date());
        set_clock(&mut args, local.time());
        let words = self.filled(key, args).unwrap_or_else(|| local.strftime("%F %R").to_string());
        TimeTag { datetime: at.to_string(), words }
    }

    fn date_args(&self, date: Date) -> FluentArgs<'static> {
        let mut args = FluentArgs::new();
        let weekday = i64::from(date.weekday().to_monday_one_offset());
        args.set("year", date.year().to_string());
        args.set("month", self.named("month", i64::from(date.month())));
        args.set("monthshort", self.named("month-short", i64::from(date.month())));
        args.set("day", date.day().to_string());
        args.set("weekday", self.named("weekday", weekday));
        args.set("weekdayshort", self.named("weekday-short", weekday));
        args
    }

    fn named(&self, family: &str, number: i64) -> String {
        text_of(self.language, &format!("{family}-{number}"), None).unwrap_or_default()
    }

    fn filled(&self, key: &str, args: FluentArgs<'_>) -> Option<String> {
        text_of(self.language, key, Some(&args))
    }

    fn local(&self, at: &Timestamp) -> Zoned {
        at.to_zoned(self.zone.clone())
    }

    fn distance(&self, at: &Timestamp) -> Distance {
        let (today, day) = (self.local(&self.now).date(), self.local(at).date());
        match today.until(day).map(|span| span.get_days()).unwrap_or(i32::MAX) {
            0 => Distance::Today,
            -1 => Distance::Yesterday,
            1 => Distance::Tomorrow,
            -6..=6 => Distance::Week,
            _ if today.year() == day.year() => Distance::Year,
            _ => Distance::Far,
        }
    }
}

fn set_clock(args: &mut FluentArgs<'_>, time: Time) {
    let hour = i64::from((time.hour() + 11) % 12 + 1);
    args.set("hour", FluentValue::from(hour));
    args.set("minute", format!("{:02}", time.minute()));
    args.set("half", if time.hour() < 12 { "am" } else { "pm" });
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::language::Language;
    use jiff::tz::TimeZone;

    fn voice(language: Language) -> Voice {
        let zone = TimeZone::get("America/Chicago").unwrap();
        Voice::new(language, zone, "2026-11-23T18:41:00Z".parse().unwrap())
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_moment_is_told_by_the_clinics_clock_and_by_its_distance() {
        let (en, es) = (voice(Language::En), voice(Language::Es));
        let told = |voice: &Voice, text: &str| voice.at(&at(text)).words.replace('\u{a0}', " ");
        assert_eq!(told(&en, "2026-11-23T16:41:00Z"), "10:41 AM");
        assert_eq!(told(&en, "2026-11-23T05:10:00Z"), "yesterday at 11:10 PM");
        assert_eq!(told(&en, "2026-11-19T18:05:00Z"), "Thursday at 12:05 PM");
        assert_eq!(told(&en, "2026-05-03T14:00:00Z"), "May 3 at 9:00 AM");
        assert_eq!(told(&en, "2025-05-03T14:00:00Z"), "May 3, 2025");
        assert_eq!(told(&es, "2026-11-23T16:41:00Z"), "a las 10:41 a. m.");
        assert_eq!(told(&es, "2026-11-23T19:05:00Z"), "a la 1:05 p. m.");
        assert_eq!(told(&es, "2026-11-19T18:05:00Z"), "el jueves a las 12:05 p. m.");
        assert_eq!(told(&es, "2025-05-03T14:00:00Z"), "el 3 de mayo de 2025");
    }

    #[test]
    fn a_promise_names_the_day_when_it_is_not_today() {
        let told = |language, text: &str| voice(language).by(&at(text)).words.replace('\u{a0}', " ");
        assert_eq!(told(Language::En, "2026-11-23T20:40:00Z"), "by 2:40 PM");
        assert_eq!(told(Language::En, "2026-11-24T20:40:00Z"), "by 2:40 PM tomorrow");
        assert_eq!(told(Language::En, "2026-11-27T20:40:00Z"), "by 2:40 PM on Friday");
        assert_eq!(told(Language::Es, "2026-11-27T20:40:00Z"), "antes de las 2:40 p. m. del viernes");
    }

    #[test]
    fn a_date_of_the_record_is_no_more_exact_than_it_was_delivered() {
        let date = |text: &str| ChartDate { text: text.to_owned(), at: None };
        let told = |language, text: &str| voice(language).chart_date(&date(text)).words;
        assert_eq!(told(Language::En, "2019"), "2019");
        assert_eq!(told(Language::En, "2019-04"), "April 2019");
        assert_eq!(told(Language::En, "2019-04-02"), "April 2, 2019");
        assert_eq!(told(Language::Es, "2019-04"), "abril de 2019");
        assert_eq!(told(Language::En, "<b>"), "&#60;b&#62;");
    }
}

//! A pool's working time: its zone, weekly hours and holidays. Due times count only working minutes:
//! a promise in clock hours is one that a weekend breaks.

use crate::day_hours::{DayHours, END_OF_DAY};
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// Far enough for any promise; a pool without working hours is answered with `None`.
const LONGEST_SEARCH_DAYS: usize = 400;

/// Opening hours of one weekday, local time, `opens < closes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// ISO weekday, Monday = 1.
    pub weekday: i8,
    pub opens: Time,
    pub closes: Time,
}

/// A day on which a team does not work besides its weekly hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    pub day: Date,
    /// As the operator calls it; never for patients, so in one language.
    pub name: Option<String>,
}

/// When a team works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    pub zone: TimeZone,
    pub hours: Vec<Hours>,
    /// By day, each day once.
    pub holidays: Vec<Holiday>,
}

impl Calendar {
    /// Monday to Friday, 8:00 to 17:00, without holidays.
    pub fn office_hours(zone: TimeZone) -> Calendar {
        let hours = (1..=5)
            .map(|weekday| Hours {
                weekday,
                opens: Time::constant(8, 0, 0, 0),
                closes: Time::constant(17, 0, 0, 0),
            })
            .collect();
        Calendar { zone, hours, holidays: Vec::new() }
    }

    /// The hours of a weekday.
    pub fn day_hours(&self, weekday: Weekday) -> DayHours {
        let number = weekday.to_monday_one_offset();
        let of_day = self.hours.iter().filter(|hours| hours.weekday == number);
        DayHours::new(of_day.map(|hours| (hours.opens, hours.closes)).collect()).unwrap_or_default()
    }

    /// Gives a weekday these hours in place of those it had.
    pub fn set_day(&mut self, weekday: Weekday, hours: &DayHours) {
        let weekday = weekday.to_monday_one_offset();
        self.hours.retain(|hours| hours.weekday != weekday);
        let spans = hours.spans().iter().map(|(opens, closes)| (*opens, *closes));
        self.hours.extend(spans.map(|(opens, closes)| Hours { weekday, opens, closes }));
        self.hours.sort_by_key(|hours| (hours.weekday, hours.opens));
    }

    /// Adds a holiday; false where its day was one already, which takes the new name if there is one.
    pub fn add_holiday(&mut self, holiday: Holiday) -> bool {
        match self.holidays.binary_search_by_key(&holiday.day, |known| known.day) {
            Ok(at) => {
                self.holidays[at].name = holiday.name.or(self.holidays[at].name.take());
                false
            }
            Err(at) => {
                self.holidays.insert(at, holiday);
                true
            }
        }
    }

    /// Takes a holiday away; false where its day was none.
    pub fn remove_holiday(&mut self, day: Date) -> bool {
        let before = self.holidays.len();
        self.holidays.retain(|holiday| holiday.day != day);
        self.holidays.len() < before
    }

    /// The holidays from this moment's local day on, the next one first.
    pub fn coming_holidays(&self, now: Timestamp) -> impl Iterator<Item = &Holiday> {
        let today = now.to_zoned(self.zone.clone()).date();
        self.holidays.iter().filter(move |holiday| holiday.day >= today)
    }

    /// Whether the team works, and no holiday is known for the coming 12 months: promises will be made
    /// for days on which nobody is there.
    pub fn lacks_holidays(&self, now: Timestamp) -> bool {
        let today = now.to_zoned(self.zone.clone()).date();
        let year_ends = today.saturating_add(1.year());
        !self.hours.is_empty() && !self.coming_holidays(now).any(|holiday| holiday.day < year_ends)
    }

    /// The spans of work on one local day, in order, as moments.
    fn spans_on(&self, day: Date) -> Vec<(Timestamp, Timestamp)> {
        if self.holidays.iter().any(|holiday| holiday.day == day) {
            return Vec::new();
        }
        let weekday: Weekday = day.weekday();
        let at = |time: Time| {
            let moment = match time {
                END_OF_DAY => day.checked_add(1.day()).ok()?.to_datetime(Time::midnight()),
                time => day.to_datetime(time),
            };
            moment.to_zoned(self.zone.clone()).map(|zoned| zoned.timestamp()).ok()
        };
        let mut spans: Vec<_> = self
            .hours
            .iter()
            .filter(|hours| hours.weekday == weekday.to_monday_one_offset())
            .filter_map(|hours| Some((at(hours.opens)?, at(hours.closes)?)))
            .filter(|(opens, closes)| opens < closes)
            .collect();
        spans.sort();
        spans
    }

    fn days_from(&self, start: Timestamp) -> impl Iterator<Item = Date> {
        let first = start.to_zoned(self.zone.clone()).date();
        std::iter::successors(Some(first), |day| day.checked_add(1.day()).ok()).take(LONGEST_SEARCH_DAYS)
    }

    /// The moment at which `minutes` of working time have passed since `start`; `None` when the
    /// team has no working hours within more than a year.
    pub fn after_working_minutes(&self, start: Timestamp, minutes: u32) -> Option<Timestamp> {
        let mut left = i64::from(minutes) * 60_000_000;
        for day in self.days_from(start) {
            for (opens, closes) in self.spans_on(day) {
                let from = opens.max(start);
                let length = closes.as_microsecond() - from.as_microsecond();
                if length <= 0 {
                    continue;
                }
                if left <= length {
                    return Timestamp::from_microsecond(from.as_microsecond() + left).ok();
                }
                left -= length;
            }
        }
        None
    }

    /// Working minutes between two moments; 0 when `until` is not after `from`.
    pub fn working_minutes_between(&self, from: Timestamp, until: Timestamp) -> u32 {
        let mut total = 0i64;
        for day in self.days_from(from) {
            for (opens, closes) in self.spans_on(day) {
                if opens >= until {
                    return u32::try_from(total / 60_000_000).unwrap_or(u32::MAX);
                }
                let length = closes.min(until).as_microsecond() - opens.max(from).as_microsecond();
                total += length.max(0);
            }
        }
        u32::try_from(total / 60_000_000).unwrap_or(u32::MAX)
    }

    /// When one working day has passed: within the hours, the same time of the next working day, or its end where
    /// that comes first; outside them, the end of the next working day. `None` like above.
    pub fn after_a_working_day(&self, start: Timestamp) -> Option<Timestamp> {
        let time = start.to_zoned(self.zone.clone()).time();
        let is_open = self.is_open(start);
        let today = start.to_zoned(self.zone.clone()).date();
        let ends = |day: Date| {
            let (opens, closes) = (self.spans_on(day).first()?.0, self.spans_on(day).last()?.1);
            Some((day, opens, closes))
        };
        let mut days = self.days_from(start).filter_map(ends);
        if is_open {
            let (day, _, closes) = days.find(|(day, ..)| *day > today)?;
            let same = day.to_datetime(time).to_zoned(self.zone.clone()).ok()?.timestamp();
            return Some(same.min(closes));
        }
        days.find(|(_, opens, _)| *opens >= start).map(|(_, _, closes)| closes)
    }

    /// Whether this moment is on one of the team's working days.
    pub fn is_working_day(&self, now: Timestamp) -> bool {
        !self.spans_on(now.to_zoned(self.zone.clone()).date()).is_empty()
    }

    /// Whether the team is at work at this moment.
    pub fn is_open(&self, now: Timestamp) -> bool {
        let day = now.to_zoned(self.zone.clone()).date();
        self.spans_on(day).iter().any(|(opens, closes)| *opens <= now && now < *closes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn riverbend() -> Calendar {
        let mut calendar = Calendar::office_hours(TimeZone::get("America/Los_Angeles").unwrap());
        calendar.add_holiday(Holiday { day: jiff::civil::date(2026, 11, 26), name: None });
        calendar
    }

    fn at(text: &str) -> Timestamp {
        text.parse::<jiff::Zoned>().unwrap().timestamp()
    }

    #[test]
    fn a_message_on_a_working_morning_is_due_the_same_day() {
        let due =
            riverbend().after_working_minutes(at("2026-11-23T10:40[America/Los_Angeles]"), 240).unwrap();
        assert_eq!(due, at("2026-11-23T14:40[America/Los_Angeles]"));
    }

    #[test]
    fn the_evening_before_a_holiday_is_due_after_it() {
        let due =
            riverbend().after_working_minutes(at("2026-11-25T16:00[America/Los_Angeles]"), 120).unwrap();
        assert_eq!(due, at("2026-11-27T09:00[America/Los_Angeles]"));
    }

    #[test]
    fn the_night_when_clocks_change_costs_no_working_hour() {
        let due =
            riverbend().after_working_minutes(at("2026-10-30T16:00[America/Los_Angeles]"), 120).unwrap();
        assert_eq!(due, at("2026-11-02T09:00[America/Los_Angeles]"));
    }

    #[test]
    fn a_working_day_ends_at_the_same_time_of_the_next_or_with_the_next() {
        let after = |text: &str| riverbend().after_a_working_day(at(text)).unwrap();
        let monday = at("2026-11-23T10:40[America/Los_Angeles]");
        assert_eq!(after("2026-11-20T10:40[America/Los_Angeles]"), monday, "a Friday's");
        let monday_evening = at("2026-11-23T17:00[America/Los_Angeles]");
        assert_eq!(after("2026-11-21T10:40[America/Los_Angeles]"), monday_evening, "a Saturday's");
        assert_eq!(after("2026-11-23T07:59[America/Los_Angeles]"), monday_evening, "before they open");
        // Thursday is a holiday.
        let friday_evening = at("2026-11-27T17:00[America/Los_Angeles]");
        assert_eq!(after("2026-11-25T19:00[America/Los_Angeles]"), friday_evening);
        let mut calendar = riverbend();
        calendar.set_day(Weekday::Tuesday, &"8:00-12:00".parse().unwrap());
        let noon = at("2026-11-24T12:00[America/Los_Angeles]");
        assert_eq!(calendar.after_a_working_day(at("2026-11-23T15:00[America/Los_Angeles]")), Some(noon));
        calendar.hours.clear();
        assert_eq!(calendar.after_a_working_day(monday), None);
        assert!(riverbend().is_working_day(monday_evening));
        assert!(!riverbend().is_working_day(at("2026-11-26T10:00[America/Los_Angeles]")), "a holiday");
    }

    #[test]
    fn a_team_without_hours_promises_nothing() {
        let mut calendar = riverbend();
        calendar.hours.clear();
        assert_eq!(calendar.after_working_minutes(at("2026-11-23T10:40[UTC]"), 1), None);
    }

    #[test]
    fn the_lunch_hour_and_a_closed_day_count_for_nothing() {
        let mut calendar = riverbend();
        calendar.set_day(Weekday::Monday, &"13:00-17:00,8:00-12:00".parse().unwrap());
        calendar.set_day(Weekday::Tuesday, &"closed".parse().unwrap());
        assert_eq!(calendar.day_hours(Weekday::Monday).to_string(), "8:00-12:00,13:00-17:00");
        assert_eq!(calendar.day_hours(Weekday::Tuesday).to_string(), "closed");
        let monday = at("2026-11-23T11:00[America/Los_Angeles]");
        let due = |minutes| calendar.after_working_minutes(monday, minutes).unwrap();
        assert_eq!(due(120), at("2026-11-23T14:00[America/Los_Angeles]"));
        assert_eq!(due(6 * 60), at("2026-11-25T09:00[America/Los_Angeles]"), "Tuesday is closed");
        assert!(!calendar.is_open(at("2026-11-23T12:30[America/Los_Angeles]")));
    }

    #[test]
    fn a_team_that_never_closes_counts_every_minute_of_the_night() {
        let mut calendar = riverbend();
        for weekday in Weekday::Monday.cycle_forward().take(7) {
            calendar.set_day(weekday, &"0:00-24:00".parse().unwrap());
        }
        let night = at("2026-11-23T23:30[America/Los_Angeles]");
        let due = calendar.after_working_minutes(night, 60);
        assert_eq!(due, Some(at("2026-11-24T00:30[America/Los_Angeles]")));
        assert!(calendar.is_open(at("2026-11-23T23:59:59.9999999[America/Los_Angeles]")));
        let (from, until) =
            (at("2026-10-31T00:00[America/Los_Angeles]"), at("2026-11-02T00:00[America/Los_Angeles]"));
        assert_eq!(calendar.working_minutes_between(from, until), 49 * 60, "with the hour that comes twice");
    }

    #[test]
    fn holidays_stay_in_order_and_are_there_once() {
        let mut calendar = riverbend();
        let day = |month, day| jiff::civil::date(2026, month, day);
        let named = |day, name: &str| Holiday { day, name: Some(name.into()) };
        assert!(calendar.add_holiday(named(day(12, 25), "Christmas")));
        assert!(calendar.add_holiday(Holiday { day: day(7, 4), name: None }));
        assert!(!calendar.add_holiday(named(day(11, 26), "Thanksgiving")), "named now");
        assert!(!calendar.add_holiday(Holiday { day: day(12, 25), name: None }), "keeps its name");
        let known = [
            Holiday { day: day(7, 4), name: None },
            named(day(11, 26), "Thanksgiving"),
            named(day(12, 25), "Christmas"),
        ];
        assert_eq!(calendar.holidays, known);
        let evening = at("2026-11-26T23:00[America/Los_Angeles]");
        assert_eq!(calendar.coming_holidays(evening).next(), Some(&known[1]), "today counts");
        assert!(calendar.remove_holiday(day(11, 26)) && !calendar.remove_holiday(day(11, 26)));
        assert_eq!(calendar.coming_holidays(evening).next(), Some(&known[2]));
    }

    #[test]
    fn a_team_that_works_and_knows_no_holiday_of_the_coming_year_lacks_one() {
        let now = at("2026-11-25T16:00[America/Los_Angeles]");
        let mut calendar = Calendar::office_hours(TimeZone::get("America/Los_Angeles").unwrap());
        assert!(calendar.lacks_holidays(now));
        for (year, day) in [(2025, 26), (2027, 25)] {
            calendar.add_holiday(Holiday { day: jiff::civil::date(year, 11, day), name: None });
            assert!(calendar.lacks_holidays(now), "{year} is too far");
        }
        calendar.add_holiday(Holiday { day: jiff::civil::date(2027, 11, 24), name: None });
        assert!(!calendar.lacks_holidays(now));
        calendar.holidays.clear();
        calendar.hours.clear();
        assert!(!calendar.lacks_holidays(now), "nobody promises anything");
    }

    proptest! {
        #[test]
        fn adding_minutes_and_counting_them_back_agree(
            start in 1_700_000_000i64..1_800_000_000, minutes in 1u32..5000,
        ) {
            let calendar = riverbend();
            let start = Timestamp::from_second(start).unwrap();
            let due = calendar.after_working_minutes(start, minutes).unwrap();
            prop_assert_eq!(calendar.working_minutes_between(start, due), minutes);
        }

        #[test]
        fn later_messages_are_never_due_earlier(
            start in 1_700_000_000i64..1_800_000_000, wait in 0i64..200_000, minutes in 1u32..3000,
        ) {
            let calendar = riverbend();
            let first = Timestamp::from_second(start).unwrap();
            let second = Timestamp::from_second(start + wait).unwrap();
            prop_assert!(
                calendar.after_working_minutes(first, minutes)
                    <= calendar.after_working_minutes(second, minutes)
            );
        }
    }
}

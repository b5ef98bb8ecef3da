//! Moments of a clinic's past, told as people tell them: "two working days ago at 9:20".

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

/// The days before `now`, in the clinic's zone.
#[derive(Clone, Debug)]
pub struct Days {
    pub now: Timestamp,
    pub zone: TimeZone,
}

impl Days {
    pub fn today(&self) -> Date {
        self.now.to_zoned(self.zone.clone()).date()
    }

    pub fn minutes_ago(&self, minutes: i64) -> Timestamp {
        self.now.checked_sub(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MIN)
    }

    /// So many calendar days ago at a local time.
    pub fn days_ago(&self, days: i64, (hour, minute): (i8, i8)) -> Timestamp {
        self.at(self.back(days), (hour, minute))
    }

    /// So many days ago, or the working day before where that is a weekend.
    pub fn about_days_ago(&self, days: i64, time: (i8, i8)) -> Timestamp {
        self.at(working_day(self.back(days)), time)
    }

    /// So many working days (Monday to Friday) before today at a local time.
    pub fn workdays_ago(&self, workdays: i64, time: (i8, i8)) -> Timestamp {
        let mut day = self.today();
        for _ in 0..workdays {
            day = working_day(day.yesterday().unwrap_or(day));
        }
        self.at(day, time)
    }

    /// The day of this moment, or the working day before it, at a local time.
    pub fn working_time(&self, of: Timestamp, time: (i8, i8)) -> Timestamp {
        self.at(working_day(of.to_zoned(self.zone.clone()).date()), time)
    }

    /// So many seconds after the midnight of a day, by the clock on the wall.
    pub fn on(&self, day: Date, second: i64) -> Timestamp {
        let time = (second / 3600, second / 60 % 60, second % 60);
        let [hour, minute, second] =
            [time.0, time.1, time.2].map(|part| i8::try_from(part).unwrap_or_default());
        let local = day.at(hour.min(23), minute, second, 0).to_zoned(self.zone.clone());
        local.map_or(self.now, |zoned| zoned.timestamp())
    }

    /// This moment, or where people sleep, some minutes after they wake: at these hours of the day.
    pub fn awake(&self, at: Timestamp, (wakes, sleeps): (i8, i8)) -> Timestamp {
        let local = at.to_zoned(self.zone.clone());
        let (day, hour) = (local.date(), local.hour());
        // The minute stays, so that not all of a night falls on one moment.
        let waking = i64::from(wakes) * 3600 + i64::from(local.minute()) * 40 + i64::from(local.second());
        match hour {
            _ if hour >= sleeps => self.on(day.tomorrow().unwrap_or(day), waking),
            _ if hour < wakes => self.on(day, waking),
            _ => at,
        }
    }

    /// The birthday of somebody who is `age` years old: (month, day) of the year that makes it so.
    pub fn born(&self, age: i16, (month, day): (i8, i8)) -> Date {
        let today = self.today();
        let had_birthday = (today.month(), today.day()) >= (month, day);
        let year = today.year() - age - i16::from(!had_birthday);
        Date::new(year, month, day).unwrap_or(today)
    }

    /// As FHIR writes a moment: local time with its offset.
    pub fn text(&self, at: Timestamp) -> String {
        let zoned = at.to_zoned(self.zone.clone());
        zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// As FHIR writes a day.
    pub fn day_text(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).date().to_string()
    }

    fn back(&self, days: i64) -> Date {
        let today = self.today();
        Span::new().try_days(days).ok().and_then(|span| today.checked_sub(span).ok()).unwrap_or(today)
    }

    fn at(&self, day: Date, (hour, minute): (i8, i8)) -> Timestamp {
        let local = day.at(hour, minute, 0, 0).to_zoned(self.zone.clone());
        local.map_or(self.now, |zoned| zoned.timestamp())
    }
}

fn working_day(mut day: Date) -> Date {
    while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
        day = day.yesterday().unwrap_or(day);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monday() -> Days {
        let zone = TimeZone::get("America/Los_Angeles").unwrap();
        Days { now: "2026-11-23T18:40:00Z".parse().unwrap(), zone }
    }

    #[test]
    fn the_working_day_before_a_monday_is_friday() {
        let days = monday();
        assert_eq!(days.text(days.workdays_ago(1, (9, 20))), "2026-11-20T09:20:00-08:00");
        assert_eq!(days.text(days.days_ago(1, (9, 20))), "2026-11-22T09:20:00-08:00");
        assert_eq!(days.text(days.about_days_ago(1, (9, 20))), "2026-11-20T09:20:00-08:00");
    }

    #[test]
    fn somebody_is_as_old_as_the_cast_says() {
        assert_eq!(monday().born(71, (3, 2)).to_string(), "1955-03-02");
        assert_eq!(monday().born(71, (12, 24)).to_string(), "1954-12-24");
    }
}

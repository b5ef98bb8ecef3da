//! At which time a demo opens: a clinic that nobody works in shows nothing, so outside the morning
//! the clock is set back to the last working morning.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use service::clock::Clock;

/// Hours in which a working day has begun and what came in overnight is not late yet: 9:00 to 12:00.
const GOOD_HOURS: std::ops::Range<i8> = 9..12;
/// The hour and minute at which a demo opens otherwise.
const MORNING: (i8, i8) = (10, 40);

/// The time for a new clinic.
pub fn opening(now: Timestamp, zone: &TimeZone) -> Timestamp {
    let local = now.to_zoned(zone.clone());
    if is_working_day(local.date()) && GOOD_HOURS.contains(&local.hour()) {
        return now;
    }
    let mut day = local.date();
    loop {
        let (hour, minute) = MORNING;
        let morning = day.at(hour, minute, 0, 0).to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
        match (morning, day.yesterday()) {
            (Ok(morning), _) if is_working_day(day) && morning <= now => return morning,
            (_, Ok(yesterday)) => day = yesterday,
            _ => return now,
        }
    }
}

/// The time for a clinic that was opened before: it goes on where it stopped, unless the real day is
/// still the same; nothing may happen before what has happened.
pub fn resuming(last: Timestamp, now: Timestamp, zone: &TimeZone) -> Timestamp {
    let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
    if opening(now, zone) == now && last < now && day(last) == day(now) {
        return now;
    }
    last.checked_add(SignedDuration::from_mins(1)).unwrap_or(last)
}

/// A clock that shows `wanted` when the system shows `now`.
pub fn showing(wanted: Timestamp, now: Timestamp) -> Clock {
    if wanted == now {
        return Clock::System;
    }
    Clock::Shifted(wanted.duration_since(now))
}

fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn zone() -> TimeZone {
        TimeZone::get("America/Los_Angeles").unwrap()
    }

    #[test]
    fn a_working_morning_stays_and_every_other_time_becomes_the_last_one() {
        for (now, opens) in [
            ("2026-11-23T18:00:00Z", "2026-11-23T18:00:00Z"),
            ("2026-11-23T23:00:00Z", "2026-11-23T18:40:00Z"),
            ("2026-11-24T04:00:00Z", "2026-11-23T18:40:00Z"),
            ("2026-11-23T16:30:00Z", "2026-11-20T18:40:00Z"),
            ("2026-11-22T20:00:00Z", "2026-11-20T18:40:00Z"),
        ] {
            assert_eq!(opening(at(now), &zone()), at(opens), "{now}");
        }
    }

    #[test]
    fn a_kept_clinic_never_goes_back_in_time() {
        let last = at("2026-11-23T19:00:00Z");
        assert_eq!(resuming(last, at("2026-11-23T19:10:00Z"), &zone()), at("2026-11-23T19:10:00Z"));
        assert_eq!(resuming(last, at("2026-11-25T19:00:00Z"), &zone()), at("2026-11-23T19:01:00Z"));
        assert_eq!(resuming(last, at("2026-11-23T18:00:00Z"), &zone()), at("2026-11-23T19:01:00Z"));
    }
}

//! How much one account may send about one patient: far more than anybody writes by hand, and little
//! enough that a flood is held back before it buries a team's list.

use jiff::{SignedDuration, Timestamp};

/// Earlier sends count for so long.
pub const COUNTS_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Messages of one account about one patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Within an hour.
    pub hourly: usize,
    /// Within a day; so many times of earlier sends are looked at.
    pub daily: usize,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace { hourly: 60, daily: 200 }
    }
}

impl Pace {
    /// No limit, and nothing to look at.
    pub const FREE: Pace = Pace { hourly: 0, daily: 0 };

    /// Until when the next send has to wait, by the times of the earlier ones, newest first; `None` where
    /// it need not.
    pub fn waits_until(self, sent: &[Timestamp], now: Timestamp) -> Option<Timestamp> {
        let limits = [(self.hourly, SignedDuration::from_hours(1)), (self.daily, COUNTS_FOR)];
        let waits = limits
            .into_iter()
            .filter_map(|(most, span)| sent.get(most.checked_sub(1)?)?.checked_add(span).ok());
        waits.max().filter(|until| now < *until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_in_an_hour_and_two_hundred_in_a_day_are_enough() {
        let now: Timestamp = "2026-11-27T12:00:00Z".parse().unwrap();
        let ago = |minutes: i64| now - SignedDuration::from_mins(minutes);
        let every = |minutes: i64, count: i64| (0..count).map(|n| ago(n * minutes)).collect::<Vec<_>>();
        assert_eq!(Pace::default().waits_until(&every(0, 59), now), None);
        assert_eq!(Pace::default().waits_until(&every(0, 60), now), Some(ago(-60)));
        assert_eq!(
            Pace::default().waits_until(&every(1, 60), now),
            Some(ago(-1)),
            "until the first of them is an hour old"
        );
        assert_eq!(Pace::default().waits_until(&every(5, 199), now), None);
        assert_eq!(Pace::default().waits_until(&every(5, 200), now), Some(ago(-24 * 60 + 199 * 5)));
        assert_eq!(Pace::default().waits_until(&every(8, 200), now), None, "yesterday's do not count");
        assert_eq!(Pace::FREE.waits_until(&every(0, 500), now), None);
    }
}

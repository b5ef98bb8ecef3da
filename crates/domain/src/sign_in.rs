//! When a sign-in is slowed and when a session ends. Lock-out grows with failures and says nothing
//! about whether an account exists: unknown names are counted in the same way.

use crate::actor::Door;
use jiff::{SignedDuration, Timestamp};

/// Failures that cost nothing to one name at one address.
const FREE_FAILURES: i64 = 4;
/// The longest wait, so that nobody can lock another person out for a day.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(30);
/// Failures are forgotten after so long without one.
pub const FAILURES_FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(12);

/// Failures of one name at one address, of one name, or of one address. They fade: half of them are
/// forgotten with each hour, so that the slips of many people at one address do not add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    pub count: i64,
    pub last_at: Option<Timestamp>,
}

impl Failures {
    /// Until when the next try is refused without looking at the password.
    pub fn locked_until(&self, now: Timestamp) -> Option<Timestamp> {
        let last = self.last_at?;
        if self.count <= FREE_FAILURES {
            return None;
        }
        let doublings = u32::try_from(self.count - FREE_FAILURES - 1).unwrap_or(0).min(10);
        let wait = SignedDuration::from_secs(15).saturating_mul(1 << doublings).min(LONGEST_WAIT);
        last.checked_add(wait).ok().filter(|until| now < *until)
    }

    /// One more failure.
    pub fn with_failure(self, now: Timestamp) -> Failures {
        let hours = self.last_at.map_or(0, |last| now.duration_since(last).as_hours());
        let left = self.count >> hours.clamp(0, 62);
        Failures { count: left + 1, last_at: Some(now) }
    }

    /// What counts where so many people, or places, share one counter.
    pub fn shared_by(self, many: i64) -> Failures {
        Failures { count: self.count / many.max(1), ..self }
    }
}

/// How long a session lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimits {
    pub idle: SignedDuration,
    pub absolute: SignedDuration,
}

impl SessionLimits {
    /// 20 idle minutes and 12 hours for patients; 30 minutes and 12 hours, one shift, for staff.
    pub fn of(door: Door) -> SessionLimits {
        match door {
            Door::Patient => SessionLimits {
                idle: SignedDuration::from_mins(20),
                absolute: SignedDuration::from_hours(12),
            },
            _ => SessionLimits {
                idle: SignedDuration::from_mins(30),
                absolute: SignedDuration::from_hours(12),
            },
        }
    }

    pub fn is_over(&self, created: Timestamp, last_used: Timestamp, now: Timestamp) -> bool {
        now.duration_since(created) >= self.absolute || now.duration_since(last_used) >= self.idle
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + second).unwrap()
    }

    #[test]
    fn four_slips_cost_nothing_and_the_fifth_costs_a_little() {
        let mut failures = Failures::default();
        for second in 0..4 {
            failures = failures.with_failure(at(second));
        }
        assert_eq!(failures.locked_until(at(4)), None);
        failures = failures.with_failure(at(4));
        assert_eq!(failures.locked_until(at(5)), Some(at(19)));
        assert_eq!(failures.locked_until(at(19)), None);
    }

    #[test]
    fn half_of_the_failures_are_forgotten_with_each_hour() {
        let many = Failures { count: 40, last_at: Some(at(0)) };
        assert_eq!(many.with_failure(at(3_599)).count, 41);
        assert_eq!(many.with_failure(at(3_600)).count, 21);
        assert_eq!(many.with_failure(at(4 * 3_600)).count, 3);
        assert_eq!(many.with_failure(at(200 * 3_600)).count, 1);
    }

    #[test]
    fn a_session_ends_by_idleness_and_by_age() {
        let limits = SessionLimits::of(Door::Patient);
        assert!(!limits.is_over(at(0), at(0), at(19 * 60)));
        assert!(limits.is_over(at(0), at(0), at(20 * 60)));
        assert!(limits.is_over(at(0), at(12 * 3600 - 1), at(12 * 3600)));
    }

    proptest! {
        #[test]
        fn no_number_of_failures_locks_longer_than_half_an_hour(count in 0i64..10_000) {
            let failures = Failures { count, last_at: Some(at(0)) };
            prop_assert_eq!(failures.locked_until(at(30 * 60)), None);
        }
    }
}

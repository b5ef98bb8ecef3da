//! When people write, open and answer. Medians and tails are set so that 8.5 % of messages are unopened
//! after 12 hours and 17.6 % unanswered after 36, the worst at weekends
//! (`docs/demo.md`).

use crate::days::Days;
use crate::seed::Dice;
use jiff::civil::Weekday;
use jiff::{SignedDuration, Span, Timestamp};

/// How many messages of a hundred are written from each hour on, from 0:00; an assumption.
const HOURS: [f64; 24] = [
    0.4, 0.2, 0.1, 0.1, 0.2, 0.8, 2.5, 5.0, 7.5, 8.5, 8.5, 7.5, 6.5, 6.5, 6.5, 6.0, 5.5, 5.0, 5.0, 5.0, 5.0,
    4.0, 2.5, 1.2,
];

/// The hour, minute and second at which somebody writes on the day of `at`, or the Monday after where
/// a weekend is let pass.
pub(super) fn writing(days: &Days, dice: &mut Dice, at: Timestamp) -> Timestamp {
    let mut day = at.to_zoned(days.zone.clone()).date();
    let ahead = match day.weekday() {
        Weekday::Saturday if dice.chance(0.55) => 2,
        Weekday::Sunday if dice.chance(0.5) => 1,
        _ => 0,
    };
    day = day.checked_add(Span::new().days(ahead)).unwrap_or(day);
    let hours: Vec<usize> = (0..HOURS.len()).collect();
    let hour = dice.weighted(&hours, |hour| HOURS[*hour]).copied().unwrap_or(10);
    let second = i64::try_from(hour).unwrap_or(10) * 3600 + dice.between(0, 3600);
    days.on(day, second)
}

/// When the team opens what came at `at`.
pub(super) fn opening(days: &Days, dice: &mut Dice, at: Timestamp) -> Timestamp {
    let late = if is_weekend(days, at) { 0.24 } else { 0.012 };
    let hours =
        if dice.chance(late) { 14.0 + dice.exponential(16.0) } else { dice.log_normal(0.9, 0.9).min(10.5) };
    days.awake(after(at, hours), (7, 20))
}

/// When the answer comes to what came at `at` and was opened at `opened`.
pub(super) fn answering(days: &Days, dice: &mut Dice, at: Timestamp, opened: Timestamp) -> Timestamp {
    let slow = if is_weekend(days, at) { 0.40 } else { 0.145 };
    let hours =
        if dice.chance(slow) { 32.0 + dice.exponential(30.0) } else { dice.log_normal(3.5, 1.0).min(26.0) };
    let soonest = after(opened, 0.03 + dice.exponential(0.2));
    days.awake(after(at, hours).max(soonest), (7, 19))
}

/// When the patient reads what the team wrote at `at`; `None` where it is never read. What the team
/// sends of its own accord is read less.
pub(super) fn reading(days: &Days, dice: &mut Dice, at: Timestamp, is_outreach: bool) -> Option<Timestamp> {
    let never = if is_outreach { 0.18 } else { 0.024 };
    let hours = dice.log_normal(4.0, 1.5).min(480.0);
    (!dice.chance(never)).then(|| days.awake(after(at, hours), (6, 23)))
}

/// When the patient writes once more after reading.
pub(super) fn once_more(days: &Days, dice: &mut Dice, read: Timestamp) -> Timestamp {
    days.awake(after(read, 0.1 + dice.exponential(6.0)), (6, 23))
}

fn after(at: Timestamp, hours: f64) -> Timestamp {
    at.checked_add(SignedDuration::from_secs((hours * 3600.0) as i64)).unwrap_or(at)
}

fn is_weekend(days: &Days, at: Timestamp) -> bool {
    matches!(at.to_zoned(days.zone.clone()).weekday(), Weekday::Saturday | Weekday::Sunday)
}

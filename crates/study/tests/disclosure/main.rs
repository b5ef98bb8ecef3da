//! Published figures attacked: knowing all of them, no count of 1-10 people can be solved for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod attacker;
mod cohort;
mod ladders;
mod related;
mod reports;
mod simplex;
mod small_tables;
mod stories;

use attacker::{Group, LEVELS, PERIODS, People, SETS, knowledge};
use proptest::prelude::*;
use study::disclosure::Limit;

/// Mostly few people per set of months, here and there many, so that all rules are met.
fn people() -> impl Strategy<Value = People> {
    let few = prop_oneof![4 => Just(0u64), 3 => 0..4u64, 2 => 0..14u64, 1 => 0..40u64];
    let size = LEVELS[0] * LEVELS[1] * SETS;
    (prop::collection::vec(few, size), prop::collection::vec(0..60u64, LEVELS[0] * LEVELS[1])).prop_map(
        |(mut counts, silent)| {
            silent.iter().enumerate().for_each(|(at, silent)| counts[at * SETS] = *silent);
            People(counts)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_small_count_follows_from_all_figures_of_overlapping_periods(people in people()) {
        // Above 999 figures are rounded, which only tells less.
        prop_assume!(people.of(Group::All, |_| true) < 1000);
        let limit = Limit::default();
        let mut known = knowledge(&people.published(limit));
        for group in Group::each() {
            for (what, sets) in counts() {
                let truth = people.of(group, sets);
                let range = known.range(&group.marks(sets));
                prop_assert!(range.0 as u64 <= truth && range.1.is_none_or(|most| truth as i64 <= most));
                let solved = range.1 == Some(range.0);
                prop_assert!(!(solved && limit.is_small(truth)), "{group:?}: {truth} {what}");
            }
        }
    }
}

/// Each two of the published periods of which one holds the other.
const NESTED: [(usize, usize); 6] = [(3, 0), (3, 1), (4, 0), (4, 1), (4, 2), (4, 3)];

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_small_count_is_the_difference_of_two_shown_figures(people in people()) {
        let limit = Limit::default();
        let published = people.published(limit);
        let events = |group: Group, period: usize| group.figure(&published[period]).map(|c| c.events);
        for group in Group::each() {
            for (whole, part) in NESTED {
                let outside = events(group, whole).zip(events(group, part)).map(|(whole, part)| whole - part);
                prop_assert!(!outside.is_some_and(|outside| limit.is_small(outside)));
            }
            let both = || Some(events(group, 0)? + events(group, 1)? - events(group, 3)?);
            prop_assert!(!both().is_some_and(|both| limit.is_small(both)));
        }
    }
}

type Sets = fn(usize) -> bool;

/// People, events and non-events of each period.
fn counts() -> Vec<(&'static str, Sets)> {
    assert_eq!(PERIODS, [1, 2, 4, 3, 7]);
    vec![
        ("people", |_| true),
        ("events of the first month", |set| set & 1 != 0),
        ("events of the second month", |set| set & 2 != 0),
        ("events of the third month", |set| set & 4 != 0),
        ("events of the first two", |set| set & 3 != 0),
        ("events of all", |set| set & 7 != 0),
        ("non-events of the first month", |set| set & 1 == 0),
        ("non-events of the second month", |set| set & 2 == 0),
        ("non-events of the third month", |set| set & 4 == 0),
        ("non-events of the first two", |set| set & 3 == 0),
        ("non-events of all", |set| set & 7 == 0),
    ]
}

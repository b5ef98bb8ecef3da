//! Nested groups: worked by hand, attacked by subtraction, and in every ladder of a small world.

use proptest::prelude::*;
use std::collections::HashMap;
use study::disclosure::{Ladder, Limit, NotASplit, Outer, Rungs, ShownLadder};

fn ladder(levels: &[&[u64]]) -> Ladder {
    let total = (0..levels[0].len()).map(|step| levels.iter().map(|steps| steps[step]).sum()).collect();
    Ladder::new(total, vec![levels.iter().map(|steps| steps.to_vec()).collect()]).unwrap()
}

fn publish(levels: &[&[u64]]) -> ShownLadder {
    ladder(levels).publish(Limit::default())
}

fn shown(counts: &[u64]) -> Option<Rungs> {
    Some(counts.iter().map(|count| Some(*count)).collect())
}

#[test]
fn where_no_step_is_small_every_step_is_shown() {
    let told = publish(&[&[400, 200, 60, 0], &[300, 120, 40, 20]]);
    assert_eq!(told.total, shown(&[700, 320, 100, 20]).unwrap());
    assert_eq!(told.by[0].levels, [shown(&[400, 200, 60, 0]), shown(&[300, 120, 40, 20])]);
    assert_eq!(told.by[0].rest, None);
}

#[test]
fn a_step_at_which_few_of_one_level_left_is_shown_of_none() {
    // 3 of the second level between the first two steps; then 17 until the third.
    let told = publish(&[&[400, 200, 60], &[60, 57, 40]]);
    let without = |counts: [u64; 3]| Some(vec![Some(counts[0]), None, Some(counts[2])]);
    assert_eq!(told.by[0].levels, [without([400, 200, 60]), without([60, 57, 40])]);
    assert_eq!(told.total, shown(&[460, 257, 100]).unwrap());
}

#[test]
fn small_levels_stand_together_as_the_rest() {
    let told = publish(&[&[400, 200, 60], &[300, 120, 40], &[20, 20, 15], &[30, 18, 0]]);
    assert_eq!(told.by[0].levels, [shown(&[400, 200, 60]), shown(&[300, 120, 40]), None, None]);
    assert_eq!(told.by[0].rest, Some(vec![Some(50), Some(38), Some(15)]));
}

#[test]
fn one_small_level_takes_the_last_large_one_with_it() {
    let told = publish(&[&[400, 200, 60], &[300, 120, 40], &[5, 4, 3]]);
    assert_eq!(told.by[0].levels, [shown(&[400, 200, 60]), None, None]);
    assert_eq!(told.by[0].rest, shown(&[305, 124, 43]));
}

#[test]
fn where_every_level_with_people_is_hidden_there_is_no_rest() {
    let told = publish(&[&[300, 120], &[12, 6], &[0, 0]]);
    assert_eq!(told.by[0].levels, [None, None, None]);
    assert_eq!((told.by[0].rest.clone(), told.total), (None, shown(&[312, 126]).unwrap()));
}

#[test]
fn few_people_are_told_nothing_of() {
    let told = publish(&[&[6, 3, 0], &[3, 0, 0]]);
    assert_eq!((told.total, told.by[0].levels.clone()), (vec![None; 3], vec![None, None]));
}

#[test]
fn few_people_between_a_step_and_a_step_of_the_other_ladder_hide_it() {
    // After four hours by the clock 120 wait, after four working hours 3 fewer; after eight 40.
    let (clock, work) = (ladder(&[&[300, 120], &[200, 80]]), ladder(&[&[300, 117, 40], &[200, 80, 30]]));
    let shown_clock = clock.publish(Limit::default());
    let outer = Outer { ladder: &clock, shown: &shown_clock, holds: &[0, 1, 1] };
    let told = work.publish_inside(&outer, Limit::default());
    assert_eq!(told.total, [Some(500), None, Some(70)]);
    assert_eq!(told.by[0].levels[0], Some(vec![Some(300), None, Some(40)]));
}

#[test]
fn steps_that_rise_or_do_not_add_up_are_refused() {
    let wrong = Err(NotASplit { variable: 0 });
    assert_eq!(Ladder::new(vec![30, 20], vec![vec![vec![10, 12], vec![20, 8]]]), wrong);
    assert_eq!(Ladder::new(vec![30, 20], vec![vec![vec![10, 10], vec![20, 9]]]), wrong);
    assert_eq!(Ladder::new(vec![30, 20], vec![vec![vec![10], vec![20]]]), wrong);
}

const STEPS: usize = 5;

fn falling() -> impl Strategy<Value = Vec<u64>> {
    let lost = prop_oneof![3 => Just(0u64), 3 => 0..14u64, 2 => 0..60u64];
    prop::collection::vec(lost, STEPS).prop_map(|lost| {
        let sum = |from: usize| lost[from..].iter().sum();
        (0..STEPS).map(sum).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Two variables split the same total in their own way.
    #[test]
    fn no_sum_of_shown_figures_leaves_a_small_count(
        one in prop::collection::vec(falling(), 4), share in 0usize..4,
    ) {
        let total: Vec<u64> = (0..STEPS).map(|step| one.iter().map(|level| level[step]).sum()).collect();
        prop_assume!(total[0] < 1000);
        let whole = |levels: &[Vec<u64>]| -> Vec<u64> {
            (0..STEPS).map(|step| levels.iter().map(|level| level[step]).sum()).collect()
        };
        let two = vec![whole(&one[..share]), whole(&one[share..])];
        let told = Ladder::new(total, vec![one, two]).unwrap().publish(Limit::default());
        for split in &told.by {
            let groups: Vec<&Rungs> = split.levels.iter().flatten().chain(&split.rest).collect();
            for sum in 1..1usize << groups.len() {
                let chosen: Vec<&&Rungs> = { groups.iter().enumerate() }
                    .filter(|(at, _)| sum >> at & 1 == 1).map(|(_, group)| group).collect();
                let of = |step: usize| chosen.iter().map(|group| group[step]).sum::<Option<u64>>();
                let from_total = |step: usize| Some(told.total[step]? - of(step)?);
                check(&(0..STEPS).map(of).collect::<Vec<_>>())?;
                check(&(0..STEPS).map(from_total).collect::<Vec<_>>())?;
            }
        }
        check(&told.total)?;
    }
}

fn check(steps: &[Option<u64>]) -> Result<(), TestCaseError> {
    let limit = Limit::default();
    let known: Vec<u64> = steps.iter().flatten().copied().collect();
    prop_assert!(!known.iter().any(|count| limit.is_small(*count)), "{steps:?}");
    prop_assert!(!known.windows(2).any(|pair| limit.is_small(pair[0] - pair[1])), "{steps:?}");
    Ok(())
}

/// Counts of 1 and 2 are small here, and up to 10 people stand on a level.
const SMALL: Limit = Limit(3);
const MOST: u64 = 10;

/// Every way in which the people of a level can stay or go.
fn all_levels(steps: usize) -> Vec<Vec<u64>> {
    let mut levels: Vec<Vec<u64>> = (0..=MOST).map(|first| vec![first]).collect();
    for _ in 1..steps {
        let goes_on = |level: Vec<u64>| {
            let last = level[level.len() - 1];
            (0..=last).map(move |next| [&level[..], &[next]].concat())
        };
        levels = levels.into_iter().flat_map(goes_on).collect();
    }
    levels
}

/// Every choice of a level for each place.
fn all_choices<'l>(levels: &'l [Vec<u64>], places: usize) -> Vec<Vec<&'l [u64]>> {
    let mut choices: Vec<Vec<&'l [u64]>> = vec![Vec::new()];
    for _ in 0..places {
        let with_each =
            |choice: Vec<&'l [u64]>| levels.iter().map(move |level| [&choice[..], &[&level[..]]].concat());
        choices = choices.into_iter().flat_map(with_each).collect();
    }
    choices
}

fn attack(places: usize, steps: usize) {
    let levels = all_levels(steps);
    let mut alike: HashMap<ShownLadder, Vec<Vec<&[u64]>>> = HashMap::new();
    for choice in all_choices(&levels, places) {
        alike.entry(ladder(&choice).publish(SMALL)).or_default().push(choice);
    }
    assert!(alike.len() > 500, "{}", alike.len());
    for (told, ladders) in alike.iter().filter(|(told, _)| !is_open(told)) {
        for level in 0..places {
            for (from, until) in (0..steps).flat_map(|from| (from..=steps).map(move |until| (from, until))) {
                // Those on a step who are not on a later one; on the step at all where that is beyond the last.
                let count = |ladder: &[&[u64]]| ladder[level][from] - ladder[level].get(until).unwrap_or(&0);
                let first = count(&ladders[0]);
                let is_solved = ladders.iter().all(|ladder| count(ladder) == first);
                assert!(!(is_solved && SMALL.is_small(first)), "{told:?} tells {first} of level {level}");
            }
        }
    }
}

/// An attacker who also knows the rule.
#[test]
fn no_small_count_is_the_same_in_all_ladders_that_look_alike() {
    attack(3, 2);
}

/// Whether a group's steps are those that are shown.
fn fits(rungs: Option<&Rungs>, steps: &[u64]) -> bool {
    let fits = |(rung, step): (&Option<u64>, &u64)| rung.is_none_or(|rung| rung == *step);
    rungs.is_none_or(|rungs| rungs.iter().zip(steps).all(fits))
}

/// An attacker who knows every figure, on more steps.
#[test]
fn no_small_count_is_the_same_in_all_ladders_with_these_figures() {
    let levels = all_levels(3);
    let mut tried: HashMap<ShownLadder, ()> = HashMap::new();
    for choice in all_choices(&levels, 2) {
        let told = ladder(&choice).publish(SMALL);
        if is_open(&told) || tried.insert(told.clone(), ()).is_some() {
            continue;
        }
        let told = &told;
        let of = |level: usize| levels.iter().filter(move |it| fits(told_of(told, level), it));
        let pairs = of(0).flat_map(|one| of(1).map(move |two| [one, two]));
        let sum =
            |pair: &[&Vec<u64>; 2]| (0..3).map(|step| pair[0][step] + pair[1][step]).collect::<Vec<_>>();
        let alike: Vec<[&Vec<u64>; 2]> = pairs.filter(|pair| fits(Some(&told.total), &sum(pair))).collect();
        for level in 0..2 {
            for (from, until) in [(0, 1), (1, 2), (0, 2), (0, 3), (1, 3), (2, 3)] {
                let count = |pair: &[&Vec<u64>; 2]| pair[level][from] - pair[level].get(until).unwrap_or(&0);
                let is_solved = alike.iter().all(|pair| count(pair) == count(&alike[0]));
                assert!(!(is_solved && SMALL.is_small(count(&alike[0]))), "{told:?}: level {level}");
            }
        }
    }
    assert!(tried.len() > 500, "{}", tried.len());
}

fn told_of(told: &ShownLadder, level: usize) -> Option<&Rungs> {
    told.by[0].levels[level].as_ref()
}

/// Whether levels with more than [`MOST`] people could look the same, so that not all alike were tried.
fn is_open(told: &ShownLadder) -> bool {
    let Some(total) = told.total[0] else { return true };
    let shown: u64 = told.by[0].levels.iter().flatten().filter_map(|rungs| rungs[0]).sum();
    total - shown > MOST
}

//! Every table of a small world: an attacker who also knows the rule that hid the cells.

use std::collections::HashMap;
use study::disclosure::{Counts, Limit, Published, Table};

/// Counts of 1 and 2 are small here, so that all tables of three levels can be tried.
const LIMIT: Limit = Limit(3);
const MOST: u64 = 12;

type Count = fn(Counts) -> u64;

fn all_cells() -> Vec<Counts> {
    (0..=MOST).flat_map(|n| (0..=n).map(move |events| Counts { n, events })).collect()
}

fn publish(levels: [Counts; 3]) -> Published {
    let sum = |count: fn(&Counts) -> u64| levels.iter().map(count).sum();
    let total = Counts { n: sum(|cell| cell.n), events: sum(|cell| cell.events) };
    Table::new(total, vec![levels.to_vec()]).unwrap().publish(&[], LIMIT)
}

/// Whether larger cells than [`MOST`] could look the same, so that not all alike were tried.
fn is_open(published: &Published) -> bool {
    let shown: u64 = published.by[0].iter().flatten().map(|cell| cell.n).sum();
    published.total.is_some_and(|total| total.n - shown > MOST)
}

#[test]
fn no_small_count_is_the_same_in_all_tables_that_look_alike() {
    let cells = all_cells();
    let mut alike: HashMap<Published, Vec<[Counts; 3]>> = HashMap::new();
    for first in &cells {
        for second in &cells {
            for third in &cells {
                let levels = [*first, *second, *third];
                alike.entry(publish(levels)).or_default().push(levels);
            }
        }
    }
    assert!(alike.len() > 100_000);
    for (published, tables) in alike.iter().filter(|(published, _)| !is_open(published)) {
        for level in 0..3 {
            let counts: [Count; 3] = [|cell| cell.n, |cell| cell.events, Counts::non_events];
            for count in counts {
                let first = count(tables[0][level]);
                let solved = tables.iter().all(|levels| count(levels[level]) == first);
                assert!(!(solved && LIMIT.is_small(first)), "{published:?} tells {first} of level {level}");
            }
        }
    }
}

//! Nested groups of people, each inside the one before: who still waits after so many hours, who came how far
//! on the way to an answer. Whoever knows two of them knows the people between, so that these are judged
//! like any other count. A step is shown for all levels of a variable or for none, and only where the total
//! shows it too: then each difference that can be formed is a sum of differences that are not small.

use super::{Counts, Limit, NotASplit, Table, rounded_count};

/// A level with fewer people than so many times the limit goes into the rest: it would hide the steps of all.
const ALONE: u64 = 3;

/// People of each step, in total and by level; no step has more than the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ladder {
    total: Vec<u64>,
    by: Vec<Vec<Vec<u64>>>,
}

/// The steps of one group; `None` is not shown.
pub type Rungs = Vec<Option<u64>>;

/// What may be shown of a [`Ladder`], rounded to 3 digits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ShownLadder {
    pub total: Rungs,
    pub by: Vec<ShownSplit>,
}

/// One variable of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ShownSplit {
    /// In the order of the levels; `None` where a level stands in the rest, or nothing is shown.
    pub levels: Vec<Option<Rungs>>,
    /// The other levels together: the total minus those that are shown.
    pub rest: Option<Rungs>,
}

impl Ladder {
    /// Of each level of each variable its steps, as many as of the total, to which they add up.
    pub fn new(total: Vec<u64>, by: Vec<Vec<Vec<u64>>>) -> Result<Self, NotASplit> {
        let is_nested = |steps: &Vec<u64>| steps.len() == total.len() && steps.is_sorted_by(|a, b| a >= b);
        let adds_up = |levels: &Vec<Vec<u64>>| {
            let sum = |step: usize| levels.iter().map(|steps| steps[step]).sum::<u64>();
            levels.iter().all(is_nested) && (0..total.len()).all(|step| sum(step) == total[step])
        };
        match by.iter().position(|levels| !adds_up(levels)) {
            Some(variable) => Err(NotASplit { variable }),
            None => Ok(Ladder { total, by }),
        }
    }

    /// What may be shown.
    pub fn publish(&self, limit: Limit) -> ShownLadder {
        let all: Vec<usize> = (0..self.total.len()).collect();
        let steps = chosen(&all, &[(&self.total, 1)], limit);
        let split = |levels: &Vec<Vec<u64>>| self.split(levels, &steps, limit);
        ShownLadder { total: rungs(&self.total, &steps), by: self.by.iter().map(split).collect() }
    }

    fn split(&self, levels: &[Vec<u64>], steps: &[usize], limit: Limit) -> ShownSplit {
        let nothing = ShownSplit { levels: vec![None; levels.len()], rest: None };
        let is_shown = alone(levels, limit);
        if !is_shown.contains(&true) || steps.is_empty() {
            return nothing;
        }
        let of = |shown: bool| {
            levels.iter().zip(&is_shown).filter(move |(_, is_shown)| **is_shown == shown).map(|(it, _)| it)
        };
        let hidden = of(false).count() as u64;
        let rest: Vec<u64> = (0..self.total.len()).map(|at| of(false).map(|steps| steps[at]).sum()).collect();
        let mut groups: Vec<(&Vec<u64>, u64)> = of(true).map(|steps| (steps, 1)).collect();
        groups.extend((hidden > 0).then_some((&rest, hidden)));
        let steps = chosen(steps, &groups, limit);
        if steps.is_empty() {
            return nothing;
        }
        let level = |(counts, shown): (&Vec<u64>, &bool)| shown.then(|| rungs(counts, &steps));
        ShownSplit {
            levels: levels.iter().zip(&is_shown).map(level).collect(),
            rest: (hidden > 0).then(|| rungs(&rest, &steps)),
        }
    }
}

/// Which levels are shown for themselves.
fn alone(levels: &[Vec<u64>], limit: Limit) -> Vec<bool> {
    let first = |steps: &Vec<u64>| Counts { n: steps.first().copied().unwrap_or_default(), events: 0 };
    let people: Vec<Counts> = levels.iter().map(first).collect();
    let n = people.iter().map(|level| level.n).sum();
    let published = Table::new(Counts { n, events: 0 }, vec![people])
        .map(|table| table.publish(&[], Limit(ALONE * limit.0)));
    match published {
        Ok(published) => published.by[0].iter().map(Option::is_some).collect(),
        Err(_) => vec![false; levels.len()],
    }
}

/// From `steps` those which may be shown of all groups; a group is told with how many levels it holds. The
/// first is what all others are shares of: without it there is none.
fn chosen(steps: &[usize], groups: &[(&Vec<u64>, u64)], limit: Limit) -> Vec<usize> {
    let is_safe = |count: u64, levels: u64| {
        // Of several levels together, whoever guesses that each was small must not have it.
        let is_forced = levels > 1 && count > 0 && (count == levels || count == levels * (limit.0 - 1));
        !limit.is_small(count) && !is_forced
    };
    let mut chosen: Vec<usize> = Vec::new();
    for step in steps {
        let last = chosen.last().copied();
        let fits = groups.iter().all(|(counts, levels)| {
            let left = last.map_or(0, |last| counts[last] - counts[*step]);
            is_safe(counts[*step], *levels) && is_safe(left, *levels)
        });
        if fits {
            chosen.push(*step);
        } else if last.is_none() {
            return Vec::new();
        }
    }
    chosen
}

fn rungs(counts: &[u64], steps: &[usize]) -> Rungs {
    let count = |(at, count): (usize, &u64)| steps.contains(&at).then(|| rounded_count(*count));
    counts.iter().enumerate().map(count).collect()
}

//! Nested groups of people, each inside the one before: who still waits after so many hours, who came how far
//! on the way to an answer. Whoever knows two of them knows the people between, so that these are judged
//! like any other count. A step is shown for all levels of a variable or for none, and only where the total
//! shows it too: then each difference that can be formed is a sum of differences that are not small.

use super::{Counts, Limit, NotASplit, Table, rounded_count};

/// A level with fewer people than so many times the limit goes into the rest: it would hide the steps of all.
const ALONE: u64 = 2;

/// People of each step, in total and by level; no step has more than the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ladder {
    total: Vec<u64>,
    by: Vec<Vec<Vec<u64>>>,
    /// Of each level whether another table of the same people shows it; empty where there is none.
    beside: Vec<Vec<bool>>,
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
            None => Ok(Ladder { total, by, beside: Vec::new() }),
        }
    }

    /// The same steps beside a table of the same people, of which these levels are shown. The others stand in the
    /// rest: that of a ladder which hides others would give those of the table.
    pub fn beside(self, shown: Vec<Vec<bool>>) -> Self {
        Ladder { beside: shown, ..self }
    }

    /// Every step of every group, as it is: of files that may hold small cells.
    pub fn whole(&self) -> ShownLadder {
        let rungs = |steps: &Vec<u64>| steps.iter().map(|count| Some(*count)).collect::<Rungs>();
        let split = |levels: &Vec<Vec<u64>>| ShownSplit {
            levels: levels.iter().map(|steps| Some(rungs(steps))).collect(),
            rest: None,
        };
        ShownLadder { total: rungs(&self.total), by: self.by.iter().map(split).collect() }
    }

    /// What may be shown.
    pub fn publish(&self, limit: Limit) -> ShownLadder {
        self.decide(None, limit)
    }

    /// What may be shown beside another ladder of the same people, of which each step here lies within some.
    pub fn publish_inside(&self, outer: &Outer<'_>, limit: Limit) -> ShownLadder {
        self.decide(Some(outer), limit)
    }

    fn decide(&self, outer: Option<&Outer<'_>>, limit: Limit) -> ShownLadder {
        let all: Vec<usize> = (0..self.total.len()).collect();
        let around =
            outer.map_or_else(Vec::new, |outer| outer.around(&outer.shown.total, &outer.ladder.total));
        let whole = Group { counts: self.total.clone(), levels: 1, around };
        let steps = chosen(&all, &[whole], limit);
        let split = |(at, levels): (usize, &Vec<Vec<u64>>)| {
            let beside = self.beside.get(at).map_or(&[][..], Vec::as_slice);
            Split { at, levels, beside, outer, limit }.shown(&steps)
        };
        let by = self.by.iter().enumerate().map(split).collect();
        ShownLadder { total: rungs(&self.total, &steps), by }
    }
}

/// Another ladder of the same people and variables, and what was shown of it.
pub struct Outer<'a> {
    pub ladder: &'a Ladder,
    pub shown: &'a ShownLadder,
    /// Of each step inside: the last step of the other ladder that holds all its people.
    pub holds: &'a [usize],
}

impl Outer<'_> {
    /// Of each step inside, the people of each shown step around it.
    fn around(&self, shown: &[Option<u64>], counts: &[u64]) -> Vec<Vec<u64>> {
        let of = |last: &usize| {
            let steps = counts.iter().zip(shown).take(last + 1);
            steps.filter(|(_, shown)| shown.is_some()).map(|(count, _)| *count).collect()
        };
        self.holds.iter().map(of).collect()
    }
}

/// One variable while it is decided.
struct Split<'a> {
    at: usize,
    levels: &'a [Vec<u64>],
    beside: &'a [bool],
    outer: Option<&'a Outer<'a>>,
    limit: Limit,
}

impl Split<'_> {
    fn shown(&self, steps: &[usize]) -> ShownSplit {
        let mut is_shown = alone(self.levels, self.limit);
        is_shown.iter_mut().zip(self.beside).for_each(|(shown, beside)| *shown &= beside);
        let (shown, hidden): (Vec<usize>, Vec<usize>) = (0..self.levels.len()).partition(|at| is_shown[*at]);
        let mut groups: Vec<Group> = shown.iter().map(|at| self.group(&[*at])).collect();
        groups.extend((!hidden.is_empty()).then(|| self.group(&hidden)));
        // Levels without anybody tell nothing: without another the rest would be the total.
        let is_told = shown.iter().any(|at| self.levels[*at].iter().any(|count| *count > 0));
        let steps = if is_told { chosen(steps, &groups, self.limit) } else { Vec::new() };
        if steps.is_empty() {
            // Not even which levels are empty: that would tell of the others.
            return ShownSplit { levels: vec![None; self.levels.len()], rest: None };
        }
        let level = |(counts, shown): (&Vec<u64>, &bool)| shown.then(|| rungs(counts, &steps));
        ShownSplit {
            levels: self.levels.iter().zip(&is_shown).map(level).collect(),
            rest: (!hidden.is_empty()).then(|| rungs(&sum(self.levels, &hidden), &steps)),
        }
    }

    fn group(&self, places: &[usize]) -> Group {
        let around = self.outer.and_then(|outer| {
            let shown = &outer.shown.by.get(self.at)?;
            let rungs = shown.levels.iter().flatten().next()?;
            Some(outer.around(rungs, &sum(outer.ladder.by.get(self.at)?, places)))
        });
        Group {
            counts: sum(self.levels, places),
            levels: places.len() as u64,
            around: around.unwrap_or_default(),
        }
    }
}

/// One level, or several together.
struct Group {
    counts: Vec<u64>,
    levels: u64,
    /// Of each step, counts of people that hold it and are known.
    around: Vec<Vec<u64>>,
}

fn sum(levels: &[Vec<u64>], places: &[usize]) -> Vec<u64> {
    let steps = levels.first().map_or(0, Vec::len);
    (0..steps).map(|step| places.iter().map(|at| levels[*at][step]).sum()).collect()
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

impl Group {
    /// Of several levels together, whoever guesses that each was small must not have it.
    fn is_safe(&self, count: u64, limit: Limit) -> bool {
        let is_forced = |each: u64| self.levels > 1 && count == self.levels * each;
        !limit.is_small(count) && !is_forced(1) && !is_forced(limit.0 - 1)
    }

    fn may_show(&self, step: usize, last: Option<usize>, limit: Limit) -> bool {
        let count = self.counts[step];
        let around = self.around.get(step).into_iter().flatten().copied();
        let known = last.map(|last| self.counts[last]).into_iter().chain(around);
        // A file may hold counts that are not nested as they should be: then nothing is promised, nor shown.
        let is_told = |known: u64| known.checked_sub(count).is_some_and(|rest| self.is_safe(rest, limit));
        self.is_safe(count, limit) && known.into_iter().all(is_told)
    }
}

/// From `steps` those which may be shown of all groups. The first is what all others are shares of: without
/// it there is none.
fn chosen(steps: &[usize], groups: &[Group], limit: Limit) -> Vec<usize> {
    let mut chosen: Vec<usize> = Vec::new();
    for step in steps {
        let last = chosen.last().copied();
        if groups.iter().all(|group| group.may_show(*step, last, limit)) {
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

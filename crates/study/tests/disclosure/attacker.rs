//! People in three months, everything that is published about them, and an attacker who knows all of it,
//! and that the people were the same throughout.

use crate::simplex::Corner;
use study::disclosure::{Counts, Earlier, Limit, Published, Table};

/// Levels of the two variables; the months in which somebody showed the outcome are a set of three bits.
pub const LEVELS: [usize; 2] = [4, 2];
pub const SETS: usize = 8;
/// The published periods, as sets of months, in the order of publication: three months, the first two
/// together, all three.
pub const PERIODS: [usize; 5] = [0b001, 0b010, 0b100, 0b011, 0b111];

/// People by level of the first variable, of the second, and set of months.
#[derive(Clone, Debug)]
pub struct People(pub Vec<u64>);

impl People {
    fn count(&self, matches: impl Fn([usize; 2], usize) -> bool) -> u64 {
        let place = |at: usize| ([at / SETS / LEVELS[1], at / SETS % LEVELS[1]], at % SETS);
        let here = |at: &usize| {
            let (levels, set) = place(*at);
            matches(levels, set)
        };
        (0..self.0.len()).filter(here).map(|at| self.0[at]).sum()
    }

    /// How many are in the group and showed the outcome in one of these sets of months.
    pub fn of(&self, group: Group, sets: impl Fn(usize) -> bool) -> u64 {
        self.count(|levels, set| group.holds(levels) && sets(set))
    }

    fn counts(&self, group: Group, period: usize) -> Counts {
        Counts { n: self.of(group, |_| true), events: self.of(group, |set| set & period != 0) }
    }

    fn table(&self, period: usize) -> Table {
        let levels = |variable: usize| {
            (0..LEVELS[variable]).map(|level| self.counts(Group::Level(variable, level), period)).collect()
        };
        Table::new(self.counts(Group::All, period), vec![levels(0), levels(1)]).unwrap()
    }

    /// The publications of all [`PERIODS`].
    pub fn published(&self, limit: Limit) -> Vec<Published> {
        let mut done: Vec<Published> = Vec::new();
        for period in PERIODS {
            let parts = match period {
                0b011 => vec![done[0].clone(), done[1].clone()],
                0b111 => vec![done[3].clone(), done[2].clone()],
                _ => Vec::new(),
            };
            let place = |(published, other): (_, &usize)| match other & period {
                0 => Earlier::Apart(published),
                _ => Earlier::Within(published),
            };
            let mut earlier: Vec<Earlier<'_>> = done.iter().zip(&PERIODS).map(place).collect();
            if !parts.is_empty() {
                earlier.push(Earlier::Parts(&parts));
            }
            let published = self.table(period).publish(&earlier, limit);
            done.push(published);
        }
        done
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    All,
    Level(usize, usize),
}

impl Group {
    pub fn each() -> Vec<Group> {
        let levels =
            (0..2).flat_map(|variable| (0..LEVELS[variable]).map(move |l| Group::Level(variable, l)));
        [Group::All].into_iter().chain(levels).collect()
    }

    fn holds(self, levels: [usize; 2]) -> bool {
        match self {
            Group::All => true,
            Group::Level(variable, level) => levels[variable] == level,
        }
    }

    pub fn figure(self, published: &Published) -> Option<Counts> {
        match self {
            Group::All => published.total,
            Group::Level(variable, level) => published.by[variable][level],
        }
    }

    /// Where the group's sets of months stand among the unknowns: level by level of both variables.
    fn unknowns(self) -> std::ops::Range<usize> {
        match self {
            Group::All => 0..LEVELS[0] * SETS,
            Group::Level(0, level) => level * SETS..(level + 1) * SETS,
            Group::Level(_, level) => (LEVELS[0] + level) * SETS..(LEVELS[0] + level + 1) * SETS,
        }
    }

    /// Marks the unknowns that are the group's people with one of these sets of months.
    pub fn marks(self, sets: impl Fn(usize) -> bool) -> Vec<bool> {
        let mut marks = vec![false; (LEVELS[0] + LEVELS[1]) * SETS];
        self.unknowns().filter(|at| sets(at % SETS)).for_each(|at| marks[at] = true);
        marks
    }
}

/// All that is published, as equations.
pub fn knowledge(published: &[Published]) -> Corner {
    let unknowns = (LEVELS[0] + LEVELS[1]) * SETS;
    let number = |mark: &bool| f64::from(u8::from(*mark));
    let mut equations = Vec::new();
    // The same people are split by both variables.
    for set in 0..SETS {
        let mut row: Vec<f64> = Group::All.marks(|other| other == set).iter().map(number).collect();
        for level in 0..LEVELS[1] {
            row[(LEVELS[0] + level) * SETS + set] = -1.0;
        }
        equations.push((row, 0.0));
    }
    for (period, published) in PERIODS.iter().zip(published) {
        for group in Group::each() {
            let Some(figure) = group.figure(published) else { continue };
            let mut knows = |marks: Vec<bool>, count: u64| {
                equations.push((marks.iter().map(number).collect(), count as f64));
            };
            knows(group.marks(|_| true), figure.n);
            knows(group.marks(|set| set & period != 0), figure.events);
        }
    }
    Corner::of(unknowns, &equations)
}

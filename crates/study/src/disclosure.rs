//! Published grade: which counts of people may be shown. One rule, applied to every count that can be
//! had: those of a cell, those of all hidden cells of a variable together (the total minus what is
//! shown), and those had by subtracting one period from another. None of them may be 1..limit-1.
//! A figure is decided once and kept: callers store [`Published`] and hand it back as [`Earlier`].
//! The cell size rule is that of the Centers for Medicare & Medicaid Services (1-10 suppressed).

mod ladder;
mod overlap;
mod rounded;

use overlap::Derived;

pub use ladder::{Ladder, Outer, Rungs, ShownLadder, ShownSplit};
pub use overlap::Earlier;
pub use rounded::{rounded, rounded_count};

/// People of a cell, and how many of them show the outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Counts {
    pub n: u64,
    pub events: u64,
}

/// The smallest count that may be shown, apart from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(pub u64);

/// One population in one period: all of it, and split by each variable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    total: Counts,
    by: Vec<Vec<Counts>>,
}

/// What may be shown of a [`Table`], in the same order, rounded to 3 digits; `None` is suppressed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Published {
    pub total: Option<Counts>,
    pub by: Vec<Vec<Option<Counts>>>,
}

/// The levels of a variable do not add up to the whole, so nothing can be promised about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASplit {
    /// Position of the variable.
    pub variable: usize,
}

impl std::fmt::Display for NotASplit {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "the levels of variable {} do not add up to the total", self.variable + 1)
    }
}

impl std::error::Error for NotASplit {}

impl Default for Limit {
    fn default() -> Self {
        Limit(11)
    }
}

impl Limit {
    /// Whether a count of people is too small to be shown.
    pub fn is_small(self, count: u64) -> bool {
        (1..self.0).contains(&count)
    }

    /// Whether a cell is suppressed for its own sake: by its people, events or non-events.
    pub fn suppresses(self, counts: Counts) -> bool {
        self.is_small(counts.n) || self.is_small(counts.events) || self.is_small(counts.non_events())
    }
}

impl Counts {
    pub fn non_events(self) -> u64 {
        self.n.saturating_sub(self.events)
    }

    fn plus(self, other: Counts) -> Counts {
        Counts { n: self.n + other.n, events: self.events + other.events }
    }
}

impl Published {
    fn level(&self, variable: usize, level: usize) -> Option<Counts> {
        self.by.get(variable)?.get(level).copied()?
    }
}

impl Table {
    /// Each variable's levels must add up to `total`: a missing value is a level too. Where a level must be
    /// hidden to protect another, those at the end of the list go first.
    pub fn new(total: Counts, by: Vec<Vec<Counts>>) -> Result<Self, NotASplit> {
        let wrong = |levels: &Vec<Counts>| levels.iter().fold(Counts::default(), |a, b| a.plus(*b)) != total;
        match by.iter().position(wrong) {
            Some(variable) => Err(NotASplit { variable }),
            None => Ok(Table { total, by }),
        }
    }

    /// What may be shown beside `earlier`: everything that was published before about the same outcome.
    pub fn publish(&self, earlier: &[Earlier<'_>], limit: Limit) -> Published {
        let shown = Shown::decide(self, earlier, limit);
        let figure = |counts: Counts, shown: bool| shown.then(|| counts.rounded());
        let levels = |(counts, shown): (&Vec<Counts>, &Vec<bool>)| {
            counts.iter().zip(shown).map(|(counts, shown)| figure(*counts, *shown)).collect()
        };
        Published {
            total: figure(self.total, shown.total),
            by: self.by.iter().zip(&shown.by).map(levels).collect(),
        }
    }
}

/// Which cells are shown; cells are only ever taken away, so deciding ends.
struct Shown {
    total: bool,
    by: Vec<Vec<bool>>,
}

impl Shown {
    fn decide(table: &Table, earlier: &[Earlier<'_>], limit: Limit) -> Self {
        let derived: Vec<Derived<'_>> = earlier.iter().flat_map(Earlier::derived).collect();
        let tells = derived.iter().any(|derived| derived.total_tells(table, limit));
        let by: Option<Vec<Vec<bool>>> = (0..table.by.len())
            .map(|variable| {
                let known = known_people(earlier, variable, table.by[variable].len());
                Variable { table, variable, derived: &derived, known, limit }.shown()
            })
            .collect();
        match by {
            Some(by) if !limit.suppresses(table.total) && !tells => Shown { total: true, by },
            // Levels under a hidden total would be one another's rest.
            _ => {
                Shown { total: false, by: table.by.iter().map(|levels| vec![false; levels.len()]).collect() }
            }
        }
    }
}

/// One variable of a table while its levels are decided.
struct Variable<'a> {
    table: &'a Table,
    variable: usize,
    derived: &'a [Derived<'a>],
    /// Levels whose number of people an earlier publication tells.
    known: Vec<bool>,
    limit: Limit,
}

impl Variable<'_> {
    /// `None` where even the total alone tells too much of the levels.
    fn shown(&self) -> Option<Vec<bool>> {
        let levels = &self.table.by[self.variable];
        let mut shown: Vec<bool> = levels.iter().map(|counts| !self.limit.suppresses(*counts)).collect();
        let is_split = self.derived.iter().any(|derived| derived.splits(self.variable));
        if is_split && (shown.contains(&false) || self.overlap_tells()) {
            shown.fill(false);
        }
        while !self.is_safe(levels, &shown) {
            let next = last_shown(levels, &shown)?;
            shown[next] = false;
        }
        Some(shown)
    }

    /// Bounds that overlapping periods give of one another's hidden levels cannot be kept wide one by one,
    /// so a variable is shown in both only where nothing of it is hidden, nor what lies between them small.
    fn overlap_tells(&self) -> bool {
        (0..self.known.len()).any(|level| {
            let split = self.derived.iter().filter(|derived| derived.splits(self.variable));
            split.map(|derived| derived.level(self.table, self.variable, level)).any(|count| match count {
                Some(count) => self.limit.is_small(count.unsigned_abs()),
                None => true,
            })
        })
    }

    fn is_safe(&self, levels: &[Counts], shown: &[bool]) -> bool {
        let known: Vec<bool> = shown.iter().zip(&self.known).map(|(shown, known)| *shown || *known).collect();
        let people: Vec<Counts> = levels.iter().map(|counts| Counts { n: counts.n, events: 0 }).collect();
        self.is_rest_safe(levels, shown) && self.is_rest_safe(&people, &known)
    }

    /// The hidden levels together are the total minus the shown ones, so they are judged as one cell. There
    /// must be two of them, and not each at its lowest or highest small count: whoever guesses that each
    /// was hidden for its own sake would have them.
    fn is_rest_safe(&self, levels: &[Counts], shown: &[bool]) -> bool {
        let hidden: Vec<Counts> =
            levels.iter().zip(shown).filter(|(_, shown)| !**shown).map(|(c, _)| *c).collect();
        let rest = hidden.iter().fold(Counts::default(), |a, b| a.plus(*b));
        let many = hidden.len() as u64;
        let is_forced = |count: u64| count == many || count == many * (self.limit.0 - 1);
        let forced = [rest.n, rest.events, rest.non_events()].into_iter().any(is_forced);
        many == 0 || (many > 1 && !self.limit.suppresses(rest) && !forced)
    }
}

/// The people of a group are much the same from one period to the next.
fn known_people(earlier: &[Earlier<'_>], variable: usize, levels: usize) -> Vec<bool> {
    let published: Vec<&Published> = earlier.iter().flat_map(Earlier::published).collect();
    let is_known = |level| published.iter().any(|published| published.level(variable, level).is_some());
    (0..levels).map(is_known).collect()
}

/// The last shown level with people in it. The order of the levels decides and not their counts: a rule
/// such as "the smallest" would tell that the hidden one is no larger than any shown one.
fn last_shown(levels: &[Counts], shown: &[bool]) -> Option<usize> {
    (0..levels.len()).rev().find(|level| shown[*level] && levels[*level].n > 0)
}

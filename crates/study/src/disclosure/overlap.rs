//! Periods that share days with earlier published ones. Where the same people are counted, the events
//! of the longer period minus those of the shorter are the people who showed the outcome outside it only;
//! what the parts of a period have together too much are people who showed it in several. A period is
//! published after those inside it, as the calendar has it.

use super::{Counts, Limit, Published, Table};

/// An earlier publication about the same groups and outcome, by where its period lies.
#[derive(Clone, Copy, Debug)]
pub enum Earlier<'a> {
    /// Outside the new period.
    Apart(&'a Published),
    /// Inside the new period.
    Within(&'a Published),
    /// Together they are the new period, without overlap.
    Parts(&'a [Published]),
}

/// A sum of events that anybody can form of the new figures and of earlier ones, and that counts people.
pub(super) struct Derived<'a> {
    new: i64,
    earlier: Vec<(i64, &'a Published)>,
}

impl<'a> Earlier<'a> {
    pub(super) fn published(&self) -> Vec<&'a Published> {
        match self {
            Earlier::Apart(published) | Earlier::Within(published) => vec![published],
            Earlier::Parts(parts) => parts.iter().collect(),
        }
    }

    pub(super) fn derived(&self) -> Vec<Derived<'a>> {
        let outside = |part| Derived { new: 1, earlier: vec![(-1, part)] };
        match self {
            Earlier::Apart(_) => Vec::new(),
            Earlier::Within(part) => vec![outside(part)],
            Earlier::Parts(parts) => {
                let repeated = Derived { new: -1, earlier: parts.iter().map(|part| (1, part)).collect() };
                parts.iter().map(outside).chain([repeated]).collect()
            }
        }
    }
}

impl Derived<'_> {
    pub(super) fn total_tells(&self, table: &Table, limit: Limit) -> bool {
        self.total(table).is_some_and(|count| limit.is_small(count.unsigned_abs()))
    }

    fn total(&self, table: &Table) -> Option<i64> {
        self.sum(table.total, |published| published.total)
    }

    pub(super) fn level(&self, table: &Table, variable: usize, level: usize) -> Option<i64> {
        self.sum(table.by[variable][level], |published| published.level(variable, level))
    }

    /// None where an earlier figure is suppressed; negative where the people changed meanwhile.
    fn sum(&self, new: Counts, cell: impl Fn(&Published) -> Option<Counts>) -> Option<i64> {
        let new = self.new * new.rounded().events as i64;
        self.earlier.iter().try_fold(new, |sum, (sign, published)| {
            cell(published).map(|counts| sum + sign * counts.events as i64)
        })
    }
}

//! Groups of like fitted chance in published grade. A group is a set of patterns of covariates, and so is a level:
//! neighbours are joined until every count of a group within a level is none or many. Then whatever adds or
//! subtracts groups and levels of a variable is, too.

use super::disclose::{Shown, of_patterns};
use crate::disclosure::{Counts, Limit};
use crate::fit::CalibrationGroup;
use crate::grouped::Grouped;

/// The groups that may be shown; none where all would stand together.
pub fn joined(
    groups: &[CalibrationGroup],
    cohort: &Grouped,
    shown: &Shown,
    limit: Option<Limit>,
) -> Vec<CalibrationGroup> {
    let Some(limit) = limit else { return groups.to_vec() };
    if !shown.model() {
        return Vec::new();
    }
    let beside = Beside::of(cohort, shown);
    let mut groups = groups.to_vec();
    while let Some(at) = groups.iter().position(|group| beside.tells(group, limit)) {
        if groups.len() < 2 {
            return Vec::new();
        }
        let first = at.min(groups.len() - 2);
        let second = groups.remove(first + 1);
        groups[first].join(second);
    }
    if groups.len() < 2 { Vec::new() } else { groups }
}

/// The table beside which the groups stand.
struct Beside<'a> {
    cohort: &'a Grouped,
    totals: Vec<Counts>,
    /// Of each variable the place of each level; the hidden ones stand together at the end.
    places: Vec<Vec<usize>>,
}

impl<'a> Beside<'a> {
    fn of(cohort: &'a Grouped, shown: &Shown) -> Self {
        let places = cohort.variables.iter().map(|variable| {
            let rest = variable.levels.len();
            let levels = variable.levels.iter().enumerate();
            levels.map(|(at, level)| if shown.level(&variable.name, level) { at } else { rest }).collect()
        });
        Beside { cohort, totals: of_patterns(cohort), places: places.collect() }
    }

    fn tells(&self, group: &CalibrationGroup, limit: Limit) -> bool {
        (0..self.places.len()).any(|variable| {
            let mut cells = vec![Counts::default(); self.places[variable].len() + 1];
            for pattern in &group.patterns {
                let level = usize::from(self.cohort.patterns[*pattern][variable]);
                let cell = &mut cells[self.places[variable][level]];
                cell.n += self.totals[*pattern].n;
                cell.events += self.totals[*pattern].events;
            }
            cells.into_iter().any(|cell| limit.suppresses(cell))
        })
    }
}

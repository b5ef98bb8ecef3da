//! Groups of like fitted chance in published grade. A group is a set of patterns of covariates, and so is a level:
//! neighbours are joined until every count of a group within a level is none or many. Then whatever adds or
//! subtracts groups and levels of a variable is, too.

use super::disclose::Shown;
use super::related::of_patterns;
use crate::disclosure::{Counts, Limit};
use crate::fit::CalibrationGroup;
use crate::grouped::Grouped;
use std::collections::BTreeMap;

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
struct Beside {
    totals: Vec<Counts>,
    splits: Vec<Vec<usize>>,
}

impl Beside {
    fn of(cohort: &Grouped, shown: &Shown) -> Self {
        Beside { totals: of_patterns(cohort), splits: shown.splits(cohort) }
    }

    fn tells(&self, group: &CalibrationGroup, limit: Limit) -> bool {
        self.splits.iter().any(|split| {
            let mut parts: BTreeMap<usize, Counts> = BTreeMap::new();
            for pattern in &group.patterns {
                let part = parts.entry(split[*pattern]).or_default();
                part.n += self.totals[*pattern].n;
                part.events += self.totals[*pattern].events;
            }
            parts.into_values().any(|part| limit.suppresses(part))
        })
    }
}

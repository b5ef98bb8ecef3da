//! Which counts of a fit may be shown.

use crate::disclosure::{Counts, Limit, Published, Table};
use crate::fit::{CalibrationGroup, Fit};

/// Of each variable's levels, in the fit's order, and of the whole: whether counts are shown.
pub struct Shown {
    pub total: bool,
    by: Vec<Vec<bool>>,
}

/// The variable whose levels are calendar months, by its place, with the limit for people: a person has one row in
/// a month at most, so there rows are people.
#[derive(Clone, Copy)]
pub struct Months {
    pub at: usize,
    pub limit: Limit,
}

impl Shown {
    /// Decides on every count of the table at once; without a limit everything is shown.
    pub fn decide(fit: &Fit, limit: Option<Limit>, months: Option<Months>) -> Shown {
        let total = Counts { n: fit.n, events: fit.events };
        let by: Vec<Vec<Counts>> = fit
            .characteristics
            .iter()
            .map(|variable| {
                variable.levels.iter().map(|level| Counts { n: level.n, events: level.events }).collect()
            })
            .collect();
        let all = by.iter().map(|levels| vec![true; levels.len()]).collect();
        let Some(limit) = limit else { return Shown { total: true, by: all } };
        // Nothing is shown of levels that do not add up to the whole: nothing could be promised of them.
        let nothing =
            Published { total: None, by: by.iter().map(|levels| vec![None; levels.len()]).collect() };
        let publish = |limit: Limit| Table::new(total, by.clone()).map(|table| table.publish(&[], limit));
        let mut published = publish(limit).unwrap_or(nothing);
        if let (Some(months), Some(_)) = (months, published.total)
            && let Ok(mut people) = publish(months.limit)
        {
            published.by[months.at] = people.by.swap_remove(months.at);
        }
        let by = published.by.iter().map(|levels| levels.iter().map(Option::is_some).collect()).collect();
        Shown { total: published.total.is_some(), by }
    }

    pub fn level(&self, variable: usize, level: usize) -> bool {
        self.by.get(variable).and_then(|levels| levels.get(level)).copied().unwrap_or(false)
    }
}

/// Groups of like fitted chance: whether each one's counts are shown.
pub fn groups(fit: &Fit, groups: &[CalibrationGroup], limit: Option<Limit>) -> Vec<bool> {
    let Some(limit) = limit else { return vec![true; groups.len()] };
    let counts = groups.iter().map(|group| Counts { n: group.n, events: group.events }).collect();
    match Table::new(Counts { n: fit.n, events: fit.events }, vec![counts]) {
        Ok(table) => table.publish(&[], limit).by[0].iter().map(Option::is_some).collect(),
        Err(_) => vec![false; groups.len()],
    }
}

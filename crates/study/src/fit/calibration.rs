//! How well the fitted chances tell people apart (C-statistic) and agree with what happened (tenths of
//! risk).

use super::likelihood::Chance;
use super::problem::Problem;
use super::result::CalibrationGroup;

/// Patterns from the lowest fitted chance to the highest; equal chances stand together.
pub struct Ranking {
    ranks: Vec<Rank>,
}

struct Rank {
    chance: f64,
    n: f64,
    events: f64,
    patterns: Vec<usize>,
}

impl Ranking {
    pub fn of(problem: &Problem, chances: &[Chance]) -> Self {
        let rank = |pattern: usize| Rank {
            chance: chances[pattern].yes,
            n: problem.n[pattern],
            events: problem.events[pattern],
            patterns: vec![pattern],
        };
        let mut sorted: Vec<Rank> = problem.taking_part().map(rank).collect();
        sorted.sort_by(|a, b| a.chance.total_cmp(&b.chance));
        let mut ranks: Vec<Rank> = vec![];
        for next in sorted {
            match ranks.last_mut() {
                // The same chance by another sum of coefficients differs in its last digits.
                Some(last) if next.chance - last.chance <= 1e-12 * last.chance => {
                    last.n += next.n;
                    last.events += next.events;
                    last.patterns.extend(next.patterns);
                }
                _ => ranks.push(next),
            }
        }
        Self { ranks }
    }

    /// The chance that somebody with the outcome ranks above somebody without, ties half.
    pub fn c_statistic(&self) -> f64 {
        let (mut below, mut won, mut events) = (0.0, 0.0, 0.0);
        for rank in &self.ranks {
            let without = rank.n - rank.events;
            won += rank.events * (below + without / 2.0);
            below += without;
            events += rank.events;
        }
        won / (events * below)
    }

    /// Ten groups of about equal size; people of one fitted chance are never divided, so there may be
    /// fewer.
    pub fn tenths(&self) -> Vec<CalibrationGroup> {
        let whole: f64 = self.ranks.iter().map(|rank| rank.n).sum();
        let mut groups: Vec<(u32, CalibrationGroup)> = vec![];
        let mut before = 0.0;
        for rank in &self.ranks {
            let tenth = ((before + rank.n / 2.0) / whole * 10.0) as u32;
            before += rank.n;
            if groups.last().is_none_or(|last| last.0 != tenth) {
                let nobody = CalibrationGroup { n: 0, events: 0, expected: 0.0, patterns: vec![] };
                groups.push((tenth, nobody));
            }
            if let Some((_, group)) = groups.last_mut() {
                group.n += rank.n as u64;
                group.events += rank.events as u64;
                group.expected += rank.n * rank.chance;
                group.patterns.extend(&rank.patterns);
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }
}

//! Whose patient somebody is, from when until when: most for years, some new, some who changed their
//! doctor, some who left. The shares are assumptions.

use super::town::Town;
use crate::cast::{ChartKind, PatientMember, pool_of, staff};
use crate::chart::Plan;
use crate::seed::Dice;
use jiff::Timestamp;

/// One row of empanelment.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// The key of the patient.
    pub patient: String,
    /// The key of the primary care provider.
    pub provider: &'static str,
    /// The key of the pool.
    pub pool: &'static str,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
}

impl Town<'_> {
    /// The rows of everybody, each person's in order.
    pub fn panels(&self) -> Vec<Panel> {
        self.members.iter().flat_map(|member| self.rows(member)).collect()
    }

    /// When somebody left the clinic; `None` for those who are still there.
    pub(super) fn left_at(&self, member: &PatientMember) -> Option<Timestamp> {
        let dice = &mut self.panel_dice(member);
        let leaves = dice.chance(0.02) && member.chart == ChartKind::Light;
        leaves.then(|| self.days.about_days_ago(dice.between(20, 300), (12, 0)))
    }

    fn panel_dice(&self, member: &PatientMember) -> Dice {
        self.seed.dice(&format!("{}/panel", member.key))
    }

    fn rows(&self, member: &PatientMember) -> Vec<Panel> {
        let row = |provider, from, until| Panel {
            patient: member.key.clone(),
            provider,
            pool: pool_of(member.provider),
            from,
            until,
        };
        let from = self.joined_at(member);
        let dice = &mut self.seed.dice(&format!("{}/doctor", member.key));
        if let Some(left) = self.left_at(member) {
            return vec![row(member.provider, from.min(left), Some(left))];
        }
        let changed = self.days.about_days_ago(dice.between(40, 380), (0, 0));
        let before = dice.pick(&colleagues(member.provider)).copied();
        match before {
            Some(before) if member.chart != ChartKind::Hand && from < changed && dice.chance(0.04) => {
                vec![row(before, from, Some(changed)), row(member.provider, changed, None)]
            }
            _ => vec![row(member.provider, from, None)],
        }
    }

    fn joined_at(&self, member: &PatientMember) -> Timestamp {
        let dice = &mut self.seed.dice(&format!("{}/joined", member.key));
        let first_visit = Plan::of(self.seed, member).visits.last().map(|visit| visit.days_ago);
        let days = match first_visit {
            Some(first) if member.chart == ChartKind::Light && dice.chance(0.2) => first + 3,
            _ => dice.between(900, 1900),
        };
        let joined = self.days.about_days_ago(days, (0, 0));
        // Nobody writes to a team before belonging to it.
        let wrote = self.writer(member).map_or(joined, |writer| writer.since);
        self.days.working_time(joined.min(wrote), (0, 0))
    }
}

fn colleagues(of: &str) -> Vec<&'static str> {
    let beside = |key: &str| key != of && pool_of(key) == pool_of(of);
    staff()
        .iter()
        .filter(|member| member.has_panel() && beside(member.key))
        .map(|member| member.key)
        .collect()
}

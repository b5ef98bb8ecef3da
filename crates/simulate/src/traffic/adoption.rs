//! Who writes, from when on and how often. The odds follow the published study (Ralston 2009) where it
//! prints a row; the level, the rows between and the growth are chosen so that the published totals come out.

use super::delays;
use super::town::Town;
use crate::cast::{ChartKind, Insurance, PatientMember, staff_member};
use jiff::Timestamp;

/// The log odds of a man of the lowest morbidity, commercially insured, with a provider who hardly writes.
const LEVEL: f64 = -2.02;
/// Published: ln 1.15, ln 5.64, ln 1.94, ln 0.65, ln 0.81.
const FEMALE: f64 = 0.1398;
const VERY_ILL: f64 = 1.7299;
const KEEN_PROVIDER: f64 = 0.6627;
const OVER_65: f64 = -0.4308;
const MEDICAID: f64 = -0.2107;
/// Assumed: the levels between, as shares of the highest; Spanish speakers and the uninsured write less.
const ILL: [f64; 3] = [0.0, 0.38, 0.72];
const SPANISH: f64 = -0.45;
const SELF_PAY: f64 = -0.6;
/// The spread of how much users write, and its middle: the published share of the busiest twentieth.
const SPREAD: f64 = 1.42;
const MIDDLE: f64 = 1.18;
/// Nobody writes more often than this in 15 months.
const MOST: usize = 48;

/// Somebody who writes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Writer {
    pub since: Timestamp,
    pub threads: usize,
}

impl Town<'_> {
    /// Whether a patient of the crowd writes at all, and how much.
    pub(super) fn writer(&self, member: &PatientMember) -> Option<Writer> {
        let dice = &mut self.seed.dice(&format!("{}/writer", member.key));
        let odds = log_odds(member).exp();
        let writes = dice.chance(odds / (1.0 + odds));
        if !writes || !member.is_adult() || member.chart == ChartKind::Hand || self.left_at(member).is_some()
        {
            return None;
        }
        // The first come slowly: the share of those who have begun grows a little faster than time.
        let waited = dice.unit().powf(0.8);
        let since = Town::share(self.live_at(member), self.days.now, waited);
        let since = delays::writing(self.days, dice, since).max(self.live_at(member));
        let keen = dice.log_normal(MIDDLE, SPREAD) * (1.35 - 0.7 * waited);
        Some(Writer { since, threads: (keen as usize + 1).min(MOST) })
    }
}

fn log_odds(member: &PatientMember) -> f64 {
    let ill = match member.chronic {
        0 => ILL[0],
        1..3 => ILL[1],
        3..6 => ILL[2],
        _ => 1.0,
    };
    let habit = staff_member(member.provider).map_or(1, |provider| provider.habit);
    let insurance = match member.insurance {
        Insurance::Medicaid => MEDICAID,
        Insurance::SelfPay => SELF_PAY,
        Insurance::Commercial | Insurance::Medicare => 0.0,
    };
    let of = |is: bool, row: f64| if is { row } else { 0.0 };
    LEVEL
        + of(member.gender == "female", FEMALE)
        + ill * VERY_ILL
        + f64::from(habit) / 2.0 * KEEN_PROVIDER
        + of(member.age > 65, OVER_65)
        + insurance
        + of(member.language == domain::language::Language::Es, SPANISH)
}

//! The people of a cohort, one after another.

use super::bridge;
use super::draws::Draws;
use super::plan::{CohortPlan, PlanError, Unit};

/// A person's levels stand in an array of this length, so that a row needs no allocation.
pub const MOST_COVARIATES: usize = 16;

const PEOPLE: u64 = 1;
const PROVIDERS: u64 = 2;

/// A cohort of a plan: so many people, of so many providers, with this seed.
#[derive(Clone, Debug)]
pub struct Cohort {
    plan: CohortPlan,
    people: u64,
    providers: u64,
    seed: u64,
    intercept: f64,
    log_odds: Vec<Vec<f64>>,
}

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    pub provider: u64,
    levels: [u8; MOST_COVARIATES],
    width: u8,
    pub outcome: bool,
}

impl Person {
    /// For each covariate of the plan the position of the person's level.
    pub fn levels(&self) -> &[u8] {
        &self.levels[..usize::from(self.width)]
    }
}

impl Cohort {
    pub fn new(plan: CohortPlan, people: u64, providers: u64, seed: u64) -> Result<Self, PlanError> {
        plan.check()?;
        if providers == 0 || providers > people {
            return Err(PlanError::Size);
        }
        let log_odds = plan
            .covariates
            .iter()
            .map(|covariate| covariate.levels.iter().map(|level| level.odds_ratio.ln()).collect())
            .collect();
        Ok(Self { intercept: plan.intercept(), log_odds, plan, people, providers, seed })
    }

    pub fn plan(&self) -> &CohortPlan {
        &self.plan
    }

    /// Everybody, in a fixed order; providers take turns, so all have about equally many people.
    pub fn people(&self) -> impl Iterator<Item = Person> + '_ {
        (0..self.people).map(|number| self.person(number))
    }

    /// The row of this number, whatever stands before it.
    pub fn person(&self, number: u64) -> Person {
        let provider = number % self.providers;
        let mut shared = Draws::of(self.seed, PROVIDERS, provider);
        let mut own = Draws::of(self.seed, PEOPLE, number);
        let effect = match self.plan.phi {
            1.0 => 0.0,
            phi => bridge::quantile(phi, shared.uniform()),
        };
        let mut levels = [0; MOST_COVARIATES];
        let mut eta = self.intercept;
        for (place, covariate) in self.plan.covariates.iter().enumerate() {
            let draws = if covariate.unit == Unit::Provider { &mut shared } else { &mut own };
            let level = draws.pick(self.plan.shares(place, &levels));
            eta += self.log_odds[place][level];
            levels[place] = u8::try_from(level).unwrap_or(u8::MAX);
        }
        let chance = 1.0 / (1.0 + (-effect - eta / self.plan.phi).exp());
        let outcome = own.uniform() < chance;
        Person { provider, levels, width: self.plan.covariates.len() as u8, outcome }
    }
}

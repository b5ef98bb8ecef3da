//! What a cohort is drawn from: covariates with the shares and odds ratios of their levels, how common
//! the outcome is, and how much providers differ.

/// Of what a covariate is a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Person,
    /// All people of a provider share it.
    Provider,
}

/// A level of a covariate.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    pub name: String,
    /// Against the level whose odds ratio is 1; marginal, adjusted for the other covariates.
    pub odds_ratio: f64,
}

/// A categorical covariate.
#[derive(Clone, Debug, PartialEq)]
pub struct Covariate {
    pub name: String,
    pub unit: Unit,
    pub levels: Vec<Level>,
    /// An earlier covariate on which the shares depend.
    pub given: Option<usize>,
    /// One row of shares, or one per level of `given`; each sums to 1.
    pub shares: Vec<Vec<f64>>,
}

/// A population from which cohorts are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct CohortPlan {
    pub outcome: String,
    pub cluster: String,
    pub covariates: Vec<Covariate>,
    /// The share of all people with the outcome.
    pub prevalence: f64,
    /// Of the bridge distribution of provider effects: 1 is none, smaller is more; see
    /// [`CohortPlan::provider_sd`].
    pub phi: f64,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    #[error("{0}: each row of shares must be positive and sum to 1, with one share per level")]
    Shares(String),
    #[error("{0}: odds ratios must be positive, one of them 1")]
    OddsRatios(String),
    #[error(
        "{0}: may only depend on an earlier covariate of the same unit, with one row of shares per level"
    )]
    Given(String),
    #[error("the prevalence and phi must lie between 0 and 1")]
    Range,
    #[error("a cohort needs people, and at least one provider but not more than people")]
    Size,
    #[error("more covariates than {}", super::MOST_COVARIATES)]
    TooMany,
}

impl CohortPlan {
    /// The standard deviation of the provider effect on the log odds scale, given the provider.
    pub fn provider_sd(&self) -> f64 {
        (std::f64::consts::PI.powi(2) / 3.0 * (self.phi.powi(-2) - 1.0)).sqrt()
    }

    pub fn check(&self) -> Result<(), PlanError> {
        let is_inside = |value: f64| value > 0.0 && value < 1.0;
        if !is_inside(self.prevalence) || !(is_inside(self.phi) || self.phi == 1.0) {
            return Err(PlanError::Range);
        }
        if self.covariates.len() > super::MOST_COVARIATES {
            return Err(PlanError::TooMany);
        }
        self.covariates.iter().enumerate().try_for_each(|(place, covariate)| self.check_one(place, covariate))
    }

    fn check_one(&self, place: usize, covariate: &Covariate) -> Result<(), PlanError> {
        let name = || covariate.name.clone();
        let ratios = || covariate.levels.iter().map(|level| level.odds_ratio);
        if !ratios().all(|ratio| ratio > 0.0 && ratio.is_finite()) || !ratios().any(|ratio| ratio == 1.0) {
            return Err(PlanError::OddsRatios(name()));
        }
        let rows = match covariate.given {
            None => 1,
            Some(earlier) if earlier < place && self.covariates[earlier].unit == covariate.unit => {
                self.covariates[earlier].levels.len()
            }
            Some(_) => return Err(PlanError::Given(name())),
        };
        if covariate.shares.len() != rows {
            return Err(PlanError::Given(name()));
        }
        let sums = |row: &Vec<f64>| {
            row.len() == covariate.levels.len()
                && row.iter().all(|share| *share >= 0.0)
                && (row.iter().sum::<f64>() - 1.0).abs() < 1e-9
        };
        if covariate.shares.iter().all(sums) { Ok(()) } else { Err(PlanError::Shares(name())) }
    }

    /// The shares of a covariate's levels for somebody with these earlier levels.
    pub(super) fn shares(&self, covariate: usize, levels: &[u8]) -> &[f64] {
        let of = &self.covariates[covariate];
        &of.shares[of.given.map_or(0, |earlier| usize::from(levels[earlier]))]
    }

    /// The marginal log odds at which all odds ratios are 1 and `prevalence` of all have the outcome.
    pub(super) fn intercept(&self) -> f64 {
        let (mut low, mut high) = (-40.0, 40.0);
        for _ in 0..100 {
            let middle = (low + high) / 2.0;
            if self.mean_chance(middle, &mut vec![]) < self.prevalence { low = middle } else { high = middle }
        }
        (low + high) / 2.0
    }

    /// The mean over everybody whose first levels are these; `eta` is their log odds so far.
    fn mean_chance(&self, eta: f64, levels: &mut Vec<u8>) -> f64 {
        let place = levels.len();
        if place == self.covariates.len() {
            return 1.0 / (1.0 + (-eta).exp());
        }
        let mut mean = 0.0;
        for (level, number) in self.covariates[place].levels.iter().zip(0..) {
            let share = self.shares(place, levels)[usize::from(number)];
            levels.push(number);
            mean += share * self.mean_chance(eta + level.odds_ratio.ln(), levels);
            levels.pop();
        }
        mean
    }
}

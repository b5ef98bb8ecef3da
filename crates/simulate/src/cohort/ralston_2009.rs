//! The preset of the paper that the study engine repeats: Ralston et al., J Gen Intern Med
//! 2009;24(3):349-55, doi 10.1007/s11606-008-0899-z.
//!
//! Published, and the truth here: 14 % have the outcome; odds ratios of female sex 1.15, highest
//! morbidity 5.64, provider's share of messaging 20-50 % 1.94, age over 65 0.65, Medicaid 0.81.
//! **Everything else is an assumption of ours**, since the abstract does not give it: the shares of all
//! levels, the dependence of morbidity and insurance on age, the odds ratios marked below, the number of
//! people per provider, and how much providers differ (`phi`; with it, and 240 providers, the robust
//! standard error of the provider's row comes out near the published 0.077).

use super::plan::{CohortPlan, Covariate, Level, Unit};

/// An assumption: 179,107 people of 240 providers.
pub fn people_per_provider() -> u64 {
    746
}

/// Columns and levels are those of `studies/ralston-2009.toml`.
pub fn ralston_2009() -> CohortPlan {
    CohortPlan {
        outcome: "messaged".to_owned(),
        cluster: "pcp".to_owned(),
        covariates: vec![sex(), age(), morbidity(), share(), insurance()],
        prevalence: 0.14,
        phi: 0.965,
    }
}

fn levels(named: &[(&str, f64)]) -> Vec<Level> {
    named.iter().map(|&(name, odds_ratio)| Level { name: name.to_owned(), odds_ratio }).collect()
}

fn sex() -> Covariate {
    Covariate {
        name: "sex".to_owned(),
        unit: Unit::Person,
        levels: levels(&[("male", 1.0), ("female", 1.15)]),
        given: None,
        shares: vec![vec![0.46, 0.54]],
    }
}

fn age() -> Covariate {
    Covariate {
        name: "age".to_owned(),
        unit: Unit::Person,
        // Assumed: the odds ratios of the two younger bands.
        levels: levels(&[("18-35", 0.75), ("36-50", 0.95), ("51-65", 1.0), ("over 65", 0.65)]),
        given: None,
        shares: vec![vec![0.22, 0.28, 0.32, 0.18]],
    }
}

fn morbidity() -> Covariate {
    Covariate {
        name: "morbidity".to_owned(),
        unit: Unit::Person,
        // Assumed: the odds ratios of low and moderate.
        levels: levels(&[("very low", 1.0), ("low", 1.8), ("moderate", 3.2), ("high or very high", 5.64)]),
        given: Some(1),
        shares: vec![
            vec![0.34, 0.32, 0.28, 0.06],
            vec![0.27, 0.30, 0.34, 0.09],
            vec![0.19, 0.26, 0.41, 0.14],
            vec![0.10, 0.18, 0.46, 0.26],
        ],
    }
}

fn share() -> Covariate {
    Covariate {
        name: "share".to_owned(),
        unit: Unit::Provider,
        // Assumed: the odds ratios of > 10-20 % and > 50 %.
        levels: levels(&[("<= 10 %", 1.0), ("> 10-20 %", 1.4), ("> 20-50 %", 1.94), ("> 50 %", 2.4)]),
        given: None,
        shares: vec![vec![0.35, 0.31, 0.30, 0.04]],
    }
}

fn insurance() -> Covariate {
    Covariate {
        name: "insurance".to_owned(),
        unit: Unit::Person,
        // Assumed: the odds ratios of Medicare and other.
        levels: levels(&[("commercial", 1.0), ("Medicare", 0.92), ("Medicaid", 0.81), ("other", 0.95)]),
        given: Some(1),
        shares: vec![
            vec![0.90, 0.005, 0.035, 0.06],
            vec![0.92, 0.01, 0.02, 0.05],
            vec![0.91, 0.03, 0.015, 0.045],
            vec![0.12, 0.86, 0.01, 0.01],
        ],
    }
}

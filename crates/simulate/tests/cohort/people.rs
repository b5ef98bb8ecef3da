//! The paper's cohort, simulated.

use simulate::cohort::{Cohort, PlanError, people_per_provider, ralston_2009};
use study::fit::{Plan, analyse};

use crate::truth::{PUBLISHED, cohort, grouped, term};

#[test]
fn the_papers_cohort_brackets_its_published_odds_ratios() {
    let people = 179_107;
    let fit =
        analyse(&grouped(&cohort(people, people / people_per_provider(), 1)), &Plan::default()).unwrap();
    assert_eq!(fit.n, people);
    let share = fit.events as f64 / fit.n as f64;
    // 240 providers of different ways do not average out: one cohort is off by half a percent or more.
    assert!((share - 0.14).abs() < 0.02, "{share}");
    for (variable, level, published, _) in PUBLISHED {
        let found = term(&fit.terms, variable, level).adjusted.unwrap();
        let [low, high] = found.ci();
        println!("{variable} {level}: {published} published, {:.3} ({low:.3}-{high:.3})", found.odds_ratio());
        assert!(low < published && published < high, "{variable} {level}: {low} to {high}");
    }
    let provider = term(&fit.terms, "share", "> 20-50 %").adjusted.unwrap();
    // Published: 0.077.
    assert!((0.06..0.095).contains(&provider.se_cluster), "{}", provider.se_cluster);
}

#[test]
fn a_row_is_the_same_whatever_is_made_before_it() {
    let (small, again, other) = (cohort(1000, 20, 5), cohort(1000, 20, 5), cohort(1000, 20, 6));
    let all: Vec<_> = small.people().collect();
    assert_eq!(all, again.people().collect::<Vec<_>>());
    assert_ne!(all, other.people().collect::<Vec<_>>());
    assert_eq!(all[777], again.person(777));
    // A provider's band is that of all of its people.
    let band = |number: u64| small.person(number).levels()[3];
    assert!((0..1000).all(|number| band(number) == band(number % 20)));
}

#[test]
fn without_provider_effects_the_chance_is_the_plans_own() {
    let mut plan = ralston_2009();
    plan.phi = 1.0;
    let cohort = Cohort::new(plan, 400_000, 4_000, 3).unwrap();
    let outcomes = cohort.people().filter(|person| person.outcome).count();
    assert!((outcomes as f64 / 400_000.0 - 0.14).abs() < 0.003, "{outcomes}");
}

#[test]
fn a_plan_that_cannot_be_drawn_is_refused() {
    let mut plan = ralston_2009();
    plan.covariates[0].shares = vec![vec![0.5, 0.6]];
    assert_eq!(Cohort::new(plan, 10, 2, 1).unwrap_err(), PlanError::Shares("sex".into()));
    let mut plan = ralston_2009();
    plan.covariates[4].given = Some(3);
    assert_eq!(Cohort::new(plan, 10, 2, 1).unwrap_err(), PlanError::Given("insurance".into()));
    let mut plan = ralston_2009();
    plan.covariates[1].levels[2].odds_ratio = 0.9;
    assert_eq!(Cohort::new(plan, 10, 2, 1).unwrap_err(), PlanError::OddsRatios("age".into()));
    assert_eq!(Cohort::new(ralston_2009(), 10, 11, 1).unwrap_err(), PlanError::Size);
}

//! How often the 95 % intervals hold the truth that made the cohort.

use std::thread;

use study::fit::{Plan, analyse};

use crate::truth::{PUBLISHED, cohort, grouped, term};

const PEOPLE_PER_PROVIDER: u64 = 100;

/// Of one published row.
#[derive(Clone, Copy, Default)]
struct Hits {
    /// Cohorts in which the row has a finite estimate: with few providers not all have.
    estimated: u32,
    robust: u32,
    model: u32,
}

impl Hits {
    fn add(&mut self, other: Self) {
        self.estimated += other.estimated;
        self.robust += other.robust;
        self.model += other.model;
    }

    fn percent(self, hits: u32) -> f64 {
        100.0 * f64::from(hits) / f64::from(self.estimated)
    }
}

type Rows = [Hits; PUBLISHED.len()];

fn one(providers: u64, seed: u64) -> Rows {
    let fit = analyse(&grouped(&cohort(providers * PEOPLE_PER_PROVIDER, providers, seed)), &Plan::default());
    let fit = fit.unwrap();
    PUBLISHED.map(|(variable, level, truth, _)| {
        let Some(found) = term(&fit.terms, variable, level).adjusted else { return Hits::default() };
        let holds = |[low, high]: [f64; 2]| u32::from(low <= truth && truth <= high);
        Hits { estimated: 1, robust: holds(found.ci()), model: holds(found.ci_model()) }
    })
}

/// Over cohorts with the seeds 1, 2, ...
fn coverage(cohorts: u64, providers: u64) -> Rows {
    let threads = thread::available_parallelism().map_or(1, |count| count.get()) as u64;
    let part = |first: u64| {
        let mut sum = Rows::default();
        for seed in (first..=cohorts).step_by(threads as usize) {
            sum.iter_mut().zip(one(providers, seed)).for_each(|(sum, hits)| sum.add(hits));
        }
        sum
    };
    let mut whole = Rows::default();
    thread::scope(|scope| {
        let running: Vec<_> = (1..=threads).map(|first| scope.spawn(move || part(first))).collect();
        for part in running.into_iter().map(|thread| thread.join().unwrap()) {
            whole.iter_mut().zip(part).for_each(|(sum, hits)| sum.add(hits));
        }
    });
    whole
}

fn print(providers: u64, found: &Rows) {
    println!("{providers} providers x {PEOPLE_PER_PROVIDER}: coverage, robust (model-based)");
    for ((variable, level, _, _), row) in PUBLISHED.iter().zip(found) {
        let (robust, model) = (row.percent(row.robust), row.percent(row.model));
        println!("  {variable} {level}: {robust:.1} % ({model:.1} %) of {}", row.estimated);
    }
}

fn hold(found: &Rows, person: (f64, f64), provider: (f64, f64)) {
    for ((variable, level, _, is_provider), row) in PUBLISHED.iter().zip(found) {
        let (low, high) = if *is_provider { provider } else { person };
        let robust = row.percent(row.robust);
        assert!((low..=high).contains(&robust), "{variable} {level}: {robust} %");
    }
}

/// 100 cohorts with bars as wide as so few allow; with `SAMECHART_LONG`, 1,000 at the promised ones.
#[test]
fn robust_intervals_hold_the_truth_in_95_of_100_cohorts() {
    let long = std::env::var_os("SAMECHART_LONG").is_some();
    let cohorts = if long { 1000 } else { 100 };
    let found = coverage(cohorts, 200);
    print(200, &found);
    if long {
        hold(&found, (93.5, 96.5), (92.0, 97.0));
        for providers in [30, 60, 500] {
            print(providers, &coverage(cohorts, providers));
        }
    } else {
        hold(&found, (89.0, 100.0), (87.0, 100.0));
    }
    // Ignoring that people share a provider shows where the covariate is the provider's.
    assert!(found[2].percent(found[2].model) < 85.0);
}

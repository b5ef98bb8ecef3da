//! How often the 95 % intervals hold the truth that made the cohort.

use std::thread;

use study::fit::{Plan, analyse};

use crate::truth::{PUBLISHED, cohort, grouped, term};

const PEOPLE_PER_PROVIDER: u64 = 100;

/// Hits of the robust and of the model-based interval per published row.
type Hits = [(u32, u32); PUBLISHED.len()];

fn one(providers: u64, seed: u64) -> Hits {
    let fit = analyse(&grouped(&cohort(providers * PEOPLE_PER_PROVIDER, providers, seed)), &Plan::default());
    let fit = fit.unwrap();
    PUBLISHED.map(|(variable, level, truth, _)| {
        let found = term(&fit.terms, variable, level).adjusted.unwrap();
        let holds = |[low, high]: [f64; 2]| u32::from(low <= truth && truth <= high);
        (holds(found.ci()), holds(found.ci_model()))
    })
}

/// Percent, robust and model-based, over cohorts with the seeds 1, 2, ...
fn coverage(cohorts: u64, providers: u64) -> Vec<(f64, f64)> {
    let threads = thread::available_parallelism().map_or(1, |count| count.get()) as u64;
    let part = |first: u64| {
        let mut sum = Hits::default();
        for seed in (first..=cohorts).step_by(threads as usize) {
            for (sum, hit) in sum.iter_mut().zip(one(providers, seed)) {
                *sum = (sum.0 + hit.0, sum.1 + hit.1);
            }
        }
        sum
    };
    let parts: Vec<Hits> = thread::scope(|scope| {
        let running: Vec<_> = (1..=threads).map(|first| scope.spawn(move || part(first))).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let percent = |hits: u32| 100.0 * f64::from(hits) / cohorts as f64;
    let row = |row: usize| {
        let sum = parts.iter().fold((0, 0), |sum, part| (sum.0 + part[row].0, sum.1 + part[row].1));
        (percent(sum.0), percent(sum.1))
    };
    (0..PUBLISHED.len()).map(row).collect()
}

fn print(cohorts: u64, providers: u64, found: &[(f64, f64)]) {
    println!(
        "{cohorts} cohorts of {providers} providers x {PEOPLE_PER_PROVIDER}: coverage, robust (model-based)"
    );
    for ((variable, level, _, _), (robust, model)) in PUBLISHED.iter().zip(found) {
        println!("  {variable} {level}: {robust:.1} % ({model:.1} %)");
    }
}

fn hold(found: &[(f64, f64)], person: (f64, f64), provider: (f64, f64)) {
    for ((variable, level, _, is_provider), (robust, _)) in PUBLISHED.iter().zip(found) {
        let (low, high) = if *is_provider { provider } else { person };
        assert!((low..=high).contains(robust), "{variable} {level}: {robust} %");
    }
}

/// 100 cohorts with bars as wide as so few allow; with `SAMECHART_LONG`, 1,000 at the promised ones.
#[test]
fn robust_intervals_hold_the_truth_in_95_of_100_cohorts() {
    let long = std::env::var_os("SAMECHART_LONG").is_some();
    let cohorts = if long { 1000 } else { 100 };
    let found = coverage(cohorts, 200);
    print(cohorts, 200, &found);
    if long {
        hold(&found, (93.5, 96.5), (92.0, 97.0));
        for providers in [30, 60, 500] {
            print(cohorts, providers, &coverage(cohorts, providers));
        }
    } else {
        hold(&found, (89.0, 100.0), (87.0, 100.0));
    }
    // Ignoring that people share a provider shows where the covariate is the provider's.
    assert!(found[2].1 < 85.0, "{}", found[2].1);
}

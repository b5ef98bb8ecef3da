//! Tests of a variable that has no effect, where people of one provider are alike: the robust one is right about as
//! often as it says, the model-based one is not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use study::fit::{Plan, VariableTest, analyse};
use study::grouped::{Cell, Grouped, Variable};

/// Numbers of a fixed sequence, from 0 to 1.
struct Draws(u64);

impl Draws {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// About normal: of twelve.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }
}

/// 100 people of each provider; a provider is "low", "middle" or "high", which says nothing of the outcome.
fn cohort(providers: u32, seed: u64) -> Grouped {
    let mut draws = Draws(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut cells = vec![];
    for cluster in 0..providers {
        let chance = 1.0 / (1.0 + (1.0 - 0.6 * draws.normal()).exp());
        for sex in 0..2 {
            let events = (0..50).filter(|_| draws.share() < chance).count() as u32;
            cells.push(Cell { cluster, pattern: cluster % 3 * 2 + sex, n: 50, events });
        }
    }
    let variable = |name: &str, levels: &[&str]| Variable {
        name: name.to_owned(),
        levels: levels.iter().map(|level| (*level).to_owned()).collect(),
    };
    Grouped {
        outcome: "messaged".into(),
        cluster_name: "pcp".into(),
        variables: vec![variable("share", &["low", "middle", "high"]), variable("sex", &["f", "m"])],
        clusters: (0..providers).map(|at| format!("p{at:03}")).collect(),
        patterns: (0..6u16).map(|at| Box::from([at / 2, at % 2])).collect(),
        cells,
    }
}

/// In how many of 200 cohorts the share is found to matter at 5 %: by likelihood ratio, and robustly.
fn found(providers: u32) -> [usize; 2] {
    let tests: Vec<VariableTest> = (1..=200)
        .map(|seed| analyse(&cohort(providers, seed), &Plan::default()).unwrap().tests.swap_remove(0))
        .collect();
    let robust = |test: &VariableTest| test.robust.unwrap().p;
    [tests.iter().filter(|it| it.p < 0.05).count(), tests.iter().filter(|it| robust(it) < 0.05).count()]
}

#[test]
fn a_providers_share_that_says_nothing_is_found_about_as_seldom_as_the_robust_test_says() {
    let [model, robust] = found(60);
    assert!((4..=20).contains(&robust) && model > 60, "{model} and {robust} of 200");
}

#[test]
fn with_few_providers_the_robust_test_is_the_f_of_one_less() {
    let test = &analyse(&cohort(12, 1), &Plan::default()).unwrap().tests[0];
    assert_eq!(test.robust.map(|it| (it.degrees, it.within)), Some((2, Some(11))));
    let [model, robust] = found(12);
    assert!(robust <= 30 && model > 60, "{model} and {robust} of 200");
}

#[test]
fn of_as_many_levels_as_clusters_there_is_no_robust_test() {
    // Three providers, and each has a level of its own: nothing between providers is left to compare with.
    let fit = analyse(&cohort(3, 1), &Plan::default()).unwrap();
    assert!(fit.tests[0].robust.is_none());
    assert!(fit.tests[0].p < 1.0 && fit.tests[1].robust.is_some());
}

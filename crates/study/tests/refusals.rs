//! What is refused, dropped or withheld, on cohorts small enough to count by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use study::fit::{Counts, FitError, Plan, Warning, analyse};
use study::grouped::{Cell, Grouped, Variable};

/// Two variables of two levels; a row is (cluster, first, second, n, events).
fn cohort(rows: &[(u32, u16, u16, u32, u32)]) -> Grouped {
    let variable = |name: &str| Variable { name: name.into(), levels: vec!["no".into(), "yes".into()] };
    let mut patterns: Vec<Box<[u16]>> = rows.iter().map(|row| [row.1, row.2].into()).collect();
    patterns.sort();
    patterns.dedup();
    let cell = |&(cluster, first, second, n, events): &(u32, u16, u16, u32, u32)| {
        let pattern = patterns.binary_search(&[first, second].into()).unwrap();
        Cell { cluster, pattern: pattern as u32, n, events }
    };
    let mut cells: Vec<Cell> = rows.iter().map(cell).collect();
    cells.sort_by_key(|cell| (cell.cluster, cell.pattern));
    Grouped {
        outcome: "messaged".into(),
        cluster_name: "provider".into(),
        variables: vec![variable("diabetes"), variable("asthma")],
        clusters: vec!["dr-a".into(), "dr-b".into(), "dr-c".into()],
        patterns,
        cells,
    }
}

fn ordinary() -> Vec<(u32, u16, u16, u32, u32)> {
    vec![
        (0, 0, 0, 40, 12),
        (0, 1, 0, 30, 15),
        (1, 0, 1, 35, 14),
        (1, 1, 1, 45, 30),
        (2, 0, 0, 25, 11),
        (2, 1, 1, 14, 5),
    ]
}

#[test]
fn one_cluster_is_refused_by_name() {
    let rows: Vec<_> = ordinary().into_iter().filter(|row| row.0 == 1).collect();
    let error = analyse(&cohort(&rows), &Plan::default()).unwrap_err();
    assert_eq!(error, FitError::OneCluster { name: "dr-b".into() });
    assert!(error.to_string().contains("dr-b"));
}

#[test]
fn an_outcome_that_nobody_or_everybody_has_is_refused() {
    let with = |events: fn(u32) -> u32| {
        let rows: Vec<_> = ordinary().into_iter().map(|(a, b, c, n, _)| (a, b, c, n, events(n))).collect();
        analyse(&cohort(&rows), &Plan::default()).unwrap_err()
    };
    assert_eq!(with(|_| 0), FitError::NoEvents { n: 189 });
    assert_eq!(with(|n| n), FitError::OnlyEvents { n: 189 });
    assert_eq!(analyse(&cohort(&[]), &Plan::default()).unwrap_err(), FitError::Empty);
}

#[test]
fn under_complete_separation_there_is_no_number_but_firths() {
    let rows: Vec<_> = ordinary().into_iter().map(|(a, b, c, n, _)| (a, b, c, n, n * u32::from(b))).collect();
    let fit = analyse(&cohort(&rows), &Plan { gee: true, ..Plan::default() }).unwrap();
    assert!(!fit.converged && fit.log_likelihood == 0.0);
    assert!(fit.intercept.is_none() && fit.terms.iter().all(|term| term.adjusted.is_none()));
    assert!(fit.gee.is_none() && fit.prediction.is_none());
    let told: Vec<String> = fit.warnings.iter().map(ToString::to_string).collect();
    assert!(
        told[0].starts_with(
            "complete separation: the data predict the outcome perfectly along diabetes \"yes\","
        )
    );
    assert!(told.contains(&"GEE gave no answer on these data".to_owned()));
    let json = fit.to_json(Counts::Exact);
    assert_eq!(json["separation"]["columns"][0]["or"], "infinite");
    assert!(json["terms"][0]["or"].is_null());
    assert!(json["firth"]["terms"][0]["or"].as_f64().unwrap() > 100.0);
}

#[test]
fn an_interaction_of_an_unknown_covariate_is_refused() {
    let plan = Plan { interactions: vec![["asthma".into(), "gout".into()]], ..Plan::default() };
    let error = analyse(&cohort(&ordinary()), &plan).unwrap_err();
    assert_eq!(error, FitError::UnknownVariable { name: "gout".into() });
}

#[test]
fn a_variable_with_one_level_is_named_and_dropped() {
    let rows: Vec<_> = ordinary().into_iter().filter(|row| row.2 == 0).collect();
    let fit = analyse(&cohort(&rows), &Plan::default()).unwrap();
    let dropped = Warning::SingleLevel { variable: "asthma".into(), level: "no".into() };
    assert!(fit.warnings.contains(&dropped), "{:?}", fit.warnings);
    assert_eq!(fit.terms.iter().map(|term| term.variable.as_str()).collect::<Vec<_>>(), ["diabetes"]);
}

#[test]
fn a_reference_that_nobody_has_gives_way_with_a_word() {
    let mut grouped = cohort(&ordinary());
    grouped.variables[1].levels = vec!["unknown".into(), "no".into(), "yes".into()];
    grouped.patterns.iter_mut().for_each(|pattern| pattern[1] += 1);
    let fit = analyse(&grouped, &Plan::default()).unwrap();
    let plain = analyse(&cohort(&ordinary()), &Plan::default()).unwrap();
    assert_eq!(fit.terms, plain.terms);
    assert_eq!(
        fit.warnings[0].to_string(),
        "asthma: nobody has the reference level \"unknown\", \"no\" is the reference"
    );
}

#[test]
fn counts_of_few_people_are_withheld_with_what_they_could_be_computed_from() {
    // Diabetes: 89 of whom 50, against 100 of whom 37; asthma: 94 of whom 49, against 95 of whom 38.
    let fit = analyse(&cohort(&ordinary()), &Plan::default()).unwrap();
    let exact = fit.to_json(Counts::Exact);
    assert_eq!((&exact["terms"][0]["n"], &exact["terms"][0]["events"]), (&89.into(), &50.into()));
    let crude = exact["terms"][0]["crude_or"].as_f64().unwrap();
    assert!((crude - (50.0 / 39.0) / (37.0 / 63.0)).abs() < 1e-12, "{crude}");
    assert_eq!(fit.to_json(Counts::Suppressed { limit: 11 }), exact);

    // 39 with diabetes had no event, and 37 without had one: both few now.
    let withheld = fit.to_json(Counts::Suppressed { limit: 40 });
    let diabetes = &withheld["terms"][0];
    assert_eq!((&diabetes["n"], &diabetes["events"]), (&89.into(), &">49".into()));
    assert!(diabetes["crude_or"].is_null() && diabetes["crude_ci"].is_null());
    assert_eq!(diabetes["or"], exact["terms"][0]["or"]);
    // Of asthma only the reference is few: subtraction from the whole would tell it.
    let asthma = &withheld["terms"][1];
    assert!(asthma["n"].is_null() && asthma["events"].is_null() && asthma["crude_or"].is_null());
    let adjusted = withheld["prediction"]["adjusted"].as_array().unwrap();
    assert!(adjusted.len() == 4 && adjusted.iter().all(|row| row["probability"].is_null()));

    // Fewer than 95 people are few, too.
    let withheld = fit.to_json(Counts::Suppressed { limit: 95 });
    assert_eq!((&withheld["terms"][0]["n"], &withheld["terms"][0]["events"]), (&"<95".into(), &"<95".into()));
    assert_eq!((&withheld["n"], &withheld["events"]), (&189.into(), &"<95".into()));
}

#[test]
fn a_tenth_with_few_events_is_joined_to_its_neighbour_for_it_would_be_the_whole_less_the_others() {
    let mut rows = ordinary();
    rows[0].4 = 3;
    let fit = analyse(&cohort(&rows), &Plan::default()).unwrap();
    let events = |counts: Counts| -> Vec<u64> {
        let json = fit.to_json(counts);
        let groups = json["prediction"]["calibration"].as_array().unwrap().clone();
        groups.iter().map(|group| group["events"].as_u64().unwrap()).collect()
    };
    let (exact, shown) = (events(Counts::Exact), events(Counts::Suppressed { limit: 16 }));
    assert_eq!(exact.iter().sum::<u64>(), fit.events);
    assert!(exact.iter().any(|count| *count < 16), "{exact:?}");
    assert_eq!(shown.iter().sum::<u64>(), fit.events);
    assert!(shown.len() < exact.len() && shown.iter().all(|count| *count >= 16), "{shown:?}");
    assert!(events(Counts::Suppressed { limit: 80 }).is_empty());
}

#[test]
fn the_answer_has_its_fixed_shape() {
    let mut rows = ordinary();
    // Providers must differ by more than chance, or the correlation leaves its range.
    rows[4].4 = 2;
    let plan = Plan { gee: true, ..Plan::default() };
    let json = analyse(&cohort(&rows), &plan).unwrap().to_json(Counts::Exact);
    let names: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    for name in [
        "n",
        "events",
        "clusters",
        "patterns",
        "converged",
        "iterations",
        "log_likelihood",
        "intercept",
        "terms",
        "gee",
        "warnings",
    ] {
        assert!(names.contains(&name), "{name}");
    }
    let term = json["terms"][0].as_object().unwrap();
    for name in [
        "variable",
        "level",
        "reference",
        "n",
        "events",
        "crude_or",
        "or",
        "log_or",
        "se_model",
        "ci_model",
        "se_cluster",
        "ci",
        "p",
    ] {
        assert!(!term[name].is_null(), "{name}");
    }
    assert!(json["gee"]["alpha"].is_number() && json["gee"]["terms"][0]["se"].is_number());
    let log_or = term["log_or"].as_f64().unwrap();
    let again: f64 = serde_json::to_string(&json["terms"][0]["log_or"]).unwrap().parse().unwrap();
    assert_eq!(log_or, again);
}

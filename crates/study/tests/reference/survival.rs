//! The product-limit estimate against `survfit` of R's package survival.

use serde_json::Value;
use study::survival::{Curve, Followed};

use crate::rscript::{Differences, Reference, number};

fn read(text: &str) -> Vec<Followed> {
    let row = |line: &str| {
        let (time, happened) = line.split_once(',').unwrap();
        Followed { time: time.parse().unwrap(), happened: happened == "1" }
    };
    text.lines().skip(1).map(row).collect()
}

#[test]
fn the_share_still_waiting_is_what_r_finds_at_every_step() {
    let reference = Reference::of("survival.R");
    let mut differences = Differences::default();
    assert_eq!(reference.values.len(), 10);
    for (name, theirs) in &reference.values {
        let curve = Curve::of(&read(&reference.text(name)));
        let column = |key: &str| theirs[key].as_array().unwrap().clone();
        assert_eq!(curve.steps.len(), column("time").len(), "{name}");
        for (at, step) in curve.steps.iter().enumerate() {
            let mut check = |key: &str, ours: f64| {
                let theirs = &column(key)[at];
                let (is_none, what) = (theirs.is_null(), format!("{name} {key} at {}", step.time));
                assert_eq!(is_none, ours.is_nan(), "{what}");
                if !is_none {
                    differences.check(what, ours, number(theirs), 1e-12);
                }
            };
            check("time", step.time);
            check("at_risk", step.at_risk as f64);
            check("happened", step.happened as f64);
            check("waiting", step.waiting);
            if step.waiting > 0.0 {
                check("error", step.error);
            }
            check("low", step.interval[0]);
            check("high", step.interval[1]);
        }
        median(&mut differences, name, &curve, &theirs["median"]);
    }
    differences.none();
}

fn median(differences: &mut Differences, name: &str, curve: &Curve, theirs: &Value) {
    let ours = curve.median();
    let of = [ours.map(|it| it.time), ours.and_then(|it| it.low), ours.and_then(|it| it.high)];
    for (what, (ours, theirs)) in
        ["", " low", " high"].iter().zip(of.into_iter().zip(theirs.as_array().unwrap()))
    {
        match (ours, theirs.as_f64()) {
            (Some(ours), Some(theirs)) => {
                differences.check(format!("{name} median{what}"), ours, theirs, 1e-12);
            }
            (ours, theirs) => assert_eq!(ours, theirs, "{name} median{what}"),
        }
    }
}

#[test]
fn before_anybody_is_answered_all_wait() {
    let curve = Curve::of(&[
        Followed { time: 2.0, happened: true },
        Followed { time: 1.0, happened: false },
        Followed { time: 4.0, happened: true },
    ]);
    assert_eq!([0.0, 1.9, 2.0, 3.9, 4.0, 9.0].map(|at| curve.waiting_at(at)), [1.0, 1.0, 0.5, 0.5, 0.0, 0.0]);
    assert_eq!((curve.n, curve.happened), (3, 2));
}

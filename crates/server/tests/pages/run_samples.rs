//! Samples of the pages of study runs.

use crate::patient_samples::Sample;
use crate::people::*;
use askama::Template;
use domain::id::StudyRunId;
use domain::study_run::{RunFailure, RunStage, RunState};
use server::web::frame::{Done, Frame, Place};
use server::web::study::run::StudyRunPage;
use server::web::study::run_compare::ComparePage;
use server::web::study::runs::{NewRunPage, RunsPage};
use service::page::{Cursor, Page};
use service::studies::runs::{Asked, SHIPPED, differences};
use service::view::study_run::*;

const TITLE: &str =
    "Patient use of secure electronic messaging within a shared medical record: a cross-sectional study";

fn line(n: u128, state: RunState) -> RunLine {
    RunLine {
        id: StudyRunId(id(700 + n)),
        title: TITLE.to_owned(),
        asked_by: Some("Nora Feld, MPH".to_owned()),
        asked_at: ago(40 + 900 * n as i64),
        state,
        stage: None,
        people_read: 0,
        people: 0,
        failure: None,
        data_at: (state == RunState::Done).then(|| ago(39 + 900 * n as i64)),
    }
}

fn page(line: RunLine) -> RunPage {
    RunPage {
        protocol: SHIPPED[0].text.to_owned(),
        protocol_hash: "3f".repeat(32),
        program: line.data_at.map(|_| "Samechart 0.1.0".to_owned()),
        seed: None,
        ended_at: line.data_at,
        reason: None,
        has_key: true,
        files: Vec::new(),
        figures: None,
        others: Vec::new(),
        line,
    }
}

fn level(level: &str, n: Option<u64>, ratio: Option<(f64, Option<[f64; 2]>)>) -> FigureLevel {
    FigureLevel {
        level: level.to_owned(),
        is_reference: ratio.is_none() && n.is_some(),
        n,
        adjusted: ratio.map(|(value, interval)| FigureRatio { value, interval }),
    }
}

fn figures(has_insurance: bool) -> Figures {
    let variable = |label: &str, levels| FigureVariable { label: label.to_owned(), levels };
    let mut variables = vec![
        variable(
            "Sex",
            vec![
                level("male", Some(1_520), None),
                level("female", Some(1_660), Some((1.184, Some([1.02, 1.371])))),
            ],
        ),
        variable(
            "Overall morbidity",
            vec![
                level("very low", Some(1_500), None),
                level("low", Some(1_100), Some((1.92, Some([1.61, 2.29])))),
                level("high or very high", None, Some((5.641, None))),
            ],
        ),
    ];
    if has_insurance {
        let medicaid = level("Medicaid <script>", None, None);
        variables.push(variable("Insurance", vec![level("commercial", Some(1_900), None), medicaid]));
    }
    let warnings = if has_insurance {
        vec!["only 31 clusters: robust errors tend to be too small below 50".to_owned()]
    } else {
        Vec::new()
    };
    Figures {
        n: Some(3_180),
        events: Some(431),
        percent: Some(13.6),
        clusters: 31,
        minimum_cell: Some(11),
        unit: "enrollees".to_owned(),
        outcome: "exchanged messages".to_owned(),
        cluster: "primary care provider".to_owned(),
        variables,
        warnings,
    }
}

fn done() -> RunPage {
    let names = [
        "report.html",
        "report.json",
        "attrition.csv",
        "characteristics.csv",
        "odds_ratios.csv",
        "calibration.csv",
        "sensitivity.csv",
        "published.csv",
    ];
    RunPage {
        files: names.map(str::to_owned).to_vec(),
        figures: Some(figures(true)),
        others: vec![line(1, RunState::Done), RunLine { asked_by: None, ..line(2, RunState::Done) }],
        ..page(line(0, RunState::Done))
    }
}

fn compared(is_same: bool) -> Comparison {
    let one = done();
    let mut other = RunPage { line: line(3, RunState::Done), figures: Some(figures(is_same)), ..done() };
    if !is_same {
        other.protocol = one.protocol.replace("from = 2004-01-01", "from = 2005-01-01\n# a year later");
        other.protocol_hash = "77".repeat(32);
        other.program = Some("Samechart 0.2.0".to_owned());
        other.figures = Some(Figures { events: None, percent: None, ..figures(false) });
    }
    let pair = |variable: &str, one: &FigureLevel, other: Option<FigureLevel>| RatioPair {
        variable: variable.to_owned(),
        level: one.level.clone(),
        one: Some(one.clone()),
        other,
    };
    let shown = figures(true);
    let ratios = shown.variables.iter().flat_map(|variable| {
        let is_there = is_same || variable.label != "Insurance";
        variable.levels.iter().map(move |level| pair(&variable.label, level, is_there.then(|| level.clone())))
    });
    let lines = differences(&one.protocol, &other.protocol);
    Comparison { ratios: ratios.collect(), lines, one, other }
}

pub fn samples(r: Reader) -> Vec<Sample> {
    let f = || r.frame(Place::StudyRuns);
    let list = |items, next| RunsPage { f: f(), runs: Page { items, next } }.render().unwrap();
    let one = |run| StudyRunPage { f: f(), run }.render().unwrap();
    let new = |text: &str, problems| NewRunPage::new(f(), text.to_owned(), problems).render().unwrap();
    let compare = |both| ComparePage { f: f(), both }.render().unwrap();
    let running = |stage, people_read| RunLine {
        stage: Some(stage),
        people_read,
        people: 4_000,
        ..line(0, RunState::Running)
    };
    let failed = |failure, reason: Option<&str>| RunPage {
        reason: reason.map(str::to_owned),
        ..page(RunLine { failure: Some(failure), ..line(0, RunState::Failed) })
    };
    let wrong = "format = 1\nname = \"x\"\n</textarea><script>alert(1)</script>";
    let all = vec![
        line(0, RunState::Waiting),
        running(RunStage::Reading, 1_200),
        RunLine { title: "<b>\"O'Neil\" & Sons".to_owned(), ..line(1, RunState::Done) },
        RunLine { asked_by: None, failure: Some(RunFailure::Stopped), ..line(2, RunState::Failed) },
    ];
    let destroyed = StudyRunPage {
        f: Frame { done: Some(Done::KeyDestroyed), ..f() },
        run: RunPage { has_key: false, ..done() },
    };
    vec![
        ("runs-empty".into(), list(Vec::new(), None)),
        ("runs".into(), list(all, Some(Cursor { at: 0, id: id(702) }))),
        ("run-new".into(), new("", Vec::new())),
        ("run-new-text".into(), new(SHIPPED[0].text, Vec::new())),
        ("run-new-wrong".into(), new(wrong, Asked::check(wrong).unwrap_err())),
        ("run-waiting".into(), one(page(line(0, RunState::Waiting)))),
        ("run-reading".into(), one(page(running(RunStage::Reading, 1_200)))),
        ("run-fitting".into(), one(page(running(RunStage::Fitting, 4_000)))),
        ("run-done".into(), one(done())),
        ("run-key-destroyed".into(), destroyed.render().unwrap()),
        ("run-seeded".into(), one(RunPage { seed: Some(7), figures: Some(figures(false)), ..done() })),
        ("run-stopped".into(), one(failed(RunFailure::Stopped, None))),
        (
            "run-refused".into(),
            one(failed(
                RunFailure::Refused,
                Some("nobody of 3180 has the outcome: no odds ratio can be estimated"),
            )),
        ),
        ("run-fault".into(), one(failed(RunFailure::Fault, None))),
        ("run-compare".into(), compare(compared(false))),
        ("run-compare-same".into(), compare(compared(true))),
    ]
}

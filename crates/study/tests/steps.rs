//! The shipped protocols of the funnel and of answers in time, run from rows to a report with their stages and
//! curves; their numbers are those of the rows.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write;
use study::grouped_file::GroupedFile;
use study::protocol::Protocol;
use study::report::{Material, Provenance, Report, build, write};
use study::source::{Limits, read};
use study::survival::{Curve, Followed};

fn shipped(name: &str) -> Protocol {
    let path = format!("{}/../../studies/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    Protocol::parse(&std::fs::read_to_string(path).unwrap(), name).unwrap()
}

/// Runs a protocol on rows, as the command line does.
fn run(protocol: &Protocol, rows: &str, exact_counts: bool) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.csv");
    std::fs::write(&path, rows).unwrap();
    let reading = |columns: &study::source::Columns| read(&path, columns, &Limits::default(), &|_| {});
    let columns = protocol.columns();
    let file = GroupedFile::new(reading(&columns).unwrap(), &columns, Some(protocol), "");
    let others = protocol.readings().into_iter().map(|(name, columns)| {
        (name, reading(&columns).map(|it| it.grouped).map_err(|error| error.to_string()))
    });
    let others: Vec<_> = others.collect();
    let program = "Samechart test".to_owned();
    let provenance = Provenance { program, data: "rows.csv".into(), exact_counts, ..Provenance::default() };
    build(&Material { protocol, file: &file, others: &others, provenance: &provenance }).unwrap()
}

/// Numbers of a fixed sequence.
struct Draws(u64);

impl Draws {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

const RACES: [&str; 3] = ["White", "Black or African American", "Hispanic or Latino"];
const LANGUAGES: [&str; 3] = ["English", "Spanish", "other"];
const PAYERS: [&str; 4] = ["commercial", "Medicare", "Medicaid", "other"];

/// 4,000 enrollees; of each stage about four in five go on.
fn enrollees() -> (String, Vec<[bool; 7]>) {
    let mut text = "pcp,sex,age,race_ethnicity,language,insurance,morbidity,offered,registered,verified,signed_in,messaged,answered,read\n".to_owned();
    let (mut draws, mut ways) = (Draws(3), Vec::new());
    for _ in 0..4000 {
        let mut way = [false; 7];
        way.iter_mut().try_for_each(|stage| {
            *stage = draws.below(10) < 8;
            stage.then_some(())
        });
        let of = |list: &[&str], draws: &mut Draws| list[draws.below(list.len() as u64) as usize].to_owned();
        let groups = [
            format!("p{}", draws.below(60)),
            of(&["male", "female"], &mut draws),
            of(&["18-35", "36-50", "51-65", "over 65"], &mut draws),
            of(&RACES, &mut draws),
            of(&LANGUAGES, &mut draws),
            of(&PAYERS, &mut draws),
            of(&["very low", "low", "moderate", "high"], &mut draws),
        ];
        let stages = way.map(|stage| u8::from(stage).to_string());
        writeln!(text, "{},{}", groups.join(","), stages.join(",")).unwrap();
        ways.push(way);
    }
    (text, ways)
}

#[test]
fn the_funnel_runs_from_rows_to_a_report_with_its_stages() {
    let (rows, ways) = enrollees();
    let report = run(&shipped("funnel"), &rows, true);
    let way = report.stages.as_ref().unwrap();
    assert_eq!(way.names.len(), 8);
    let reached = |stage: usize| ways.iter().filter(|way| way[..stage].iter().all(|it| *it)).count() as u64;
    let counted: Vec<u64> = way.groups[0].counts.iter().map(|count| count.unwrap()).collect();
    assert_eq!(counted, (0..8).map(reached).collect::<Vec<_>>());
    let women: Vec<_> = way.groups.iter().filter(|it| it.variable.as_deref() == Some("Sex")).collect();
    let sum: u64 = women.iter().map(|level| level.counts[5].unwrap()).sum();
    assert_eq!((women.len(), sum), (2, reached(5)));

    let folder = tempfile::tempdir().unwrap();
    write(&report, folder.path()).unwrap();
    let page = std::fs::read_to_string(folder.path().join("report.html")).unwrap();
    for part in
        ["id=\"stages-flow-title\"", "id=\"attrition-flow-title\"", "read the answer", "No further: n = "]
    {
        assert!(page.contains(part), "{part}");
    }
    let csv = std::fs::read_to_string(folder.path().join("stages.csv")).unwrap();
    assert!(csv.contains(&format!(",all enrollees,sent a message,{}\n", reached(5))), "{csv}");
}

#[test]
fn a_stage_at_which_few_of_a_level_left_is_withheld_for_all_levels() {
    let (rows, _) = enrollees();
    let report = run(&shipped("funnel"), &rows, false);
    let way = report.stages.unwrap();
    assert!(way.groups[0].counts.iter().all(Option::is_some));
    for group in way.groups {
        let known: Vec<u64> = group.counts.iter().flatten().copied().collect();
        let is_small = |count: u64| (1..11).contains(&count);
        assert!(
            !known.windows(2).any(|pair| is_small(pair[0] - pair[1]))
                && !known.iter().any(|it| is_small(*it))
        );
    }
}

#[test]
fn who_has_the_outcome_without_the_steps_before_does_not_follow_from_the_stages() {
    let (rows, _) = enrollees();
    // So many of those who were only offered access wrote nevertheless, as a proxy's words may count for them.
    let is_told = |many: usize| {
        let mut left = many;
        let told = rows.lines().map(|line| match line.strip_suffix(",1,0,0,0,0,0,0") {
            Some(person) if left > 0 => {
                left -= 1;
                format!("{person},1,0,0,0,1,0,0\n")
            }
            _ => format!("{line}\n"),
        });
        let text: String = told.collect();
        assert_eq!(left, 0);
        let stages = run(&shipped("funnel"), &text, false).stages.unwrap();
        let counts = &stages.groups[0].counts;
        assert!(counts[..5].iter().all(Option::is_some), "the steps before stay");
        counts[5].is_some()
    };
    assert_eq!([0, 1, 5, 10, 11, 30].map(is_told), [true, false, false, false, true, true]);
}

/// 3,000 threads, the Spanish ones answered later; one in twelve never.
fn threads() -> (String, Vec<(usize, Followed)>) {
    let mut text =
        "pool,answered,language,race_ethnicity,sex,age,insurance,arrived,hours,working_hours,replied\n"
            .to_owned();
    let (mut draws, mut waits) = (Draws(11), Vec::new());
    for _ in 0..3000 {
        let language = [0, 0, 0, 1, 1, 2][draws.below(6) as usize];
        let happened = draws.below(12) > 0;
        let slow = if language == 1 { 2 } else { 1 };
        let minutes = if happened { 5 + draws.below(60 * 40) * slow } else { 60 * (200 + draws.below(200)) };
        let hours = minutes as f64 / 60.0;
        let race = RACES[draws.below(3) as usize];
        let sex = ["male", "female"][draws.below(2) as usize];
        let age = ["18-35", "36-50", "51-65", "over 65"][draws.below(4) as usize];
        let arrived = ["in hours", "out of hours", "weekend or holiday"][draws.below(3) as usize];
        let (pool, payer) = (draws.below(55), PAYERS[draws.below(4) as usize]);
        let in_time = u8::from(happened && hours < 24.0);
        let replied = u8::from(happened);
        let language_name = LANGUAGES[language];
        writeln!(
            text,
            "t{pool},{in_time},{language_name},{race},{sex},{age},{payer},{arrived},{hours},{},{replied}",
            hours / 3.0
        )
        .unwrap();
        waits.push((language, Followed { time: hours, happened }));
    }
    (text, waits)
}

#[test]
fn answers_in_time_run_from_rows_to_a_report_with_the_curves_of_the_rows() {
    let (rows, waits) = threads();
    let protocol = shipped("reply-time-equity");
    let report = run(&protocol, &rows, true);
    assert_eq!(report.times.len(), 2);
    let clock = &report.times[0];
    let mut compared = 0;
    for (language, name) in LANGUAGES.iter().enumerate() {
        let group =
            clock.groups.iter().find(|it| it.variable.as_deref() == Some("Language") && it.level == *name);
        let group = group.unwrap();
        let of: Vec<Followed> =
            waits.iter().filter(|(it, _)| *it == language).map(|(_, wait)| *wait).collect();
        let curve = Curve::of(&of);
        assert_eq!(group.n, Some(curve.n));
        for (at, share) in clock.at.iter().zip(&group.waiting) {
            // The times of the report stand in bands of two and a half minutes.
            let apart = (share.unwrap().value - 100.0 * curve.waiting_at(*at)).abs();
            assert!(apart < 1e-9, "{name} after {at}: {apart}");
            compared += 1;
        }
        let median = group.median.unwrap().value;
        assert!((median - curve.median().unwrap().time).abs() <= 0.05, "{name}: {median}");
    }
    assert_eq!(compared, 27);

    let published = run(&protocol, &rows, false);
    let folder = tempfile::tempdir().unwrap();
    write(&published, folder.path()).unwrap();
    let page = std::fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(page.contains("class=\"curve hue-1 dash-1\"") && page.contains("product-limit"));
}

#[test]
fn working_hours_are_held_against_the_hours_by_the_clock() {
    let (rows, _) = threads();
    let protocol = shipped("reply-time-equity");
    // Of those who waited longer than 8 hours by the clock so many waited 8 working hours or less: none, as nobody
    // works at another pace than the clock here; then a few.
    let is_told = |many: usize| {
        let mut left = many;
        let told = rows.lines().map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            let Ok(hours) = fields[8].parse::<f64>() else { return format!("{line}\n") };
            let is_one = (9.0..10.0).contains(&hours) && left > 0;
            left -= usize::from(is_one);
            let working = if is_one { 7.5 } else { hours };
            format!("{},{working},{}\n", fields[..9].join(","), fields[10])
        });
        let text: String = told.collect();
        assert_eq!(left, 0);
        let report = run(&protocol, &text, false);
        assert!(report.times[0].groups[0].waiting[3].is_some());
        // 1, 2, 4, 8 hours in both.
        report.times[1].groups[0].waiting[3].is_some()
    };
    assert_eq!([0, 1, 5, 10, 11, 30].map(is_told), [true, false, false, false, true, true]);
}

#[test]
fn two_times_of_one_column_each_tell_their_own() {
    // Everybody's message is opened after 15 hours; every other one is answered by then, the others never.
    let rows: String = (0..600)
        .map(|row| {
            format!("p{},{},{},15,1,{}\n", row % 60, ["f", "m"][row / 60 % 2], row % 7 % 2, row / 60 % 2)
        })
        .collect();
    let text = r#"format = 1
name = "two-waits"
title = "Two waits"
question = "How long?"
outcome = { column = "messaged", definition = "A message." }
cluster = { column = "pcp" }
covariate = [{ name = "sex", levels = ["f", "m"] }]

[[time]]
column = "hours"
happened = "opened"
label = "until opened"
at = [10, 20, 40]

[[time]]
column = "hours"
happened = "replied"
label = "until answered"
at = [1, 100]

[[sensitivity]]
name = "from a column that is not there"
variable = "sex"
column = "gender"

[[sensitivity]]
name = "from another that is not there"
variable = "sex"
column = "sex_at_birth"
"#;
    let protocol = Protocol::parse(text, "two-waits.toml").unwrap();
    let report = run(&protocol, &format!("pcp,sex,messaged,hours,opened,replied\n{rows}"), true);
    let waiting = |at: usize| -> Vec<f64> {
        report.times[at].groups[0].waiting.iter().map(|it| it.unwrap().value).collect()
    };
    assert_eq!((waiting(0), waiting(1)), (vec![100.0, 0.0, 0.0], vec![100.0, 50.0]));
    for (refit, column) in report.sensitivity.iter().zip(["gender", "sex_at_birth"]) {
        assert!(refit.reason.as_ref().unwrap().contains(column), "{refit:?}");
    }
}

#[test]
fn a_person_with_several_rows_is_no_crowd() {
    let text: String = (0..600)
        .flat_map(|person| (1..=12).map(move |month| (person, month)))
        .map(|(person, month)| {
            let age = if person < 20 { "over 65" } else { "36-50" };
            let is_writing = (person * 7 + month * 3) % 10 == 0;
            format!(
                "p{},2020-{month:02},{},{age},{}\n",
                person % 60,
                ["male", "female"][person % 2],
                u8::from(is_writing)
            )
        })
        .collect();
    let protocol = shipped("adoption-monthly");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.csv");
    std::fs::write(&path, format!("pcp,month,sex,age,messaged\n{text}")).unwrap();
    let columns = protocol.columns();
    let counts = |rows_per_person: Option<u32>| {
        let reading = read(&path, &columns, &Limits::default(), &|_| {}).unwrap();
        let file = GroupedFile::new(reading, &columns, Some(&protocol), "");
        let rows_per_person = rows_per_person.and_then(std::num::NonZeroU32::new);
        let provenance = Provenance { rows_per_person, ..Provenance::default() };
        let material = Material { protocol: &protocol, file: &file, others: &[], provenance: &provenance };
        let report = build(&material).unwrap();
        let of = |name: &str, level: &str| {
            let variable = report.variables.iter().find(|it| it.name == name).unwrap();
            variable.levels.iter().find(|it| it.level == level).unwrap().n
        };
        (of("month", "2020-03"), of("sex", "female"), of("age", "over 65"))
    };
    // The 20 people over 65 wrote in 24 of 240 months: 24 rows that may be two people's.
    assert_eq!(counts(None), (Some(600), Some(3600), Some(240)));
    assert_eq!(counts(Some(12)), (Some(600), Some(3600), None));
}

#[test]
fn counts_alone_hold_no_stages_and_the_report_says_so() {
    let (rows, _) = enrollees();
    let protocol = shipped("funnel");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.csv");
    std::fs::write(&path, rows).unwrap();
    let columns = protocol.columns();
    let reading = read(&path, &columns, &Limits::default(), &|_| {}).unwrap();
    let file = GroupedFile::new(reading, &columns, Some(&protocol), "");
    let provenance = Provenance::default();
    let report =
        build(&Material { protocol: &protocol, file: &file, others: &[], provenance: &provenance }).unwrap();
    assert_eq!(report.stages.unwrap().reason.unwrap(), "counts hold no such columns; it needs the rows");
}

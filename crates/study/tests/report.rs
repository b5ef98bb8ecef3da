//! The report of the paper's protocol on invented rows: what it tells, and what it must not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::fmt::Write;
use std::path::Path;
use study::grouped_file::GroupedFile;
use study::protocol::Protocol;
use study::report::{Material, Provenance, Report, build, write};
use study::source::{Limits, read};

const FEW: &str = "other";

fn protocol(more: &str) -> Protocol {
    let path = format!("{}/../../studies/ralston-2009.toml", env!("CARGO_MANIFEST_DIR"));
    Protocol::parse(&format!("{}\n{more}", std::fs::read_to_string(path).unwrap()), "ralston-2009.toml")
        .unwrap()
}

/// Rows of 60 providers; 7 people have other insurance, 4 no known sex, 5 are too young.
fn rows() -> String {
    let mut text = "pcp,messaged,sex,age,morbidity,share,insurance,years\n".to_owned();
    let mut state = 5u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for row in 0..6000 {
        let (pcp, sex, age, morbidity) = (next(60), next(2), next(4), next(4));
        let share = ["<= 10 %", "> 10-20 %", "> 20-50 %", "> 50 %"][(pcp % 4) as usize];
        let insurance = if row < 7 { FEW } else { ["commercial", "Medicare", "Medicaid"][next(3) as usize] };
        let chance = 6 + 2 * sex + 5 * morbidity + 3 * (pcp % 4);
        let messaged = if row < 7 { row < 3 } else { next(100) < chance || row == 20 };
        let sex = if row % 1500 == 20 { "" } else { ["male", "female"][sex as usize] };
        let age = ["18-35", "36-50", "51-65", "over 65"][age as usize];
        let morbidity = ["very low", "low", "moderate", "very high"][morbidity as usize];
        let years = if row % 1200 == 40 { 17 } else { 40 };
        writeln!(text, "p{pcp},{},{sex},{age},{morbidity},{share},{insurance},{years}", u8::from(messaged))
            .unwrap();
    }
    text
}

fn report(protocol: &Protocol, exact_counts: bool) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.csv");
    std::fs::write(&path, rows()).unwrap();
    let columns = protocol.columns();
    let reading = read(&path, &columns, &Limits::default(), &|_| {}).unwrap();
    let file = GroupedFile::new(reading, &columns, Some(protocol), "");
    let provenance = Provenance {
        program: "Samechart test".into(),
        data: "rows.csv".into(),
        data_date: None,
        exact_counts,
        ..Provenance::default()
    };
    build(&Material { protocol, file: &file, others: &[], provenance: &provenance }).unwrap()
}

fn files(report: &Report, folder: &Path) -> Vec<(String, String)> {
    let written = write(report, folder).unwrap();
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    written.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn the_same_data_and_protocol_give_the_same_bytes() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let paper = protocol("");
    let first = files(&report(&paper, false), one.path());
    assert_eq!(first, files(&report(&paper, false), two.path()));
    let names: Vec<&str> = first.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "report.html",
        "report.json",
        "summary.csv",
        "attrition.csv",
        "characteristics.csv",
        "odds_ratios.csv",
        "tests.csv",
        "calibration.csv",
        "sensitivity.csv",
        "published.csv",
    ];
    assert_eq!(names, expected);
}

#[test]
fn page_json_and_csv_hold_the_same_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let files = files(&report(&protocol(""), false), folder.path());
    let file = |name: &str| &files.iter().find(|(it, _)| it == name).unwrap().1;
    let (page, json): (_, Value) = (file("report.html"), serde_json::from_str(file("report.json")).unwrap());
    let mut table = csv::Reader::from_reader(file("odds_ratios.csv").as_bytes());
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    let mut compared = 0;
    for variable in json["variables"].as_array().unwrap() {
        for level in variable["levels"].as_array().unwrap() {
            let Some(ratio) = level["adjusted"]["value"].as_f64() else { continue };
            let name = [&variable["name"], &level["level"]].map(|it| it.as_str().unwrap());
            let row = rows.iter().find(|row| [&row[0], &row[1]] == name).unwrap();
            assert_eq!(row[6].parse::<f64>().unwrap(), ratio, "{name:?}");
            let shown = if ratio < 1.0 { format!("{ratio:.3}") } else { format!("{ratio:.2}") };
            assert!(page.contains(&shown), "{name:?}: {shown}");
            compared += 1;
        }
    }
    assert!(compared >= 10, "{compared}");
    for published in ["5.64 (5.07 to 6.28)", "0.65 (0.59 to 0.71)", "1.94 (1.67 to 2.26)"] {
        assert!(page.contains(published), "{published}");
    }
}

#[test]
fn a_small_level_and_what_would_betray_it_are_withheld() {
    let paper = protocol("[[eligibility]]\nname = \"grown up\"\ncolumn = \"years\"\nat_least = 18\n");
    let told = report(&paper, false);
    let level = |variable: &str, level: &str| {
        let variable = told.variables.iter().find(|it| it.name == variable).unwrap();
        variable.levels.iter().find(|it| it.level == level).unwrap().clone()
    };
    let other = level("insurance", FEW);
    assert_eq!((other.n, other.events, other.percent, other.share_with), (None, None, None, None));
    assert!(other.crude.is_none() && other.probability.is_none() && other.p.is_none());
    assert!(other.adjusted.is_none_or(|ratio| ratio.interval.is_none()));
    // The 7 would be the total minus the others, so one more is hidden with them.
    let shown: Vec<bool> =
        ["commercial", "Medicare", "Medicaid"].map(|it| level("insurance", it).n.is_some()).to_vec();
    assert_eq!(shown.iter().filter(|shown| !**shown).count(), 1);
    assert!(level("sex", "missing").n.is_none());
    // 5 were too young: "rows read" minus "remaining" must not tell.
    assert_eq!(told.attrition.len(), 1);
    assert_eq!(told.attrition[0].remaining, None);
    let exact = report(&paper, true);
    assert_eq!(exact.attrition[0].remaining, Some(6000));
    assert_eq!(exact.attrition[1].left_out, Some(5));
    assert!(exact.minimum_cell.is_none());
}

#[test]
fn check_lists_are_answered_from_the_protocol_or_left_open_and_said_so() {
    let told = report(&protocol(""), false);
    let of = |list: &str| told.checklist.iter().filter(|item| item.list == list).count();
    assert_eq!((of("STROBE"), of("RECORD")), (22, 13));
    let item = |number: &str| told.checklist.iter().find(|item| item.number == number).unwrap();
    assert!(item("6").answer.contains("over 18 years at the index date"));
    assert!(item("2").is_open && item("21").is_open);
    assert!(told.methods[0].text.contains("from 2004-01-01 to 2005-03-31"));
    assert!(told.methods[3].text.contains(&told.protocol_hash));
}

#[test]
fn sensitivity_analyses_change_one_thing_and_say_so() {
    let more = "[[sensitivity]]\nname = \"commercially insured\"\nvariable = \"insurance\"\nlevels = [\"commercial\"]\n";
    let told = report(&protocol(more), false);
    let names: Vec<&str> = told.sensitivity.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "without the provider's share",
            "complete cases",
            "share in the year before",
            "morbidity in the year before",
            "commercially insured"
        ]
    );
    let has =
        |at: usize, variable: &str| told.sensitivity[at].rows.iter().any(|row| row.variable == variable);
    assert!(!has(0, "share") && has(0, "sex"));
    assert!(!told.sensitivity[1].rows.iter().any(|row| row.level == "missing"));
    assert!(!has(4, "insurance"));
    let reason = "counts hold no column share_prior_year; it needs the rows";
    assert_eq!(told.sensitivity[2].reason.as_deref(), Some(reason));
}

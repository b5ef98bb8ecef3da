//! Reports from rows, of covariates that are made of one thing and of levels that are called like missing values.

use study::grouped::{Cell, Grouped, Variable};
use study::grouped_file::GroupedFile;
use study::protocol::Protocol;
use study::report::{Material, Provenance, Report, build, files, others};
use study::source::{Columns, Limits, read};

const HEAD: &str = r#"
format = 1
name = "related"
title = "Related"
question = "Who follows from two covariates?"
[outcome]
column = "wrote"
definition = "Wrote."
[cluster]
column = "pcp"
[missing]
policy = "level"
"#;

fn protocol(more: &str) -> Protocol {
    Protocol::parse(&format!("{HEAD}{more}"), "related.toml").unwrap_or_else(|error| panic!("{error}"))
}

/// Each of these rows so many times, spread over ten providers, every third with the outcome.
fn csv(names: &str, rows: &[(&str, usize)]) -> String {
    let mut text = format!("pcp,wrote,{names}\n");
    for (row, times) in rows {
        (0..*times).for_each(|at| text.push_str(&format!("p{},{},{row}\n", at % 10, u8::from(at % 3 == 0))));
    }
    text
}

fn report(protocol: &Protocol, rows: &str) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.csv");
    std::fs::write(&path, rows).unwrap();
    let reading = |columns: &Columns| read(&path, columns, &Limits::default(), &|_| {});
    let columns = protocol.columns();
    let file = GroupedFile::new(reading(&columns).unwrap(), &columns, Some(protocol), "");
    let others = others(protocol, |columns| {
        reading(columns).map(|reading| reading.grouped).map_err(|error| error.to_string())
    });
    let provenance = Provenance::default();
    build(&Material { protocol, file: &file, others: &others, provenance: &provenance }).unwrap()
}

/// Of each level of a covariate by its place: whether its people are shown.
fn shown(report: &Report, variable: usize) -> Vec<bool> {
    report.variables[variable].levels.iter().map(|level| level.n.is_some()).collect()
}

#[test]
fn two_covariates_of_one_measure_are_judged_together_in_whatever_columns_they_are() {
    let of = |measures: [&str; 2]| {
        protocol(&format!(
            "[[covariate]]\nname = \"race\"\nmeasure = {:?}\nlevels = [\"White\", \"Black\"]\n\
             [[covariate]]\nname = \"both\"\nmeasure = {:?}\nlevels = [\"Hispanic\", \"White\", \"Black\"]\n",
            measures[0], measures[1]
        ))
    };
    // Seven are White and Hispanic: 407 White of the one, 400 of the other.
    let few = csv(
        "race,both",
        &[("White,White", 400), ("White,Hispanic", 7), ("Black,Black", 300), ("Black,Hispanic", 90)],
    );
    let told = report(&of(["race", "race-ethnicity"]), &few);
    assert_eq!((shown(&told, 0), shown(&told, 1)), (vec![true; 2], vec![false; 3]));
    let told = report(&of(["age", "age"]), &few);
    assert_eq!((shown(&told, 0), shown(&told, 1)), (vec![true; 2], vec![false; 3]));
    // Unrelated ones have nothing in common that a reader could know.
    let told = report(&of(["sex", "language"]), &few);
    assert_eq!((shown(&told, 0), shown(&told, 1)), (vec![true; 2], vec![true; 3]));
    let many = few.clone() + &few.split_once('\n').unwrap().1.repeat(9);
    let told = report(&of(["race", "race-ethnicity"]), &many);
    assert_eq!((shown(&told, 0), shown(&told, 1)), (vec![true; 2], vec![true; 3]));
}

#[test]
fn of_two_bandings_only_the_first_has_stages() {
    let protocol = protocol(
        "[[stage]]\nname = \"registered\"\ncolumn = \"registered\"\n\
         [[covariate]]\nname = \"paper\"\ncolumn = \"age\"\nbands = [{ name = \"to 64\", below = 65 }, { name = \"from 65\" }]\n\
         [[covariate]]\nname = \"medicare\"\ncolumn = \"age\"\nbands = [{ name = \"to 65\", below = 66 }, { name = \"from 66\" }]\n",
    );
    // 60 people are 65; of them only 4 registered: 204 of those to 65, 200 of those to 64.
    let rows = csv(
        "age,registered",
        &[("50,1", 200), ("50,0", 200), ("65,1", 4), ("65,0", 56), ("80,1", 150), ("80,0", 150)],
    );
    let told = report(&protocol, &rows);
    assert_eq!((shown(&told, 0), shown(&told, 1)), (vec![true; 2], vec![true; 2]));
    let groups = told.stages.unwrap().groups;
    let of = |variable: &str| {
        let own = groups.iter().filter(|group| group.variable.as_deref() == Some(variable));
        own.flat_map(|group| group.counts.clone()).collect::<Vec<_>>()
    };
    assert_eq!(of("paper"), [Some(400), Some(200), Some(360), Some(154)]);
    assert_eq!(of("medicare"), [None; 4]);
}

#[test]
fn a_value_called_missing_is_a_missing_value() {
    let protocol = protocol("[[covariate]]\nname = \"smokes\"\n");
    let rows = csv("smokes", &[("no", 300), ("yes", 200), ("missing", 390), ("", 7)]);
    let told = report(&protocol, &rows);
    let levels: Vec<_> = told.variables[0].levels.iter().map(|it| (it.level.as_str(), it.n)).collect();
    assert_eq!(levels, [("no", Some(300)), ("yes", Some(200)), ("missing", Some(397))]);
}

/// A cohort made by hand in which two levels have one name.
fn namesakes() -> GroupedFile {
    let counts: [[u32; 2]; 4] = [[150, 240], [120, 180], [90, 110], [3, 4]];
    let cells = (0..3).flat_map(|cluster| {
        (0..).zip(counts).map(move |(pattern, counts)| {
            let [events, others] = counts.map(|count| (count + cluster) / 3);
            Cell { cluster, pattern, n: events + others, events }
        })
    });
    let levels = ["missing", "no", "yes", "missing"].map(str::to_owned).to_vec();
    let grouped = Grouped {
        outcome: "wrote".into(),
        cluster_name: "pcp".into(),
        variables: vec![Variable { name: "smokes".into(), levels }],
        clusters: ["a", "b", "c"].map(str::to_owned).to_vec(),
        patterns: (0..4u16).map(|level| [level].into()).collect(),
        cells: cells.collect(),
    };
    GroupedFile {
        sites: Vec::new(),
        definition: String::new(),
        hash: String::new(),
        found: vec![true],
        rows: grouped.rows(),
        left: Vec::new(),
        grouped,
    }
}

#[test]
fn of_levels_of_one_name_none_is_shown_where_one_must_not_be() {
    let protocol = protocol("[[covariate]]\nname = \"smokes\"\n");
    let (file, provenance) = (namesakes(), Provenance::default());
    let told = build(&Material { protocol: &protocol, file: &file, others: &[], provenance: &provenance });
    let told = told.unwrap();
    let missing = told.variables[0].levels.iter().filter(|level| level.level == "missing");
    assert_eq!(missing.map(|level| level.n).collect::<Vec<_>>(), [None, None]);
    let files = files(&told).unwrap();
    let (_, table) = files.iter().find(|(name, _)| *name == "characteristics.csv").unwrap();
    assert!(table.contains("smokes,missing,,,"), "{table}");
    // Such a file is not even read.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("grouped.json");
    study::grouped_file::write(&file, &path).unwrap();
    let refused = study::grouped_file::read(&path).unwrap_err().to_string();
    assert!(refused.ends_with("has a level of smokes twice"), "{refused}");
}

//! Small protocols, their rows, and their report in every form.

use std::collections::HashMap;
use study::grouped_file::GroupedFile;
use study::protocol::Protocol;
use study::report::{Material, Provenance, Report, build, files, others};
use study::source::{Columns, Limits, ReadError, read};

const HEAD: &str = r#"
format = 1
name = "small"
title = "Small"
question = "What is told?"
[outcome]
column = "wrote"
label = "wrote"
definition = "Wrote."
[cluster]
column = "pcp"
label = "provider"
"#;

pub fn protocol(more: &str) -> Protocol {
    Protocol::parse(&format!("{HEAD}{more}"), "small.toml").unwrap_or_else(|error| panic!("{error}"))
}

/// Rows of six providers, who are not alike: values, and how many with them wrote and did not.
pub fn csv(names: &str, rows: &[(&str, [usize; 2])]) -> String {
    let mut text = format!("pcp,wrote,{names}\n");
    for (row, [wrote, others]) in rows {
        (0..*wrote).for_each(|at| text.push_str(&format!("p{},1,{row}\n", at % 6)));
        (0..*others).for_each(|at| text.push_str(&format!("p{},0,{row}\n", at * at % 6)));
    }
    text
}

pub fn report(protocol: &Protocol, rows: &str, provenance: &Provenance) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.csv");
    std::fs::write(&path, rows).unwrap();
    let reading = |columns: &Columns| read(&path, columns, &Limits::default(), &|_| {});
    let columns = protocol.columns();
    let file = GroupedFile::new(reading(&columns).unwrap(), &columns, Some(protocol), "");
    let others = others(protocol, |columns| {
        reading(columns).map(|reading| reading.grouped).map_err(|error: ReadError| error.without_place())
    });
    build(&Material { protocol, file: &file, others: &others, provenance }).unwrap()
}

pub fn told(protocol: &Protocol, rows: &str) -> Report {
    report(protocol, rows, &Provenance::default())
}

/// The report's files by name.
pub fn texts(report: &Report) -> HashMap<&'static str, String> {
    files(report).unwrap().into_iter().collect()
}

/// The rows of a CSV file, each by the names of its columns.
pub fn table(text: &str) -> Vec<HashMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

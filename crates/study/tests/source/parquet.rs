//! Parquet files of other writers: each holds the rows of `cohort.csv`.

use crate::by_hand::{columns, fixture, read_file};
use study::source::{Band, Coding, Columns, Missing};

const FILES: [&str; 7] = [
    "pyarrow-snappy-dictionary.parquet",
    "pyarrow-plain.parquet",
    "pyarrow-gzip-v2.parquet",
    "pyarrow-zstd.parquet",
    "pyarrow-required.parquet",
    "duckdb-snappy.parquet",
    "duckdb-zstd-v2.parquet",
];

fn all_columns() -> Columns {
    let mut columns = columns(&["sex", "morbidity", "age", "share"]);
    let band = |name: &str, below| Band { name: name.to_owned(), below };
    columns.covariates[2].coding = Coding::Bands(vec![band("18-64", Some(65.0)), band("over 65", None)]);
    columns.covariates[3].missing = Missing::Level;
    columns
}

#[test]
fn files_of_other_writers_hold_the_cohort_of_the_text_file() {
    let text = read_file(&fixture("cohort.csv"), &all_columns()).unwrap();
    assert_eq!(text.grouped.rows(), 90);
    assert_eq!(text.grouped.variables[3].levels, ["<= 10 %", "> 10-20 %", "> 20-50 %", "missing"]);
    for name in FILES {
        let reading = read_file(&fixture(name), &all_columns()).unwrap();
        assert_eq!(reading.grouped, text.grouped, "{name}");
        assert_eq!(reading.left, text.left, "{name}");
    }
}

#[test]
fn a_missing_or_wrong_value_is_named_by_its_row() {
    let mut wanted = all_columns();
    wanted.covariates[3].missing = Missing::Refuse;
    let text = read_file(&fixture("cohort.csv"), &wanted).unwrap_err().to_string();
    for name in FILES {
        let error = read_file(&fixture(name), &wanted).unwrap_err().to_string();
        // Line 1 of the text is its header.
        let row = |line: &str| line.split(": ").nth(1).unwrap().to_owned();
        let rows: Vec<String> = error.lines().map(row).collect();
        let lines = text.lines().map(|line| {
            let line = row(line).split([' ', ',']).nth(1).unwrap().parse::<u64>().unwrap();
            format!("row {} (column share)", line - 1)
        });
        assert_eq!(rows, lines.collect::<Vec<_>>(), "{name}");
    }
    let id = read_file(&fixture("pyarrow-zstd.parquet"), &Columns { outcome: "id".into(), ..columns(&[]) });
    let first = id.unwrap_err().to_string();
    assert!(
        first.lines().next().unwrap().ends_with("row 2 (column id): the outcome is not 0, 1, true or false")
    );
}

#[test]
fn columns_of_other_kinds_are_refused_with_the_reason() {
    let file = fixture("pyarrow-dates.parquet");
    let told = |covariate: &str| read_file(&file, &columns(&[covariate])).unwrap_err().to_string();
    assert!(told("day").ends_with("column day is a date, time or decimal; write it as text or as numbers"));
    assert!(
        told("sex")
            .ends_with("there is no column sex; the columns are messaged, pcp, day, list.list.element")
    );
}

#[test]
fn a_torn_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("torn.parquet");
    let whole = std::fs::read(fixture("pyarrow-zstd.parquet")).unwrap();
    for length in [4, 100, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&path, &whole[..length]).unwrap();
        assert!(read_file(&path, &all_columns()).is_err(), "{length} bytes");
    }
}

//! Tables of our own writer come back as they went, whichever form they have.

use crate::by_hand::{columns, read_file};
use study::source::Missing;
use study::table::{Cell, Column, Writer};

fn table() -> Vec<Column> {
    vec![
        Column::Text("pcp".to_owned()),
        Column::Levels { name: "sex".to_owned(), levels: vec!["f, \"q\"".to_owned(), "m".to_owned()] },
        Column::Outcome("messaged".to_owned()),
    ]
}

#[test]
fn a_table_comes_back_the_same_as_csv_and_as_parquet() {
    let folder = tempfile::tempdir().unwrap();
    let mut wanted = columns(&["sex"]);
    wanted.covariates[0].missing = Missing::Level;
    let readings: Vec<_> = ["t.csv", "t.parquet"]
        .iter()
        .map(|name| {
            let path = folder.path().join(name);
            let mut writer = Writer::create(&path, table()).unwrap();
            for row in 0..1_100_000u32 {
                let provider = format!("p{}", row % 997);
                let sex = if row % 5 == 0 { Cell::Absent } else { Cell::Level((row % 2) as u16) };
                writer.row(&[Cell::Text(&provider), sex, Cell::Outcome(row % 3 == 0)]).unwrap();
            }
            assert_eq!(writer.finish().unwrap(), 1_100_000);
            read_file(&path, &wanted).unwrap()
        })
        .collect();
    assert_eq!(readings[0].grouped, readings[1].grouped);
    let grouped = &readings[0].grouped;
    assert_eq!((grouped.rows(), grouped.events(), grouped.clusters.len()), (1_100_000, 366_667, 997));
    assert_eq!(grouped.variables[0].levels, ["f, \"q\"", "m", "missing"]);
}

#[test]
fn a_row_that_does_not_fit_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["t.csv", "t.parquet"] {
        let mut writer = Writer::create(&folder.path().join(name), table()).unwrap();
        let wrong = writer.row(&[Cell::Text("a"), Cell::Level(2), Cell::Outcome(true)]);
        assert_eq!(wrong.unwrap_err().to_string(), "row 1 does not fit its columns");
    }
    let told = Writer::create(&folder.path().join("t.xlsx"), table()).err().unwrap().to_string();
    assert!(told.ends_with("t.xlsx: write .csv or .parquet"));
}

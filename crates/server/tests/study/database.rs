//! Rows in PostgreSQL: grouped there by one statement, they are the cohort that their file gives.

use crate::folder::Folder;
use std::fmt::Write;
use store::db::{Engine, Migration};
use store::testing::TestDatabase;

const TABLE: &str = "CREATE TABLE people (age INTEGER, sex TEXT, plan TEXT, pcp TEXT, messaged INTEGER);";

const PROTOCOL: &str = r#"format = 1
name = "pushed-down"
title = "A study in a database"
question = "Who?"

[[eligibility]]
name = "it's adults"
column = "age"
at_least = 18

[outcome]
column = "messaged"
definition = "A message."

[cluster]
column = "pcp"

[missing]
policy = "complete-case"
values = ["NA"]

[[covariate]]
name = "sex"
missing = "level"

[[covariate]]
name = "age"
bands = [{ name = "18-44", below = 45 }, { name = "45 and over" }]
reference = "45 and over"

[[covariate]]
name = "plan"
levels = ["hmo", { name = "o'ther", values = ["cash", "it's"] }]
"#;

/// Values of 4,000 rows: age, sex, plan, provider, outcome; some are not there.
fn rows() -> Vec<[String; 5]> {
    let mut state = 3u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let row = |_| {
        let age = next(80);
        let text = |values: &[&str], at: u64| values[at as usize].to_owned();
        let age = if age == 0 { String::new() } else { (age + 5).to_string() };
        let (sex, plan) =
            (text(&["f", "m", "", "NA"], next(4)), text(&["hmo", "cash", "it's", "NA"], next(4)));
        let (pcp, messaged) = (format!("p{}", next(30)), text(&["0", "1", "0", ""], next(4)));
        [age, sex, plan, pcp, messaged]
    };
    (0..4000).map(row).collect()
}

fn csv(rows: &[[String; 5]]) -> String {
    let mut text = "age,sex,plan,pcp,messaged\n".to_owned();
    rows.iter().for_each(|row| writeln!(text, "{}", row.join(",")).unwrap());
    text
}

fn insert(rows: &[[String; 5]]) -> String {
    let value = |text: &String, kind: &str| match text.as_str() {
        "" => "NULL".to_owned(),
        text => format!("CAST('{}' AS {kind})", text.replace('\'', "''")),
    };
    let kinds = ["INTEGER", "TEXT", "TEXT", "TEXT", "INTEGER"];
    let row = |row: &[String; 5]| {
        let values: Vec<String> = row.iter().zip(kinds).map(|(text, kind)| value(text, kind)).collect();
        format!("({})", values.join(", "))
    };
    format!("INSERT INTO people VALUES {}", rows.iter().map(row).collect::<Vec<_>>().join(", "))
}

#[tokio::test(flavor = "multi_thread")]
async fn one_group_by_in_the_database_is_the_cohort_of_the_file() {
    let people = Migration { number: 1, name: "people", sql: TABLE };
    let test = TestDatabase::new(Engine::Postgres, &[people]).await;
    let rows = rows();
    let fill = insert(&rows);
    let filled = test.db.write(move |tx| tx.execute(&fill, &[]));
    assert_eq!(filled.await as Result<u64, store::StoreError>, Ok(4000));
    let folder = Folder::new();
    folder.write("rows.csv", &csv(&rows));
    folder.write("p.toml", PROTOCOL);
    let group = |from: &[&str], out: &str| {
        folder.json(&[&["study", "group", "--protocol", "p.toml", "--out", out], from].concat());
        String::from_utf8(folder.read(out)).unwrap()
    };
    let file = group(&["--input", "rows.csv"], "file.json");
    assert_eq!(group(&["--database", &test.url, "--table", "people"], "table.json"), file);
    let query = ["--database", &test.url, "--query", "SELECT * FROM people WHERE pcp <> 'nobody';"];
    assert_eq!(group(&query, "query.json"), file);

    let refuse = PROTOCOL.replace("\"complete-case\"", "\"refuse\"");
    folder.write("p.toml", &refuse);
    let arguments = ["study", "group", "--protocol", "p.toml", "--database", &test.url, "--table", "people"];
    let (code, told) = folder.refusal(&arguments);
    assert_eq!((code, told.contains("rows messaged is missing")), (Some(1), true), "{told}");
    folder.write(
        "p.toml",
        &PROTOCOL.replace("{ name = \"o'ther\", values = [\"cash\", \"it's\"] }", "\"cash\""),
    );
    let (code, told) = folder.refusal(&arguments);
    assert_eq!((code, told.contains("plan: the value is none of hmo, cash")), (Some(1), true), "{told}");
    let (code, told) = folder.refusal(&[&arguments[..6], &["--table", "nowhere"]].concat());
    assert_eq!(code, Some(1), "{told}");
    assert!(!told.contains(&test.url), "the URL holds a password: {told}");
    test.dispose().await;
}

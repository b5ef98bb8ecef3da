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
            (text(&["f", "m", "", "NA", "missing"], next(5)), text(&["hmo", "cash", "it's", "NA"], next(4)));
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

/// The statement's rows as an engine saves them.
fn answer(tx: &mut store::db::Tx<'_>, sql: &str, width: usize) -> Result<String, store::StoreError> {
    let mut lines = String::new();
    tx.query(sql, &[], |row| {
        let mut fields = vec![row.get::<i64>(0)?.to_string()];
        for at in 1..width + 2 {
            fields.push(row.get::<Option<String>>(at)?.unwrap_or_default());
        }
        fields.extend([row.get::<i64>(width + 2)?.to_string(), row.get::<i64>(width + 3)?.to_string()]);
        fields.push(row.get::<String>(width + 4)?);
        writeln!(lines, "{}", fields.join(",")).unwrap();
        Ok(())
    })?;
    Ok(lines)
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

    // What another engine answers to the same statement, saved as CSV, is that cohort too.
    let sql =
        folder.json(&["study", "sql", "--protocol", "p.toml", "--dialect", "postgres", "--table", "people"]);
    let (sql, width) = (sql["sql"].as_str().unwrap().to_owned(), 3);
    let lines = test.db.read(move |tx| answer(tx, &sql, width)).await as Result<String, store::StoreError>;
    let header = "step,cluster_id,v1,v2,v3,n,events,design\n";
    let lines = lines.unwrap();
    let (first, second) = lines.split_at(lines.len() / 2 + lines[lines.len() / 2..].find('\n').unwrap() + 1);
    folder.write("one.csv", &format!("{header}{first}"));
    folder.write("two.csv", &format!("{header}{second}"));
    assert_eq!(group(&["--answer", "one.csv", "two.csv"], "answer.json"), file);
    let other = PROTOCOL.replace("at_least = 18", "at_least = 21");
    folder.write("other.toml", &other);
    let (code, told) = folder.refusal(&["study", "group", "--protocol", "other.toml", "--answer", "one.csv"]);
    assert_eq!((code, told.contains("one.csv: line 2: answers another question")), (Some(1), true), "{told}");
    folder.write("rest.csv", &first.replace(",v3", ""));
    let (_, told) = folder.refusal(&["study", "group", "--protocol", "p.toml", "--answer", "rest.csv"]);
    assert!(told.contains("rest.csv: has no column step"), "{told}");

    // Found levels: the text "missing" is no level of its own, and is left out like what is not there.
    folder.write("p.toml", &PROTOCOL.replace("missing = \"level\"", "missing = \"complete-case\""));
    let complete = group(&["--input", "rows.csv"], "file.json");
    assert!(complete.contains("\"levels\":[\"f\",\"m\"]"), "{}", &complete[..600]);
    assert_eq!(group(&["--database", &test.url, "--table", "people"], "table.json"), complete);

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

const NUMBERS: &str = "CREATE TABLE measured (age DOUBLE PRECISION, pain DOUBLE PRECISION, stage NUMERIC(4, 1), plan TEXT, pcp INTEGER, messaged NUMERIC(3, 1));";

const MEASURED: &str = r#"format = 1
name = "measured"
title = "Numbers as an engine writes them"
question = "Who?"
outcome = { column = "messaged", definition = "A message." }
cluster = { column = "pcp" }
missing = { policy = "level" }

[[eligibility]]
name = "adults"
column = "age"
at_least = 18

[[covariate]]
name = "age"
bands = [{ name = "18-44", below = 45 }, { name = "45-120", below = 121 }]

[[covariate]]
name = "pain"
bands = [{ name = "little", below = 3 }, { name = "more" }]

[[covariate]]
name = "stage"
levels = ["1", "2"]

[[covariate]]
name = "plan"
"#;

/// As a CSV writes them: not a number is empty there, as it is missing in Parquet.
fn measured() -> Vec<[String; 6]> {
    let row = |at: usize| {
        let age = if at.is_multiple_of(17) { String::new() } else { (at % 90 + 1).to_string() };
        let pain = if at.is_multiple_of(13) { String::new() } else { format!("{}", at as f64 % 10.0 / 2.0) };
        let text = |number: usize| number.to_string();
        [
            age,
            pain,
            text(at % 2 + 1),
            ["NaN", "hmo", "missing"][at % 3].to_owned(),
            text(at % 31),
            text(at / 31 % 2),
        ]
    };
    (0..2000).map(row).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_number_a_number_out_of_bands_and_an_outcome_of_1_0_are_in_the_database_what_they_are_in_a_file() {
    let table = Migration { number: 1, name: "measured", sql: NUMBERS };
    let test = TestDatabase::new(Engine::Postgres, &[table]).await;
    let insert = |row: &[String; 6]| {
        let number = |text: &String| if text.is_empty() { "'NaN'".to_owned() } else { text.clone() };
        let [age, pain, stage, plan, pcp, messaged] = row;
        format!("({}, {}, {stage}, '{plan}', {pcp}, {messaged})", number(age), number(pain))
    };
    let fill = |rows: &[[String; 6]]| {
        let rows: Vec<String> = rows.iter().map(insert).collect();
        let sql = format!("INSERT INTO measured VALUES {}", rows.join(", "));
        test.db.write(move |tx| tx.execute(&sql, &[]))
    };
    let text = |rows: &[[String; 6]]| {
        let rows: String = rows.iter().map(|row| row.join(",") + "\n").collect();
        format!("age,pain,stage,plan,pcp,messaged\n{rows}")
    };
    let folder = Folder::new();
    folder.write("p.toml", MEASURED);
    let mut rows = measured();
    assert_eq!(fill(&rows).await as Result<u64, store::StoreError>, Ok(2000));
    folder.write("rows.csv", &text(&rows));
    let from = ["--database", test.url.as_str(), "--table", "measured"];
    let group = |from: &[&str], out: &str| {
        folder.json(&[&["study", "group", "--protocol", "p.toml", "--out", out], from].concat());
        String::from_utf8(folder.read(out)).unwrap()
    };
    let file = group(&["--input", "rows.csv"], "file.json");
    assert_eq!(group(&from, "table.json"), file);
    assert!(file.contains("\"NaN\"") && file.contains("\"missing\""), "a plan may be called so: {file}");

    folder.write("p.toml", &MEASURED.replace("\"level\"", "\"complete-case\""));
    let complete = group(&["--input", "rows.csv"], "file.json");
    assert_eq!(group(&from, "table.json"), complete);
    folder.write("p.toml", MEASURED);

    // Whether or not such a row is eligible, there is no cohort, and the column is named.
    let ordinary = rows[5].clone();
    let with = |at: usize, value: &str| {
        let mut row = ordinary.clone();
        value.clone_into(&mut row[at]);
        row
    };
    let wrong = [(0, "999", "age"), (5, "2", "messaged"), (2, "1.5", "stage")];
    for (at, value, column) in wrong {
        rows.push(with(at, value));
        assert_eq!(fill(&rows[2000..]).await as Result<u64, store::StoreError>, Ok(1));
        folder.write("rows.csv", &text(&rows));
        for from in [&["--input", "rows.csv"][..], &from] {
            let (code, told) = folder.refusal(&[&["study", "group", "--protocol", "p.toml"], from].concat());
            assert_eq!((code, told.contains(column)), (Some(1), true), "{told}");
            assert!(!told.contains("cannot give"), "{told}");
        }
        rows.pop();
        let clean = test.db.write(move |tx| {
            tx.execute("DELETE FROM measured WHERE age = 999 OR messaged = 2 OR stage = 1.5", &[])
        });
        assert_eq!(clean.await as Result<u64, store::StoreError>, Ok(1));
    }
    assert_eq!(group(&from, "table.json"), file);
    test.dispose().await;
}

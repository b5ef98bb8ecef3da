//! Text files as people and programs really write them.

use crate::by_hand::{columns, complaint, group, read_text};
use study::source::{Band, Coding, Condition, Covariate, Level, Missing, Test};

const PLAIN: &str = "pcp,sex,messaged\na,f,1\na,m,0\nb,f,0\na,f,0\n";

fn rows(text: &[(&str, &str, bool)]) -> Vec<crate::by_hand::Row> {
    text.iter().map(|(pcp, sex, it)| ((*pcp).to_owned(), vec![(*sex).to_owned()], *it)).collect()
}

#[test]
fn the_form_of_the_text_does_not_matter() {
    let by_hand = group(
        "messaged",
        "pcp",
        &["sex"],
        &rows(&[("a", "f", true), ("a", "m", false), ("b", "f", false), ("a", "f", false)]),
    );
    let forms = [
        PLAIN.to_owned(),
        PLAIN.trim_end().to_owned(),
        PLAIN.replace('\n', "\r\n"),
        format!("\u{feff}{PLAIN}"),
        "messaged,note,sex,pcp\nTRUE,,f,a\nfalse,\"x, y\",m,a\n0,\"two\nlines\",f,b\nFalse,\"a \"\"b\"\"\",f,a\n".into(),
        "\"pcp\",\"sex\",\"messaged\"\n\"a\",\"f\",\"1\"\n\"a\",\"m\",\"0\"\n\"b\",\"f\",\"0\"\n\"a\",\"f\",\"0\"".into(),
    ];
    for form in forms {
        let reading = read_text(&form, &columns(&["sex"])).unwrap();
        assert_eq!(reading.grouped, by_hand, "{form}");
        assert_eq!(reading.rows, 4);
    }
}

#[test]
fn given_levels_keep_their_order_and_absent_ones_stay() {
    let mut wanted = columns(&[]);
    wanted.covariates = vec![Covariate::with_levels("sex", &["m", "f", "x"])];
    let grouped = read_text(PLAIN, &wanted).unwrap().grouped;
    assert_eq!(grouped.variables[0].levels, ["m", "f", "x"]);
    assert_eq!(grouped.patterns, [Box::from([0u16]), Box::from([1u16])]);
}

#[test]
fn numbers_fall_into_bands_and_values_into_merged_levels() {
    let text = "pcp,age,acg,messaged\na,18,1,1\na,44.9,5,0\na,45,4,0\na,90,2,1\n";
    let mut wanted = columns(&["age", "morbidity"]);
    let band = |name: &str, below| Band { name: name.to_owned(), below };
    wanted.covariates[0].coding =
        Coding::Bands(vec![band("18-44", Some(45.0)), band("45-64", Some(65.0)), band("65+", None)]);
    wanted.covariates[0].reference = Some("45-64".to_owned());
    wanted.covariates[1].column = "acg".to_owned();
    let level = |name: &str, values: &[&str]| Level {
        name: name.to_owned(),
        values: values.iter().map(|it| (*it).to_owned()).collect(),
    };
    wanted.covariates[1].coding = Coding::Levels(vec![level("low", &["1", "2"]), level("high", &["4", "5"])]);
    let grouped = read_text(text, &wanted).unwrap().grouped;
    assert_eq!(grouped.variables[0].levels, ["45-64", "18-44", "65+"]);
    let patterns: Vec<&[u16]> = grouped.patterns.iter().map(AsRef::as_ref).collect();
    assert_eq!(patterns, [[0, 1], [1, 0], [1, 1], [2, 0]]);
}

#[test]
fn eligibility_is_applied_step_by_step_before_anything_is_missed() {
    let text =
        "pcp,age,sex,plan,messaged\na,17,,hmo,\na,18,f,hmo,1\na,40,f,cash,0\na,41,,hmo,0\n,50,f,hmo,1\n";
    let mut wanted = columns(&["sex"]);
    wanted.missing = Missing::CompleteCase;
    wanted.covariates[0].missing = Missing::CompleteCase;
    let condition =
        |name: &str, column: &str, test| Condition { name: name.into(), column: column.into(), test };
    wanted.conditions = vec![
        condition("adults", "age", Test::AtLeast(18.0)),
        condition("members", "plan", Test::OneOf(vec!["hmo".to_owned()])),
    ];
    let reading = read_text(text, &wanted).unwrap();
    let left: Vec<(&str, bool, u64)> =
        reading.left.iter().map(|left| (left.name.as_str(), left.is_missing, left.rows)).collect();
    let steps = [
        ("adults", false, 1),
        ("members", false, 1),
        ("messaged", true, 0),
        ("pcp", true, 1),
        ("sex", true, 1),
    ];
    assert_eq!(left, steps);
    assert_eq!((reading.rows, reading.grouped.rows()), (5, 1));
}

#[test]
fn a_missing_value_is_an_error_a_level_or_a_row_less() {
    let text = "pcp,sex,messaged\na,f,1\na,,0\na,NA,0\n";
    let mut wanted = columns(&["sex"]);
    wanted.missing_values = vec!["NA".to_owned()];
    assert_eq!(
        complaint(text, &wanted),
        "cohort.csv: line 3, field 2 (column sex): the value is missing\n\
         cohort.csv: line 4, field 2 (column sex): the value is missing"
    );
    wanted.covariates[0].missing = Missing::Level;
    let grouped = read_text(text, &wanted).unwrap().grouped;
    assert_eq!(grouped.variables[0].levels, ["f", "missing"]);
    assert_eq!(grouped.cells.iter().map(|cell| cell.n).collect::<Vec<_>>(), [1, 2]);
    wanted.covariates[0].coding = Coding::Levels(vec![Level::plain("m"), Level::plain("f")]);
    assert_eq!(read_text(text, &wanted).unwrap().grouped.variables[0].levels, ["m", "f", "missing"]);
    wanted.covariates[0].missing = Missing::CompleteCase;
    let reading = read_text(text, &wanted).unwrap();
    assert_eq!((reading.grouped.rows(), reading.left[2].rows), (1, 2));
}

#[test]
fn malformed_rows_are_named_and_nothing_is_computed() {
    let sex = || {
        let mut wanted = columns(&[]);
        wanted.covariates = vec![Covariate::with_levels("sex", &["f", "m"])];
        wanted
    };
    let complaints = [
        (
            "pcp,sex,messaged\na,f,2\n",
            "cohort.csv: line 2, field 3 (column messaged): the outcome is not 0, 1, true or false",
        ),
        (
            "pcp,sex,messaged\na,f,1\n\"b\nc\",x,1\n",
            "cohort.csv: line 3, field 2 (column sex): the value is none of f, m",
        ),
        (
            "pcp,sex,messaged\r\na,f,1\r\n\r\na,f,x\r\n",
            "cohort.csv: line 4, field 3 (column messaged): the outcome is not 0, 1, true or false",
        ),
        (
            "\npcp,sex,messaged\n\n\na,f,x\n",
            "cohort.csv: line 5, field 3 (column messaged): the outcome is not 0, 1, true or false",
        ),
        ("pcp,sex,messaged\na,f,1\na,f\n", "cohort.csv: line 3: 2 fields where the header has 3"),
        (
            "pcp,sex,messaged\na,f\"x,1\n",
            "cohort.csv: line 2, field 2: a quote inside a field that does not start with one",
        ),
        (
            "pcp,sex,messaged\na,\"f\"x,1\n",
            "cohort.csv: line 2, field 2: text after the closing quote of a field",
        ),
        ("pcp,sex,messaged\na,f,1\n\"b,f,1\n", "cohort.csv: line 3, field 1: a quote that never closes"),
        ("pcp,messaged\na,1\n", "cohort.csv: there is no column sex; the columns are pcp, messaged"),
        ("pcp,sex,sex,messaged\na,f,f,1\n", "cohort.csv: two columns are named sex"),
        (
            "pcp;sex;messaged\na;f;1\n",
            "cohort.csv: there is no column messaged; the columns are pcp;sex;messaged (one column: are the fields separated by something else than commas?)",
        ),
        ("", "cohort.csv: the file is empty"),
    ];
    for (text, expected) in complaints {
        assert_eq!(complaint(text, &sex()), expected);
    }
}

#[test]
fn only_the_first_of_many_problems_are_told_whichever_thread_met_them() {
    let mut text = "pcp,sex,messaged\n".to_owned();
    for row in 0..400_000 {
        text.push_str(if row >= 100_000 { "a,f,yes\n" } else { "a,f,1\n" });
    }
    let told = complaint(&text, &columns(&["sex"]));
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 21);
    for (at, line) in lines[..20].iter().enumerate() {
        assert!(line.starts_with(&format!("cohort.csv: line {}, field 3", 100_002 + at)), "{line}");
    }
    assert_eq!(lines[20], "cohort.csv: and more; reading stopped at 20");
}

#[test]
fn a_header_alone_is_a_cohort_of_nobody() {
    let reading = read_text("pcp,sex,messaged\n", &columns(&["sex"])).unwrap();
    assert_eq!((reading.rows, reading.grouped.cells.len(), reading.grouped.clusters.len()), (0, 0, 0));
}

#[test]
fn quoted_line_ends_at_the_seam_of_blocks_are_no_record_ends() {
    let mut text = "pcp,note,messaged\n".to_owned();
    let long = "line\n\"\"quoted\"\", and\n".repeat(300);
    for row in 0..1000 {
        text.push_str(&format!("p{},\"{long}\",{}\n", row % 7, row % 2));
    }
    assert!(text.len() > 6 << 20);
    let reading = read_text(&text, &columns(&[])).unwrap();
    assert_eq!((reading.rows, reading.grouped.events()), (1000, 500));
    text.push_str("p0,x,9\n");
    let line = text.matches('\n').count();
    let expected =
        format!("cohort.csv: line {line}, field 3 (column messaged): the outcome is not 0, 1, true or false");
    assert_eq!(complaint(&text, &columns(&[])), expected);
}

#[test]
fn where_levels_are_found_the_text_missing_is_a_value_that_is_not_there() {
    let text = "pcp,sex,messaged\na,f,1\na,missing,0\nb,,0\nb,f,0\n";
    let read_with = |missing: Missing| {
        let mut wanted = columns(&["sex"]);
        wanted.covariates[0].missing = missing;
        read_text(text, &wanted)
    };
    let grouped = read_with(Missing::Level).unwrap().grouped;
    assert_eq!(grouped.variables[0].levels, ["f", "missing"]);
    assert_eq!(grouped.cells.iter().map(|cell| cell.n).collect::<Vec<_>>(), [1, 1, 1, 1]);
    let reading = read_with(Missing::CompleteCase).unwrap();
    assert_eq!((reading.grouped.variables[0].levels.len(), reading.left[2].rows), (1, 2));
    let told = complaint(text, &columns(&["sex"]));
    assert!(told.contains("line 3") && told.contains("line 4"), "{told}");
}

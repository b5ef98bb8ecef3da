//! Protocols: the shipped ones are right, and each wrong setting is named with line and column before any data are read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use study::protocol::{Change, Protocol};
use study::source::{Coding, Missing};

fn shipped(name: &str) -> String {
    let path = format!("{}/../../studies/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn parse(text: &str) -> Result<Protocol, String> {
    Protocol::parse(text, "p.toml").map_err(|error| error.to_string())
}

const SMALL: &str = r#"format = 1
name = "small"
title = "A small study"
question = "Who?"

[outcome]
column = "messaged"
definition = "A message."

[cluster]
column = "pcp"

[[covariate]]
name = "sex"
levels = ["male", "female"]
reference = "male"
"#;

#[test]
fn the_shipped_protocols_are_right() {
    for name in ["ralston-2009", "adoption-monthly", "reply-time-equity", "funnel"] {
        let protocol = Protocol::parse(&shipped(name), name).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(protocol.name, name);
    }
}

#[test]
fn the_one_that_the_documentation_shows_is_right_and_has_every_table() {
    let path = format!("{}/../../docs/protocol.md", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let shown = text.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let protocol = parse(shown).unwrap_or_else(|told| panic!("{told}"));
    assert_eq!(
        (protocol.eligibility.len(), protocol.covariates.len(), protocol.sensitivity.len()),
        (3, 3, 4)
    );
    assert_eq!((protocol.published.len(), protocol.stages.len(), protocol.times.len()), (1, 1, 1));
    assert_eq!((protocol.interactions.len(), protocol.missing.values.len()), (1, 2));
}

#[test]
fn the_papers_protocol_holds_its_design_and_its_five_published_rows() {
    let paper = parse(&shipped("ralston-2009")).unwrap();
    let window = paper.window.as_ref().unwrap();
    assert_eq!((window.from.as_str(), window.to.as_str()), ("2004-01-01", "2005-03-31"));
    let published: Vec<f64> = paper.published.iter().map(|row| row.odds_ratio).collect();
    assert_eq!(published, [1.15, 5.64, 1.94, 0.65, 0.81]);
    let morbidity = &paper.covariate("morbidity").unwrap().covariate;
    assert_eq!(morbidity.ordered_levels(), ["very low", "low", "moderate", "high or very high"]);
    let Coding::Levels(levels) = &morbidity.coding else { panic!("levels are given") };
    assert_eq!(levels[3].values, ["high", "very high", "high or very high"]);
    let age = paper.covariate("age").unwrap().covariate.ordered_levels();
    assert_eq!(age, ["51-65", "18-35", "36-50", "over 65"]);
    assert_eq!(paper.covariates[0].covariate.missing, Missing::Level);
    assert_eq!(paper.sensitivity[1].change, Change::CompleteCases);
    assert_eq!(paper.minimum_cell, 11);
}

#[test]
fn every_wrong_setting_is_named_with_line_and_column() {
    let wrong = r#"format = 2
name = "Small Study"
titel = "A small study"
question = 7
index_date = "2005-01-01"
minimum_cell = 0.5

[window]
from = 2005-03-31
to = 2004-01-01

[[eligibility]]
name = "adults"
at_least = 18

[outcome]
column = "messaged"
definition = ""

[cluster]
column = "messaged"

[missing]
policy = "drop"

[[covariate]]
name = "sex"
levels = ["male", "female", "male"]
reference = "mail"

[[covariate]]
name = "age"
bands = [{ name = "18-64", below = 65 }, { name = "over 64", below = 60 }]

[[covariate]]
name = "sex"
column = "messaged"

[[sensitivity]]
name = "no share"
without = "share"

[[interaction]]
between = ["sex", "sex"]

[[published]]
row = "x"
variable = "age"
level = "66"
odds_ratio = 1.5
low = 1.6
high = 2
"#;
    let told = parse(wrong).unwrap_err();
    let expected = "\
p.toml:1:1: cluster.column: is the outcome's column
p.toml:1:1: title: is missing
p.toml:1:10: format: only format 1 is known
p.toml:2:8: name: wants lower-case letters, digits and hyphens: it names files
p.toml:3:1: titel: is no setting; here are known: format, name, title, question, design, repeats, unit, setting, window, index_date, eligibility, outcome, cluster, missing, covariate, minimum_cell, sensitivity, interaction, published, stage, time
p.toml:4:12: question: wants a text, has a number
p.toml:5:14: index_date: wants a date such as 2005-03-31, without quotes, has a text
p.toml:6:16: minimum_cell: wants a whole number from 1 to 1000
p.toml:10:6: window.to: is before from
p.toml:12:1: eligibility.column: is missing: which column is tested?
p.toml:18:14: outcome.definition: is empty
p.toml:24:10: missing.policy: wants refuse, level or complete-case
p.toml:28:29: covariate.levels.name: the level male is there twice
p.toml:28:29: covariate.levels.values: male belongs to two levels
p.toml:29:13: covariate.reference: mail is none of the levels male, female, male
p.toml:33:70: covariate.bands.below: is not above the band before
p.toml:35:1: covariate.column: is the cluster's column
p.toml:35:1: covariate.column: is the outcome's column
p.toml:35:1: covariate.name: sex is there twice
p.toml:41:11: sensitivity.variable: there is no covariate share; there are sex, age, sex
p.toml:44:11: interaction.between: wants two different covariates
p.toml:46:1: published.odds_ratio: wants odds_ratio, low and high above 0, with low <= odds_ratio <= high
p.toml:49:9: published.level: age has no level 66; it has 18-64, over 64";
    assert_eq!(told, expected);
}

#[test]
fn what_is_no_toml_is_told_where_it_stops() {
    let told = parse("format = 1\nname = \"x\ntitle = 3\n").unwrap_err();
    assert!(told.starts_with("p.toml:2:"), "{told}");
}

#[test]
fn the_hash_is_that_of_the_meaning_not_of_the_layout() {
    let hash = |text: &str| parse(text).unwrap().hash();
    let same = format!("# a comment\n{}", SMALL.replace(" = ", "=").replace('\n', "\r\n"));
    assert_eq!(hash(SMALL), hash(&same));
    assert_eq!(hash(SMALL).len(), 64);
    let changes = [
        ("\"male\", \"female\"", "\"female\", \"male\""),
        ("reference = \"male\"", "reference = \"female\""),
        ("column = \"pcp\"", "column = \"doctor\""),
        ("A message.", "Two messages."),
        ("reference = \"male\"", "reference = \"male\"\nmissing = \"level\""),
        ("question = \"Who?\"", "question = \"Who?\"\nminimum_cell = 20"),
    ];
    for (from, to) in changes {
        assert_ne!(hash(SMALL), hash(&SMALL.replacen(from, to, 1)), "{to}");
    }
}

#[test]
fn a_published_ratio_must_compare_what_the_protocol_compares() {
    let published = |level: &str, reference: &str| {
        let row = format!(
            "{SMALL}\n[[published]]\nrow = \"x\"\nvariable = \"sex\"\nlevel = \"{level}\"\n{reference}odds_ratio = 1.2\nlow = 1.1\nhigh = 1.3\n"
        );
        parse(&row)
    };
    assert!(published("female", "reference = \"male\"\n").is_ok());
    assert!(published("female", "").is_ok(), "where the paper does not state it");
    let told = published("female", "reference = \"female\"\n").unwrap_err();
    assert!(
        told.ends_with(
            "published.reference: the reference of sex is male; its odds ratios cannot stand beside this one"
        ),
        "{told}"
    );
    let told = published("male", "").unwrap_err();
    assert!(told.ends_with("published.level: male is the reference of sex; it has no odds ratio"), "{told}");
}

#[test]
fn a_covariate_is_no_stage_and_no_time() {
    let with = |more: &str| parse(&format!("{SMALL}\n{more}")).unwrap_err();
    let told = with("[[stage]]\nname = \"x\"\ncolumn = \"sex\"\n");
    assert!(told.ends_with("covariate.column: is a stage's column"), "{told}");
    let told = with("[[time]]\ncolumn = \"hours\"\nhappened = \"sex\"\nat = [1]\n");
    assert!(told.ends_with("covariate.column: is a time's column"), "{told}");
}

#[test]
fn two_refits_or_times_that_could_not_be_told_apart_are_refused() {
    let other = "[[sensitivity]]\nname = \"other column\"\nvariable = \"sex\"\ncolumn = ";
    let times = |more: &str| {
        let at = |at: &str, more: &str| format!("[[time]]\ncolumn = \"hours\"\nat = [{at}]\n{more}\n");
        format!("{SMALL}{}{}", at("10, 20", "happened = \"opened\""), at("1, 100", more))
    };
    let told = |text: &str| parse(text).unwrap_err();
    let refits = told(&format!("{SMALL}{other}\"gender\"\n{other}\"sex_at_birth\"\n"));
    assert_eq!(refits, "p.toml:21:1: sensitivity.name: other column is there twice");
    let labels = told(&times("happened = \"replied\""));
    assert_eq!(labels, "p.toml:21:1: time.label: hours is there twice; give each a label of its own");
    let again = told(&times("happened = \"opened\"\nlabel = \"again\""));
    let expected =
        "p.toml:21:1: time.column: hours until opened is there already; name its times in one list";
    assert_eq!(again, expected);
    assert!(parse(&times("happened = \"replied\"\nlabel = \"to the answer\"")).is_ok());
}

//! Studies on files.

use crate::folder::{Folder, paper};
use serde_json::Value;

const COVARIATES: [&str; 10] = [
    "--covariate",
    "sex:male|female",
    "--covariate",
    "age:51-65|18-35|36-50|over 65",
    "--covariate",
    "morbidity:very low|low|moderate|high or very high",
    "--covariate",
    "share:<= 10 %|> 10-20 %|> 20-50 %|> 50 %",
    "--covariate",
    "insurance:commercial|Medicare|Medicaid|other",
];

fn simulate(folder: &Folder, n: &str, seed: &str, out: &str) {
    folder.json(&["simulate", "cohort", "--preset", "ralston-2009", "--n", n, "--seed", seed, "--out", out]);
}

#[test]
fn a_simulated_cohort_is_fitted_with_no_settings_and_has_the_papers_odds_ratios() {
    let folder = Folder::new();
    simulate(&folder, "60000", "1", "cohort.parquet");
    let design =
        ["study", "fit", "--input", "cohort.parquet", "--outcome", "messaged", "--cluster", "pcp", "--gee"];
    let fit = folder.json(&[design.as_slice(), &COVARIATES].concat());
    assert_eq!(
        (fit["n"].as_u64(), fit["converged"].as_bool(), fit["clusters"].as_u64()),
        (Some(60_000), Some(true), Some(80))
    );
    let term = |variable: &str, level: &str| {
        let terms = fit["terms"].as_array().unwrap();
        terms.iter().find(|term| term["variable"] == variable && term["level"] == level).unwrap().clone()
    };
    let published = [
        ("sex", "female", 1.15),
        ("morbidity", "high or very high", 5.64),
        ("share", "> 20-50 %", 1.94),
        ("age", "over 65", 0.65),
        ("insurance", "Medicaid", 0.81),
    ];
    for (variable, level, ratio) in published {
        let term = term(variable, level);
        let (log_or, se) = (term["log_or"].as_f64().unwrap(), term["se_cluster"].as_f64().unwrap());
        assert!((log_or - f64::ln(ratio)).abs() < 3.5 * se, "{variable} {level}: {log_or} +- {se}");
        for field in ["reference", "n", "events", "crude_or", "or", "se_model", "ci_model", "ci", "p"] {
            assert!(!term[field].is_null(), "{field}");
        }
    }
    assert!(fit["gee"]["alpha"].as_f64().unwrap() > 0.0);
    assert_eq!(folder.files(), 1, "no settings, key or database is made");
}

#[test]
fn the_same_seed_gives_the_same_people_as_csv_and_as_parquet() {
    let folder = Folder::new();
    simulate(&folder, "5000", "7", "a.csv");
    simulate(&folder, "5000", "7", "b.csv");
    simulate(&folder, "5000", "7", "c.parquet");
    simulate(&folder, "5000", "8", "d.csv");
    assert_eq!(folder.read("a.csv"), folder.read("b.csv"));
    assert_ne!(folder.read("a.csv"), folder.read("d.csv"));
    let fit = |input: &str| folder.json(&["study", "fit", "--input", input, "--protocol", &paper()]);
    assert_eq!(fit("a.csv"), fit("c.parquet"));
    assert_ne!(fit("a.csv"), fit("d.csv"));
}

#[test]
fn a_report_is_the_same_bytes_from_rows_and_from_counts() {
    let folder = Folder::new();
    simulate(&folder, "20000", "3", "cohort.csv");
    let run = |input: &str, out: &str| {
        let arguments = ["study", "run", "--input", input, "--protocol", &paper(), "--out", out];
        assert_eq!(folder.json(&arguments)["hash"].as_str().unwrap().len(), 64);
        let json: Value = serde_json::from_slice(&folder.read(&format!("{out}/report.json"))).unwrap();
        (folder.read(&format!("{out}/report.html")), json)
    };
    assert_eq!(run("cohort.csv", "one"), run("cohort.csv", "two"));
    folder.json(&["study", "group", "--input", "cohort.csv", "--protocol", &paper()]);
    let (mut rows, mut counts) = (run("cohort.csv", "one").1, run("grouped.json", "three").1);
    // Neither has the columns of the year before; each says so in its own words.
    for report in [&mut rows, &mut counts] {
        let refits = report["sensitivity"].as_array_mut().unwrap().iter_mut();
        let lacking: Vec<_> = refits.filter(|refit| refit["reason"].is_string()).collect();
        assert_eq!(lacking.len(), 2);
        lacking.into_iter().for_each(|refit| refit["reason"] = Value::Null);
    }
    counts["data"] = "cohort.csv".into();
    // The check-list names the data too.
    counts["checklist"] = rows["checklist"].clone();
    assert_eq!(rows, counts);
}

#[test]
fn a_report_does_not_depend_on_where_its_data_lie() {
    let whole = |folder: &Folder| {
        simulate(folder, "5000", "3", "cohort.csv");
        let (input, out) = (folder.path("cohort.csv"), folder.path("out"));
        let place = |path: &std::path::Path| path.display().to_string();
        folder.json(&[
            "study",
            "run",
            "--input",
            &place(&input),
            "--protocol",
            &paper(),
            "--out",
            &place(&out),
        ]);
        let text = ["report.html", "report.json"]
            .map(|name| String::from_utf8(folder.read(&format!("out/{name}"))).unwrap());
        assert!(!text.concat().contains(&place(&folder.path(""))), "no path");
        text
    };
    let (one, two) = (Folder::new(), Folder::new());
    let report = whole(&one);
    assert_eq!(report, whole(&two));
    assert!(
        report[0].contains("Not fitted: the file has no column share_prior_year<"),
        "what it lacks, and no more"
    );
}

#[test]
fn sites_group_and_merge_and_another_protocol_is_refused() {
    let folder = Folder::new();
    for (site, seed) in [("coast", "1"), ("hills", "2")] {
        simulate(&folder, "3000", seed, "cohort.parquet");
        let out = format!("{site}.json");
        let arguments = ["--protocol", &paper(), "--site", site, "--out", &out];
        folder.json(&[&["study", "group", "--input", "cohort.parquet"], arguments.as_slice()].concat());
    }
    let merged = folder.json(&["study", "merge", "coast.json", "hills.json", "--out", "all.json"]);
    assert_eq!(merged["n"], 6000);
    assert_eq!(folder.json(&["study", "fit", "--input", "all.json", "--protocol", &paper()])["n"], 6000);
    let text = std::fs::read_to_string(paper()).unwrap().replace("minimum_cell = 11", "minimum_cell = 20");
    folder.write("other.toml", &text);
    let other = ["--protocol", "other.toml", "--site", "lake", "--out", "lake.json"];
    folder.json(&[&["study", "group", "--input", "cohort.parquet"], other.as_slice()].concat());
    let (code, told) = folder.refusal(&["study", "merge", "coast.json", "lake.json"]);
    assert_eq!(code, Some(1));
    assert!(told.contains("coast.json and lake.json cannot be merged: their protocols differ"), "{told}");
    let (code, told) = folder.refusal(&["study", "fit", "--input", "all.json", "--protocol", "other.toml"]);
    assert_eq!(code, Some(1));
    assert!(told.contains("was grouped by another protocol"), "{told}");
}

#[test]
fn counts_answer_the_question_by_which_they_were_grouped_and_no_other() {
    let folder = Folder::new();
    simulate(&folder, "3000", "4", "cohort.csv");
    let named =
        ["--outcome", "messaged", "--cluster", "pcp", "--covariate", "sex:male|female", "--covariate", "age"];
    folder.json(&[&["study", "group", "--input", "cohort.csv"], named.as_slice()].concat());
    fn fit<'a>(design: &[&'a str]) -> Vec<&'a str> {
        [&["study", "fit", "--input", "grouped.json"], design].concat()
    }
    let whole = folder.json(&fit(&[]));
    assert_eq!(whole, folder.json(&fit(&named)));
    assert_eq!(whole, folder.json(&fit(&["--covariate", "age", "--covariate", "sex"])));
    let told = |design: &[&str]| {
        let (code, told) = folder.refusal(&fit(design));
        assert_eq!(code, Some(1));
        told
    };
    let expected = [
        (["--outcome", "died"], "with the outcome messaged, not died"),
        (["--cluster", "nosuch"], "with the cluster pcp, not nosuch"),
        (["--covariate", "smoking"], "with the covariates age, sex, not smoking"),
        (["--covariate", "sex"], "with the covariates age, sex, not sex"),
    ];
    for (design, reason) in expected {
        assert_eq!(told(&design), format!("samechart: grouped.json: was grouped {reason}\n"));
    }
    let other = told(&["--covariate", "age", "--covariate", "sex:female|male"]);
    assert!(other.contains("with the levels of sex male, female, not female, male"), "{other}");
    assert_eq!(folder.refusal(&fit(&["--missing", "level"])).0, Some(2));
}

/// Rows of 30 providers in which everybody with the third drug has the outcome.
fn separated() -> String {
    let row = |at: usize| {
        let (pcp, drug) = (at % 30, ["none", "first", "third"][at / 30 % 3]);
        let messaged = drug == "third" || (at * 7 + at / 90 + pcp % 4) % 5 < 2;
        format!("p{pcp},{drug},{}\n", u8::from(messaged))
    };
    format!("pcp,drug,messaged\n{}", (0..900).map(row).collect::<String>())
}

#[test]
fn a_person_reads_all_that_was_asked_for_and_advised() {
    let folder = Folder::new();
    folder.write("rows.csv", &separated());
    let design = ["--outcome", "messaged", "--cluster", "pcp", "--covariate", "drug:none|first|third"];
    let fit = [&["study", "fit", "--input", "rows.csv", "--firth", "--counts", "exact"], design.as_slice()]
        .concat();
    // A file that is named comes before a database that only the environment names.
    let elsewhere = ("SAMECHART_STUDY_DATABASE", "postgres://nobody@127.0.0.1:1/nothing");
    let told = folder.text(&fit, elsewhere);
    let json = folder.json(&fit);
    let line = |title: &str, of: &str| {
        let block = told.split("\n\n").find(|block| block.starts_with(title));
        let block = block.unwrap_or_else(|| panic!("no {title} in {told}"));
        block.lines().find(|line| line.starts_with(of)).unwrap().to_owned()
    };
    let firth = json["firth"]["terms"][1]["or"].as_f64().unwrap();
    assert!(line("Firth", "drug third").contains(&format!("{firth:.3} (")), "{told}");
    assert!(line("Odds ratios", "drug third").contains("no finite odds ratio"), "{told}");
    let low = json["terms"][0]["ci_t"][0].as_f64().unwrap();
    assert!(line("Intervals with t(29)", "drug first").contains(&format!("({low:.3} to")), "{told}");
    assert!(line("With the outcome", "drug third").contains("300 of 300"), "{told}");
    let robust = json["tests"].as_array().unwrap()[0]["robust"].clone();
    assert!(robust.is_null() && line("Tests of variables", "drug").contains("none (p < 0.001)"), "{told}");
    assert!(told.starts_with("900 rows, "), "{told}");

    folder.write("few.csv", &separated().replace(",third,1", ",third,0").replacen(",third,0", ",third,1", 7));
    let few: Vec<&str> = fit.iter().map(|it| if *it == "rows.csv" { "few.csv" } else { it }).collect();
    let few: Vec<&str> =
        few.into_iter().filter(|it| !["--counts", "exact"].contains(it)).chain(["--gee"]).collect();
    let told = folder.text(&few, elsewhere);
    assert!(told.contains("\nGEE, exchangeable") && told.contains("<11 of 300\n"), "{told}");
    assert!(!told.contains("7 of 300"), "{told}");
}

#[test]
fn wrong_use_is_2_and_a_file_that_cannot_be_studied_is_1() {
    let folder = Folder::new();
    folder.write("rows.csv", "pcp,sex,messaged\na,f,1\na,m,x\n");
    let fit = ["study", "fit", "--outcome", "messaged", "--cluster", "pcp", "--covariate", "sex"];
    let with = |input: &str| folder.refusal(&[&fit, ["--input", input].as_slice()].concat());
    let (code, told) = with("rows.csv");
    assert_eq!(code, Some(1));
    let expected =
        "samechart: rows.csv: line 3, field 3 (column messaged): the outcome is not 0, 1, true or false\n";
    assert_eq!(told, expected);
    folder.write("one.csv", "pcp,sex,messaged\na,f,1\na,m,0\n");
    assert_eq!(with("one.csv").0, Some(1), "one cluster only");
    assert_eq!(with("none.csv").0, Some(2));
    assert_eq!(folder.refusal(&["study", "fit", "--input", "one.csv"]).0, Some(2));
    let (code, told) = folder.refusal(&[&fit[..6], &["--input", "one.csv", "--covariate", "sex:f"]].concat());
    assert_eq!((code, told.contains("wants at least two levels")), (Some(2), true));
    folder.write("wrong.toml", "format = 1\nname = 3\n");
    let (code, told) = folder.refusal(&["study", "check", "wrong.toml"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("wrong.toml:2:8: name: wants a text, has a number"), "{told}");
}

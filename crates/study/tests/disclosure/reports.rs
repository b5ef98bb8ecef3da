//! Whole reports attacked: by what adds up, by solving the figures of a model of one covariate for its table, and by
//! reading every word and row about a level that is not shown.

use crate::cohort::{COMMON, Cohort, ONE, TWO, json};
use crate::simplex::Corner;
use proptest::prelude::*;
use serde_json::Value;
use study::disclosure::{Limit, rounded};

/// Whether a cell, by its places, belongs to a group.
type Belongs = Box<dyn Fn(&[usize]) -> bool>;

/// Two hidden levels by their places, and the events and non-events that each may have.
type Splits = ([usize; 2], Vec<[[u64; 2]; 2]>);

const COUNTS: [&str; 3] = ["people", "events", "non-events"];

fn is_small(count: u64) -> bool {
    Limit::default().is_small(count)
}

/// Events and non-events of a level; few here and there, so that levels are hidden.
fn cell(few: u64, many: u64) -> impl Strategy<Value = [u64; 2]> {
    let count = move || prop_oneof![2 => 0..=few, 3 => (few + 1)..many];
    (count(), count()).prop_map(|(events, others)| [events, others])
}

fn cohorts() -> impl Strategy<Value = Cohort> {
    let one = prop::collection::vec(cell(14, 90), ONE.len());
    let two = prop::collection::vec(cell(4, 34), ONE.len() * TWO.len());
    let bands = prop::array::uniform6(cell(14, 90));
    prop_oneof![
        one.prop_map(|cells| Cohort { has_two: false, is_one_column: false, cells }),
        two.prop_map(|cells| Cohort { has_two: true, is_one_column: false, cells }),
        bands.prop_map(Cohort::of_bands)
    ]
}

/// What adds up: unknown are the events and the non-events of each cell.
struct Sums<'a> {
    cohort: &'a Cohort,
    equations: Vec<(Vec<f64>, f64)>,
}

impl<'a> Sums<'a> {
    fn of(cohort: &'a Cohort, told: &Value) -> Self {
        let mut sums = Sums { cohort, equations: Vec::new() };
        sums.knows(&|_| true, [&told["n"], &told["events"]]);
        let nobody = serde_json::json!(0);
        for cell in (0..cohort.cells.len()).filter(|cell| !cohort.is_possible(*cell)) {
            sums.knows(&|levels| *levels == cohort.levels(cell)[..], [&nobody, &nobody]);
        }
        for (at, (name, levels)) in cohort.variables().into_iter().enumerate() {
            let rows = told["variables"][at]["levels"].as_array().unwrap();
            for (place, level) in levels.iter().enumerate() {
                let row = rows.iter().find(|row| row["level"] == **level).unwrap();
                sums.knows(&|cell| cell[at] == place, [&row["n"], &row["events"]]);
            }
            let groups: Vec<&Value> = told["stages"]["groups"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|it| it["variable"] == name)
                .collect();
            let alone = |place: usize| groups.iter().find(|it| it["level"] == levels[place]).unwrap();
            let hidden: Vec<usize> =
                (0..levels.len()).filter(|place| alone(*place)["counts"][0].is_null()).collect();
            for place in 0..levels.len() {
                sums.knows(&|cell| cell[at] == place, [&alone(place)["counts"][0], &Value::Null]);
            }
            for rest in groups.iter().filter(|it| it["level"] == "the others together") {
                sums.knows(&|cell| hidden.contains(&cell[at]), [&rest["counts"][0], &Value::Null]);
            }
            for (place, level) in levels.iter().enumerate() {
                let only = format!("only {level}");
                sums.knows(&|cell| cell[at] == place, [&analysis(told, &only)["n"], &Value::Null]);
            }
        }
        let is_whole =
            |cell: &[usize]| cell[0] + 1 < ONE.len() && cell.get(1).is_none_or(|two| two + 1 < TWO.len());
        sums.knows(&is_whole, [&analysis(told, "complete cases")["n"], &Value::Null]);
        sums
    }

    fn knows(&mut self, is_meant: &dyn Fn(&[usize]) -> bool, [n, events]: [&Value; 2]) {
        let people = self.marks(is_meant, [true, true]);
        let wrote = self.marks(is_meant, [true, false]);
        for (marks, figure) in [(people, n), (wrote, events)] {
            let numbers = marks.iter().map(|mark| f64::from(u8::from(*mark))).collect();
            self.equations.extend(figure.as_f64().map(|figure| (numbers, figure)));
        }
    }

    fn marks(&self, is_meant: &dyn Fn(&[usize]) -> bool, kinds: [bool; 2]) -> Vec<bool> {
        let of = |cell: usize| kinds.map(|kind| kind && is_meant(&self.cohort.levels(cell)));
        (0..self.cohort.cells.len()).flat_map(of).collect()
    }

    /// What small count is solved, in words.
    fn solved(&self) -> Option<String> {
        let mut corner = Corner::of(2 * self.cohort.cells.len(), &self.equations);
        let mut groups: Vec<(String, Belongs)> = Vec::new();
        for (at, (_, levels)) in self.cohort.variables().into_iter().enumerate() {
            groups.extend(levels.into_iter().enumerate().map(|(place, level)| {
                let is_meant: Belongs = Box::new(move |cell| cell[at] == place);
                (level.to_owned(), is_meant)
            }));
        }
        if self.cohort.is_one_column {
            groups.extend(COMMON.map(|levels| {
                let is_meant: Belongs = Box::new(move |cell| *cell == levels);
                (format!("{} and {}", ONE[levels[0]], TWO[levels[1]]), is_meant)
            }));
        }
        groups.push(("missing both".into(), Box::new(|cell| cell == [ONE.len() - 1, TWO.len() - 1])));
        for (name, is_meant) in groups {
            let [events, others] = self.cohort.sum(&*is_meant);
            let kinds = [([true, true], events + others), ([true, false], events), ([false, true], others)];
            for ((kinds, truth), what) in kinds.into_iter().zip(COUNTS) {
                let (least, most) = corner.range(&self.marks(&*is_meant, kinds));
                assert!(
                    least as u64 <= truth && most.is_none_or(|most| truth as i64 <= most),
                    "{name} {what}"
                );
                if most == Some(least) && is_small(truth) {
                    return Some(format!("{truth} {what} of {name}"));
                }
            }
        }
        None
    }
}

fn analysis<'v>(told: &'v Value, name: &str) -> &'v Value {
    let all = told["sensitivity"].as_array().unwrap();
    all.iter().find(|it| it["name"] == name).unwrap_or(&Value::Null)
}

/// A model of one covariate is its table: every split of the hidden levels that gives the figures shown.
fn splits(cohort: &Cohort, told: &Value) -> Option<Splits> {
    let rows = told["variables"][0]["levels"].as_array()?;
    let row = |place: usize| rows.iter().find(|row| row["level"] == ONE[place]);
    let hidden: Vec<usize> =
        (0..ONE.len()).filter(|at| row(*at).is_some_and(|row| row["n"].is_null())).collect();
    let [first, second] = hidden[..] else { return None };
    told["n"].as_u64()?;
    let rest = [0, 1].map(|kind| cohort.cells[first][kind] + cohort.cells[second][kind]);
    let reference = rows.iter().find(|row| row["is_reference"] == true)?["level"].as_str()?;
    let reference = ONE.iter().position(|it| *it == reference)?;
    let figures: Vec<[&Value; 2]> = (0..ONE.len())
        .filter_map(|place| Some([&row(place)?["adjusted"]["value"], &row(place)?["probability"]["value"]]))
        .collect();
    let mut found = Vec::new();
    let pairs = (0..=rest[0]).flat_map(|events| (0..=rest[1]).map(move |others| [events, others]));
    for own in pairs {
        let other = [rest[0] - own[0], rest[1] - own[1]];
        let mut cells = cohort.cells.clone();
        (cells[first], cells[second]) = (own, other);
        let odds = |cell: [u64; 2]| cell[0] as f64 / cell[1] as f64;
        let share = |cell: [u64; 2]| cell[0] as f64 / (cell[0] + cell[1]) as f64;
        let fits = figures.iter().zip(&cells).all(|([ratio, probability], cell)| {
            agrees(ratio, odds(*cell) / odds(cells[reference])) && agrees(probability, share(*cell))
        });
        let test = &told["variables"][0]["test"]["chi_squared"];
        if fits && agrees(test, ratio_test(&cells)) && agrees(&told["c_statistic"], c_statistic(&cells)) {
            found.push([own, other]);
        }
    }
    Some(([first, second], found))
}

/// Whether a figure is not shown, or what this value is rounded to.
fn agrees(figure: &Value, value: f64) -> bool {
    let near = |shown: f64| [1.0 - 1e-7, 1.0, 1.0 + 1e-7].iter().any(|by| rounded(value * by) == shown);
    figure.as_f64().is_none_or(near)
}

fn ratio_test(cells: &[[u64; 2]]) -> f64 {
    let part =
        |count: u64, n: u64| if count == 0 { 0.0 } else { count as f64 * (count as f64 / n as f64).ln() };
    let of = |[events, others]: [u64; 2]| part(events, events + others) + part(others, events + others);
    let whole = cells.iter().fold([0, 0], |a, b| [a[0] + b[0], a[1] + b[1]]);
    2.0 * (cells.iter().map(|cell| of(*cell)).sum::<f64>() - of(whole))
}

fn c_statistic(cells: &[[u64; 2]]) -> f64 {
    let (mut won, mut pairs) = (0.0, 0.0);
    for [events, own] in cells {
        for [other, others] in cells {
            let weight = *events as f64 * *others as f64;
            let (above, below) = (events * others, other * own);
            won += weight
                * if above > below {
                    1.0
                } else if above == below {
                    0.5
                } else {
                    0.0
                };
            pairs += weight;
        }
    }
    won / pairs
}

/// What small count is the same in every split.
fn solved(splits: &([usize; 2], Vec<[[u64; 2]; 2]>)) -> Option<String> {
    let counts = |[events, others]: [u64; 2]| [events + others, events, others];
    for (at, level) in splits.0.iter().enumerate() {
        for (kind, what) in COUNTS.iter().enumerate() {
            let mut all = splits.1.iter().map(|split| counts(split[at])[kind]);
            let first = all.next()?;
            if is_small(first) && all.all(|count| count == first) {
                return Some(format!("{first} {what} of {}", ONE[*level]));
            }
        }
    }
    None
}

/// Rows, words and marks about levels that are not shown.
fn told_of_hidden(told: &Value, files: &[(&str, String)]) -> Option<String> {
    for variable in told["variables"].as_array().unwrap() {
        for row in variable["levels"].as_array().unwrap().iter().filter(|row| row["n"].is_null()) {
            let (name, level) = (variable["name"].as_str().unwrap(), row["level"].as_str().unwrap());
            let figures =
                ["adjusted", "gee", "firth", "probability", "crude", "p", "model_interval", "t_interval"];
            if let Some(figure) = figures.iter().find(|figure| !row[**figure].is_null()) {
                return Some(format!("{figure} of {level}"));
            }
            let analyses = told["sensitivity"].as_array().unwrap();
            let words = analyses.iter().flat_map(|it| it["warnings"].as_array().unwrap());
            let named = format!("{name} \"{level}\"");
            let mut words = words.chain(told["warnings"].as_array().unwrap()).filter_map(Value::as_str);
            if let Some(warning) = words.find(|it| it.contains(&named) || is_about(it, name, level)) {
                return Some(warning.to_owned());
            }
            if level != "missing" {
                let lines = files.iter().filter(|(file, _)| *file != "report.json" && *file != "stages.csv");
                let mut lines = lines.flat_map(|(_, text)| text.lines());
                if let Some(line) = lines.find(|line| tells(line, level)) {
                    return Some(line.to_owned());
                }
            }
        }
    }
    None
}

/// Whether a warning that begins with a variable's name speaks of one of its levels.
fn is_about(warning: &str, variable: &str, level: &str) -> bool {
    let words = warning.strip_prefix(variable).and_then(|rest| rest.strip_prefix(':'));
    words.is_some_and(|words| words.contains(&format!("level \"{level}\"")))
}

/// Whether a row of the page or of a CSV file is that of the level and holds a figure.
fn tells(line: &str, level: &str) -> bool {
    let cells =
        [format!("<th scope=\"row\">{level}</th>"), format!("<td>{level}</td>"), format!(",{level},")];
    let has_figure = |cell: &String| {
        let after = line.split_once(cell.as_str()).map(|(_, after)| after.replace("1 (reference)", ""));
        after.is_some_and(|after| after.chars().any(|it| it.is_ascii_digit()))
    };
    let marks = ["rect", "line"].map(|mark| format!(">{level}</text><{mark}"));
    cells.iter().any(has_figure) || marks.iter().any(|mark| line.contains(mark))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_small_follows_from_a_whole_report(cohort in cohorts()) {
        let people = cohort.sum(|_| true);
        prop_assume!(people[0] + people[1] < 1000);
        let Some(files) = cohort.report() else { return Ok(()) };
        let told = json(&files);
        prop_assert_eq!(Sums::of(&cohort, &told).solved(), None);
        prop_assert_eq!(told_of_hidden(&told, &files), None);
        if !cohort.has_two && let Some(splits) = splits(&cohort, &told) {
            let (levels, all) = &splits;
            prop_assert!(all.contains(&levels.map(|level| cohort.cells[level])), "the truth is among them");
            prop_assert_eq!(solved(&splits), None);
        }
    }
}

/// 400 and 300 people are shown; doubtful are 5 people, 3 of them with the outcome, and cedar is hidden with them.
fn small() -> Cohort {
    Cohort::of_one([[200, 200], [100, 200], [12, 28], [3, 2], [0, 0]])
}

#[test]
fn two_odds_ratios_of_hidden_levels_would_give_their_five_people() {
    let cohort = small();
    let mut told = cohort.told().unwrap();
    let silent = splits(&cohort, &told).unwrap();
    assert!(silent.1.len() > 400 && solved(&silent).is_none(), "{}", silent.1.len());
    for (level, ratio) in [("cedar", 0.429), ("doubtful", 1.5)] {
        let rows = told["variables"][0]["levels"].as_array_mut().unwrap();
        rows.iter_mut().find(|row| row["level"] == level).unwrap()["adjusted"] =
            serde_json::json!({ "value": ratio });
    }
    assert_eq!(solved(&splits(&cohort, &told).unwrap()).unwrap(), "5 people of doubtful");
}

#[test]
fn the_people_of_an_analysis_would_give_those_it_leaves_out() {
    let cohort = Cohort::of_one([[200, 200], [100, 200], [30, 40], [20, 20], [2, 4]]);
    let mut told = cohort.told().unwrap();
    assert_eq!(Sums::of(&cohort, &told).solved(), None);
    assert!(analysis(&told, "complete cases")["n"].is_null() && analysis(&told, "only birch")["n"] == 300);
    for (name, n) in [("complete cases", 810), ("only doubtful", 40)] {
        let analyses = told["sensitivity"].as_array_mut().unwrap();
        analyses.iter_mut().find(|it| it["name"] == name).unwrap()["n"] = serde_json::json!(n);
        assert_eq!(Sums::of(&cohort, &told).solved().unwrap(), "6 people of missing");
        told = cohort.told().unwrap();
    }
}

#[test]
fn a_hidden_level_of_which_all_have_the_outcome_is_not_named() {
    let cohort = Cohort::of_one([[200, 200], [100, 200], [12, 28], [3, 0], [0, 0]]);
    let told = cohort.told().unwrap();
    let warnings = told["warnings"].to_string();
    assert!(
        warnings.contains("levels of which not all are shown") && !warnings.contains("doubtful"),
        "{warnings}"
    );
    // Where its counts are shown, so is its name.
    let shown = Cohort::of_one([[200, 200], [100, 200], [12, 28], [30, 0], [0, 0]]).told().unwrap();
    assert!(shown["warnings"].to_string().contains("one \\\"doubtful\\\""), "{}", shown["warnings"]);
}

#[test]
fn a_model_of_one_covariate_tells_only_what_its_table_does() {
    let told = small().told().unwrap();
    assert!(told["c_statistic"].is_null() && told["calibration"].as_array().unwrap().is_empty());
    assert!(told["variables"][0]["test"].is_null() && told["variables"][0]["difference"].is_null());
    let birch = &told["variables"][0]["levels"][1];
    assert_eq!((&birch["crude"]["value"], &birch["adjusted"]), (&serde_json::json!(0.5), &Value::Null));
    let whole = Cohort::of_one([[200, 200], [100, 200], [12, 28], [30, 20], [0, 0]]).told().unwrap();
    assert_eq!(whole["variables"][0]["levels"][1]["adjusted"]["value"], serde_json::json!(0.5));
    assert_eq!(
        whole["calibration"].as_array().unwrap().iter().map(|it| it["n"].as_u64()).sum::<Option<u64>>(),
        Some(790)
    );
}

#[test]
fn stages_hide_what_the_table_hides() {
    // Doubtful and birch would be the others of the stages; the table tells birch.
    let cohort = Cohort::of_one([[200, 200], [15, 0], [100, 60], [9, 0], [40, 30]]);
    let told = cohort.told().unwrap();
    assert_eq!(Sums::of(&cohort, &told).solved(), None);
}

#[test]
fn two_bandings_of_one_number_would_give_the_people_between_their_ends() {
    // 495 people of whom 184 wrote are younger than 10, 500 of whom 186 wrote are younger than 15.
    let counts = [[184, 311], [2, 3], [90, 110], [40, 60], [50, 50], [0, 0]];
    let cohort = Cohort::of_bands(counts);
    let mut told = cohort.told().unwrap();
    assert_eq!(Sums::of(&cohort, &told).solved(), None);
    assert!(told["variables"][0]["levels"][0]["n"] == 495 && told["variables"][0]["levels"][1]["n"] == 205);
    let warnings = told["warnings"].to_string();
    assert!(warnings.contains("two: withheld, since few people would follow"), "{warnings}");
    let oak = &mut told["variables"][1]["levels"][0];
    assert!(oak["level"] == "oak" && oak["n"].is_null() && oak["crude"].is_null(), "{oak}");
    oak["n"] = serde_json::json!(500);
    assert_eq!(Sums::of(&cohort, &told).solved().unwrap(), "5 people of birch and oak");
    // Where many are between the ends, both are shown.
    let both = Cohort::of_bands([[184, 311], [20, 30], [90, 110], [40, 60], [50, 50], [0, 0]]);
    let told = both.told().unwrap();
    assert_eq!(told["variables"][1]["levels"][0]["n"], 545);
}

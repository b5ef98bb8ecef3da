//! A cohort of one or two covariates, a protocol for it, and its whole report in every form.

use serde_json::Value;
use study::grouped::{Cell, Grouped, Variable};
use study::grouped_file::GroupedFile;
use study::protocol::{Protocol, STAGES};
use study::report::{Material, Provenance, build, files};

pub const ONE: [&str; 5] = ["alder", "birch", "cedar", "doubtful", "missing"];
pub const TWO: [&str; 3] = ["oak", "pine", "missing"];
const CLUSTERS: u32 = 3;

/// The common levels of two bandings of one number: the first ends at 10, 20 and 30, the second at 15.
pub const COMMON: [[usize; 2]; 6] = [[0, 0], [1, 0], [1, 1], [2, 1], [3, 1], [4, 2]];
const BANDS: [&str; 2] = [
    "[{ name = \"alder\", below = 10 }, { name = \"birch\", below = 20 }, { name = \"cedar\", below = 30 }, { name = \"doubtful\" }]",
    "[{ name = \"oak\", below = 15 }, { name = \"pine\" }]",
];

/// Events and non-events of each pattern: level of the first covariate by level of the second, if there is one.
#[derive(Clone, Debug)]
pub struct Cohort {
    pub has_two: bool,
    /// Whether the two are bandings of one number, so that most patterns cannot be.
    pub is_one_column: bool,
    pub cells: Vec<[u64; 2]>,
}

impl Cohort {
    pub fn of_one(levels: [[u64; 2]; 5]) -> Cohort {
        Cohort { has_two: false, is_one_column: false, cells: levels.to_vec() }
    }

    /// Of two bandings, with these counts in the levels of [`COMMON`].
    pub fn of_bands(counts: [[u64; 2]; 6]) -> Cohort {
        let mut cells = vec![[0, 0]; ONE.len() * TWO.len()];
        for ([one, two], counts) in COMMON.iter().zip(counts) {
            cells[one * TWO.len() + two] = counts;
        }
        Cohort { has_two: true, is_one_column: true, cells }
    }

    /// Whether anybody can have a cell's levels.
    pub fn is_possible(&self, cell: usize) -> bool {
        !self.is_one_column || COMMON.iter().any(|levels| *levels == self.levels(cell)[..])
    }

    pub fn variables(&self) -> Vec<(&'static str, Vec<&'static str>)> {
        let two = self.has_two.then(|| ("two", TWO.to_vec()));
        [("one", ONE.to_vec())].into_iter().chain(two).collect()
    }

    /// The levels of a cell.
    pub fn levels(&self, cell: usize) -> Vec<usize> {
        if self.has_two { vec![cell / TWO.len(), cell % TWO.len()] } else { vec![cell] }
    }

    /// Events and non-events of the cells that are meant.
    pub fn sum(&self, is_meant: impl Fn(&[usize]) -> bool) -> [u64; 2] {
        let meant = (0..self.cells.len()).filter(|cell| is_meant(&self.levels(*cell)));
        meant.map(|cell| self.cells[cell]).fold([0, 0], |a, b| [a[0] + b[0], a[1] + b[1]])
    }

    /// With `stages` nobody takes a stage: only who there is, is told.
    fn grouped(&self, stages: bool) -> Grouped {
        let mut variables = self.variables();
        variables.extend(stages.then(|| (STAGES, vec!["no", "yes"])));
        let variable = |(name, levels): &(&str, Vec<&str>)| Variable {
            name: (*name).to_owned(),
            levels: levels.iter().map(|level| (*level).to_owned()).collect(),
        };
        let pattern = |cell: usize| {
            let last = stages.then_some(0);
            self.levels(cell).into_iter().chain(last).map(|level| level as u16).collect()
        };
        let part = |count: u64, cluster: u32| (count as u32 + cluster) / CLUSTERS;
        let places = (0..CLUSTERS).flat_map(|cluster| (0..self.cells.len()).map(move |at| (cluster, at)));
        let cells = places.map(|(cluster, at)| {
            let [events, others] = self.cells[at].map(|count| part(count, cluster));
            Cell { cluster, pattern: at as u32, n: events + others, events }
        });
        let mut grouped = Grouped {
            outcome: "wrote".into(),
            cluster_name: "provider".into(),
            variables: variables.iter().map(variable).collect(),
            clusters: (0..CLUSTERS).map(|cluster| format!("p{cluster}")).collect(),
            patterns: (0..self.cells.len()).map(pattern).collect(),
            cells: cells.filter(|cell| cell.n > 0).collect(),
        };
        grouped.drop_unused();
        grouped
    }

    fn protocol(&self) -> Protocol {
        let mut text = HEAD.to_owned();
        for (name, levels) in self.variables() {
            let levels = &levels[..levels.len() - 1];
            let coding = match self.is_one_column {
                true => format!("column = \"years\"\nbands = {}", BANDS[usize::from(name == "two")]),
                false => format!("levels = {levels:?}"),
            };
            text.push_str(&format!("[[covariate]]\nname = {name:?}\nlabel = {name:?}\n{coding}\n"));
            for level in levels {
                text.push_str(&format!(
                    "[[sensitivity]]\nname = \"only {level}\"\nvariable = {name:?}\nlevels = [{level:?}]\n"
                ));
            }
        }
        if self.has_two {
            text.push_str("[[sensitivity]]\nname = \"without two\"\nwithout = \"two\"\n");
        }
        Protocol::parse(&text, "attacked.toml").unwrap()
    }

    /// The files of the report in published grade; none where no model can be fitted.
    pub fn report(&self) -> Option<Vec<(&'static str, String)>> {
        let (protocol, grouped) = (self.protocol(), self.grouped(false));
        let file = GroupedFile {
            sites: Vec::new(),
            definition: String::new(),
            hash: String::new(),
            found: vec![false; grouped.variables.len()],
            rows: grouped.rows(),
            left: Vec::new(),
            grouped,
        };
        let others = [(STAGES.to_owned(), Ok(self.grouped(true)))];
        let provenance = Provenance::default();
        let report =
            build(&Material { protocol: &protocol, file: &file, others: &others, provenance: &provenance });
        Some(files(&report.ok()?).unwrap())
    }

    /// The report as JSON.
    pub fn told(&self) -> Option<Value> {
        Some(json(&self.report()?))
    }
}

/// The report as JSON, out of its files.
pub fn json(files: &[(&str, String)]) -> Value {
    let (_, text) = files.iter().find(|(name, _)| *name == "report.json").unwrap();
    serde_json::from_str(text).unwrap()
}

const HEAD: &str = r#"
format = 1
name = "attacked"
title = "Attacked"
question = "Who follows from this report?"
[outcome]
column = "wrote"
label = "wrote"
definition = "Wrote."
[cluster]
column = "provider"
label = "provider"
[missing]
policy = "level"
[[stage]]
name = "never"
column = "never"
[[sensitivity]]
name = "complete cases"
missing = "complete-case"
"#;

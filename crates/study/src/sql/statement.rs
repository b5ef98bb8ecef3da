//! The statement. Its columns: `step` (0 is in the cohort, otherwise the number of the step that left the rows out, or
//! below 0 that of the use whose value is malformed), `cluster_id`, `v1` to `vN` as text, `n`, `events`, `design` (what
//! was asked). As in a file, a malformed value counts whether or not its row is eligible.

use super::dialect::Dialect;
use crate::source::{Band, Coding, Columns, Condition, Covariate, MISSING_LEVEL, Missing, Test};
use std::fmt::Write;

/// How much of the hash of what was asked the answer repeats.
const DESIGN_DIGITS: usize = 12;

/// What was asked, as the answer repeats it.
pub fn design(columns: &Columns) -> String {
    columns.hash().chars().take(DESIGN_DIGITS).collect()
}

/// The statement over a table, or over `(QUERY)`.
pub fn statement(columns: &Columns, from: &str, dialect: Dialect) -> String {
    let statement = Statement { columns, read: read(columns), dialect };
    let (values, numbers) = (statement.values(), statement.numbers());
    let (steps, levels) = (statement.steps(), statement.levels());
    let (outcome, cluster) = (statement.text(&columns.outcome), statement.text(&columns.cluster));
    let count = dialect.count();
    let mut outer = vec!["CASE WHEN step = 0 THEN cluster_value END AS cluster_id".to_owned()];
    let kept = |at: usize| format!("CASE WHEN step = 0 THEN value_{at} END AS v{at}");
    outer.extend((1..=columns.covariates.len()).map(kept));
    let keys: Vec<String> = (1..=outer.len() + 1).map(|at| at.to_string()).collect();
    format!(
        "WITH texts AS (\n  SELECT\n{values}\n  FROM {from}\n),\n\
         numbers AS (\n  SELECT\n    texts.*{numbers}\n  FROM texts\n),\n\
         judged AS (\n  SELECT\n    CASE\n{steps}      ELSE 0\n    END AS step,\n    \
         CASE WHEN LOWER({outcome}) IN ('1', 'true') THEN 1 ELSE 0 END AS happened,\n    \
         {cluster} AS cluster_value{levels}\n  FROM numbers\n)\n\
         SELECT\n  CAST(step AS {count}) AS step,\n  {},\n  COUNT(*) AS n,\n  CAST(SUM(happened) AS {count}) AS events,\n  \
         '{}' AS design\nFROM judged\nGROUP BY {}\n",
        outer.join(",\n  "),
        design(columns),
        keys.join(", ")
    )
}

/// Each column once.
fn read(columns: &Columns) -> Vec<&str> {
    let mut read = Vec::new();
    for column in columns.uses() {
        if !read.contains(&column) {
            read.push(column);
        }
    }
    read
}

struct Statement<'a> {
    columns: &'a Columns,
    read: Vec<&'a str>,
    dialect: Dialect,
}

impl Statement<'_> {
    fn place(&self, column: &str) -> usize {
        self.read.iter().position(|it| *it == column).unwrap_or_default() + 1
    }

    fn text(&self, column: &str) -> String {
        format!("t{}", self.place(column))
    }

    /// A covariate's value; where levels are found, the word for a missing one is one.
    fn covariate(&self, covariate: &Covariate) -> String {
        let text = self.text(&covariate.column);
        match covariate.coding {
            Coding::Found => format!("NULLIF({text}, {})", self.dialect.text(MISSING_LEVEL)),
            _ => text,
        }
    }

    fn number(&self, column: &str) -> String {
        format!("n{}", self.place(column))
    }

    fn values(&self) -> String {
        let value = |column: &&str| {
            let value = self.dialect.value(column, &self.columns.missing_values);
            format!("    {value} AS {}", self.text(column))
        };
        self.read.iter().map(value).collect::<Vec<_>>().join(",\n")
    }

    fn numbers(&self) -> String {
        let conditions = self.columns.conditions.iter().filter(|it| is_range(it)).map(|it| &it.column);
        let covariates = self.columns.covariates.iter().filter(|it| matches!(it.coding, Coding::Bands(_)));
        let mut wanted: Vec<&String> = conditions.chain(covariates.map(|it| &it.column)).collect();
        wanted.sort_by_key(|column| self.place(column));
        wanted.dedup();
        let number = |column: &String| {
            let number = self.dialect.number(&self.text(column));
            format!(",\n    {number} AS {}", self.number(column))
        };
        wanted.into_iter().map(number).collect()
    }

    fn steps(&self) -> String {
        let mut text = String::new();
        let malformed = self.columns.uses().into_iter().zip(1..).zip(self.malformed());
        for ((column, number), condition) in malformed {
            let Some(condition) = condition else { continue };
            let _ =
                writeln!(text, "      WHEN {condition} THEN -{number} -- malformed: {}", one_line(column));
        }
        for ((condition, wording), number) in self.left_out().into_iter().zip(1..) {
            let _ = writeln!(text, "      WHEN {condition} THEN {number} -- {wording}");
        }
        text
    }

    /// Of each use: when its value is malformed, if it can be.
    fn malformed(&self) -> Vec<Option<String>> {
        let no_number =
            |column: &str| format!("{} IS NOT NULL AND {} IS NULL", self.text(column), self.number(column));
        let condition = |it: &Condition| is_range(it).then(|| no_number(&it.column));
        let outcome =
            format!("LOWER({}) NOT IN ('0', '1', 'false', 'true')", self.text(&self.columns.outcome));
        let covariate = |it: &Covariate| match &it.coding {
            Coding::Found => None,
            Coding::Levels(levels) => {
                let values: Vec<&String> = levels.iter().flat_map(|level| &level.values).collect();
                Some(format!("{} NOT IN ({})", self.text(&it.column), self.dialect.list(&values)))
            }
            Coding::Bands(bands) => Some(match bands.last().and_then(|band| band.below) {
                None => no_number(&it.column),
                Some(end) => {
                    let (text, number) = (self.text(&it.column), self.number(&it.column));
                    format!("{text} IS NOT NULL AND ({number} < {end}) IS NOT TRUE")
                }
            }),
        };
        let conditions = self.columns.conditions.iter().map(condition);
        let covariates = self.columns.covariates.iter().map(covariate);
        conditions.chain([Some(outcome), None]).chain(covariates).collect()
    }

    /// When a row is left out at each step, in the order of [`crate::source::Left`], and in words.
    fn left_out(&self) -> Vec<(String, String)> {
        let conditions = self.columns.conditions.iter().map(|condition| {
            let (text, number) = (self.text(&condition.column), self.number(&condition.column));
            let test = match &condition.test {
                Test::AtLeast(least) => format!("{number} >= {least}"),
                Test::AtMost(most) => format!("{number} <= {most}"),
                Test::OneOf(values) => format!("{text} IN ({})", self.dialect.list(values)),
            };
            (format!("({test}) IS NOT TRUE"), format!("not: {}", one_line(&condition.name)))
        });
        let missing = |column: &str| {
            (format!("{} IS NULL", self.text(column)), format!("missing: {}", one_line(column)))
        };
        let absent = |covariate: &Covariate| {
            let value = self.covariate(covariate);
            (format!("{value} IS NULL"), format!("missing: {}", one_line(&covariate.column)))
        };
        let never = |column: &str| ("1 = 0".to_owned(), format!("a missing {} is a level", one_line(column)));
        let covariates = self.columns.covariates.iter().map(|covariate| match covariate.missing {
            Missing::Level => never(&covariate.column),
            _ => absent(covariate),
        });
        let two = [missing(&self.columns.outcome), missing(&self.columns.cluster)];
        conditions.chain(two).chain(covariates).collect()
    }

    /// The value as it is, which the reader of the answer codes; numbers as their band.
    fn levels(&self) -> String {
        let level = |(covariate, at): (&Covariate, usize)| {
            let level = match &covariate.coding {
                Coding::Bands(bands) => self.band(&self.number(&covariate.column), bands),
                _ => self.covariate(covariate),
            };
            format!(",\n    {level} AS value_{at}")
        };
        self.columns.covariates.iter().zip(1..).map(level).collect()
    }

    fn band(&self, number: &str, bands: &[Band]) -> String {
        let mut text = format!("CASE WHEN {number} IS NULL THEN NULL");
        for band in bands {
            let name = self.dialect.text(&band.name);
            let _ = match band.below {
                Some(below) => write!(text, " WHEN {number} < {below} THEN {name}"),
                None => write!(text, " ELSE {name}"),
            };
        }
        text.push_str(" END");
        text
    }
}

fn is_range(condition: &Condition) -> bool {
    !matches!(condition.test, Test::OneOf(_))
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

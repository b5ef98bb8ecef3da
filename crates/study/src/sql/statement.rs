//! The statement. Its columns: `step` (0 is in the cohort, otherwise the number of the step that left the rows
//! out, -1 a malformed outcome), `cluster_id`, `v1` to `vN` as text, `n`, `events`.

use crate::source::{Coding, Columns, Covariate, MISSING_LEVEL, Missing, Test};
use std::fmt::Write;

/// Whose SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Postgres,
    Spark,
    BigQuery,
    DuckDb,
}

impl Dialect {
    fn name(self, name: &str) -> String {
        match self {
            Dialect::Postgres | Dialect::DuckDb => format!("\"{}\"", name.replace('"', "\"\"")),
            Dialect::Spark => format!("`{}`", name.replace('`', "``")),
            Dialect::BigQuery => format!("`{}`", name.replace('\\', "\\\\").replace('`', "\\`")),
        }
    }

    fn text(self, text: &str) -> String {
        match self {
            Dialect::Postgres | Dialect::DuckDb => format!("'{}'", text.replace('\'', "''")),
            Dialect::Spark | Dialect::BigQuery => {
                format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
            }
        }
    }

    /// A column's value as text; null where it means "missing".
    fn value(self, column: &str, columns: &Columns) -> String {
        let kind = match self {
            Dialect::Postgres => "TEXT",
            Dialect::DuckDb => "VARCHAR",
            Dialect::Spark | Dialect::BigQuery => "STRING",
        };
        let mut value = format!("NULLIF(CAST({} AS {kind}), '')", self.name(column));
        for missing in &columns.missing_values {
            value = format!("NULLIF({value}, {})", self.text(missing));
        }
        value
    }

    /// A covariate's value; where levels are found, the word for a missing one is one.
    fn covariate(self, covariate: &Covariate, columns: &Columns) -> String {
        let value = self.value(&covariate.column, columns);
        match covariate.coding {
            Coding::Found => format!("NULLIF({value}, {})", self.text(MISSING_LEVEL)),
            _ => value,
        }
    }

    /// A column's value as a number.
    fn number(self, column: &str, columns: &Columns) -> String {
        let kind = match self {
            Dialect::BigQuery => "FLOAT64",
            Dialect::Postgres => "DOUBLE PRECISION",
            Dialect::Spark | Dialect::DuckDb => "DOUBLE",
        };
        format!("CAST({} AS {kind})", self.value(column, columns))
    }

    fn list(self, values: &[String]) -> String {
        values.iter().map(|value| self.text(value)).collect::<Vec<_>>().join(", ")
    }
}

/// The statement over a table, or over `(QUERY)`.
pub fn statement(columns: &Columns, from: &str, dialect: Dialect) -> String {
    let mut inner = String::new();
    let _ = writeln!(inner, "    CASE");
    for (number, (condition, wording)) in steps(columns, dialect).into_iter().enumerate() {
        let _ = writeln!(inner, "      WHEN {condition} THEN {} -- {wording}", number + 1);
    }
    let outcome = format!("LOWER({})", dialect.value(&columns.outcome, columns));
    let _ = writeln!(inner, "      WHEN {outcome} NOT IN ('0', '1', 'false', 'true') THEN -1");
    let _ = writeln!(inner, "      ELSE 0\n    END AS step,");
    let _ = writeln!(inner, "    CASE WHEN {outcome} IN ('1', 'true') THEN 1 ELSE 0 END AS happened,");
    let _ = write!(inner, "    {} AS cluster_value", dialect.value(&columns.cluster, columns));
    for (at, covariate) in columns.covariates.iter().enumerate() {
        let _ = write!(inner, ",\n    {} AS value_{}", level(covariate, columns, dialect), at + 1);
    }
    let kept = |value: &str, name: &str| format!("  CASE WHEN step = 0 THEN {value} END AS {name}");
    let mut outer = vec![kept("cluster_value", "cluster_id")];
    outer.extend((1..=columns.covariates.len()).map(|at| kept(&format!("value_{at}"), &format!("v{at}"))));
    let count = match dialect {
        Dialect::BigQuery => "INT64",
        _ => "BIGINT",
    };
    let keys: Vec<String> = (1..=outer.len() + 1).map(|at| at.to_string()).collect();
    format!(
        "SELECT\n  CAST(step AS {count}) AS step,\n{},\n  COUNT(*) AS n,\n  CAST(SUM(happened) AS {count}) AS events\n\
         FROM (\n  SELECT\n{inner}\n  FROM {from}\n) AS judged\nGROUP BY {}\n",
        outer.join(",\n"),
        keys.join(", ")
    )
}

/// When a row is left out at each step, in the order of [`crate::source::Left`], and in words.
fn steps(columns: &Columns, dialect: Dialect) -> Vec<(String, String)> {
    let conditions = columns.conditions.iter().map(|condition| {
        let number = dialect.number(&condition.column, columns);
        let value = dialect.value(&condition.column, columns);
        let test = match &condition.test {
            Test::AtLeast(least) => format!("{number} >= {least}"),
            Test::AtMost(most) => format!("{number} <= {most}"),
            Test::OneOf(values) => format!("{value} IN ({})", dialect.list(values)),
        };
        (format!("({test}) IS NOT TRUE"), format!("not: {}", one_line(&condition.name)))
    });
    let missing = |column: &str| {
        (format!("{} IS NULL", dialect.value(column, columns)), format!("missing: {}", one_line(column)))
    };
    let absent = |covariate: &Covariate| {
        let value = dialect.covariate(covariate, columns);
        (format!("{value} IS NULL"), format!("missing: {}", one_line(&covariate.column)))
    };
    let never = |column: &str| ("1 = 0".to_owned(), format!("a missing {} is a level", one_line(column)));
    let covariates = columns.covariates.iter().map(|covariate| match covariate.missing {
        Missing::Level => never(&covariate.column),
        _ => absent(covariate),
    });
    conditions.chain([missing(&columns.outcome), missing(&columns.cluster)]).chain(covariates).collect()
}

/// The value as it is, which the reader of the answer codes; numbers as their band.
fn level(covariate: &Covariate, columns: &Columns, dialect: Dialect) -> String {
    let Coding::Bands(bands) = &covariate.coding else { return dialect.covariate(covariate, columns) };
    let number = dialect.number(&covariate.column, columns);
    let mut text = format!("CASE WHEN {number} IS NULL THEN NULL");
    for band in bands {
        let name = dialect.text(&band.name);
        match band.below {
            Some(below) => {
                let _ = write!(text, " WHEN {number} < {below} THEN {name}");
            }
            None => {
                let _ = write!(text, " ELSE {name}");
            }
        }
    }
    text.push_str(" END");
    text
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

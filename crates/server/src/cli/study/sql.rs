//! `samechart study sql`: the grouping as one statement for the engine that holds the rows.

use super::input::Design;
use crate::cli::outcome::{Failure, Outcome};
use clap::{Args, ValueEnum};
use serde_json::json;
use study::sql::{Dialect, statement};

#[derive(Debug, Args)]
pub struct Sql {
    #[command(flatten)]
    design: Design,
    #[arg(long, value_enum)]
    dialect: Engine,
    /// The table, as the statement names it.
    #[arg(long, default_value = "cohort", value_name = "NAME")]
    table: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Engine {
    Postgres,
    Spark,
    #[value(name = "bigquery")]
    BigQuery,
    #[value(name = "duckdb")]
    DuckDb,
}

/// Comments, so that all that is printed is one statement.
const NEXT: &str = "\
-- Save its rows as CSV with a header, nulls as empty fields, say as rows.csv. Then, with the same --protocol (or
-- --outcome, --cluster and --covariate):
--   samechart study group --answer rows.csv --protocol ... --out grouped.json
--   samechart study fit --input grouped.json --protocol ...     (or study run, for a report)
";

pub fn run(arguments: &Sql) -> Result<Outcome, Failure> {
    let planned = arguments.design.plan()?;
    let dialect = match arguments.dialect {
        Engine::Postgres => Dialect::Postgres,
        Engine::Spark => Dialect::Spark,
        Engine::BigQuery => Dialect::BigQuery,
        Engine::DuckDb => Dialect::DuckDb,
    };
    let sql = statement(&planned.columns, &arguments.table, dialect);
    Ok(Outcome::done(format!("{NEXT}{sql}"), json!({ "sql": sql })))
}

//! What differs between the engines: names, texts, types, and how a value becomes the text or number that the reader of
//! files would see.

/// A number as a file writes it; infinity is none.
const NUMBER: &str = "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$";

/// Whose SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Postgres,
    Spark,
    BigQuery,
    DuckDb,
}

impl Dialect {
    pub fn name(self, name: &str) -> String {
        match self {
            Dialect::Postgres | Dialect::DuckDb => format!("\"{}\"", name.replace('"', "\"\"")),
            Dialect::Spark => format!("`{}`", name.replace('`', "``")),
            Dialect::BigQuery => format!("`{}`", name.replace('\\', "\\\\").replace('`', "\\`")),
        }
    }

    pub fn text(self, text: &str) -> String {
        match self {
            Dialect::Postgres | Dialect::DuckDb => format!("'{}'", text.replace('\'', "''")),
            Dialect::Spark | Dialect::BigQuery => {
                format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
            }
        }
    }

    pub fn list<S: AsRef<str>>(self, values: &[S]) -> String {
        values.iter().map(|value| self.text(value.as_ref())).collect::<Vec<_>>().join(", ")
    }

    /// The type of a count.
    pub fn count(self) -> &'static str {
        match self {
            Dialect::BigQuery => "INT64",
            _ => "BIGINT",
        }
    }

    /// A column's value as text; null where it means "missing". Of fractions a whole one is written as such, and one
    /// that is not a number is missing, as in a Parquet file.
    pub fn value(self, column: &str, missing: &[String]) -> String {
        let name = self.name(column);
        let text = format!("CAST({name} AS {})", self.texts());
        let plain = format!("NULLIF({text}, '')");
        let whole = format!("REGEXP_REPLACE({text}, '[.]0+$', '')");
        let kind = |of: &str, fractions: &str, nan: &str| {
            format!("CASE WHEN {of} IN ({fractions}) THEN NULLIF({whole}, '{nan}') ELSE {plain} END")
        };
        let mut value = match self {
            Dialect::Postgres => {
                let of = format!("CAST(pg_typeof({name}) AS TEXT)");
                kind(&of, "'double precision', 'real', 'numeric'", "NaN")
            }
            Dialect::Spark => {
                kind(&format!("SUBSTRING(TYPEOF({name}), 1, 5)"), "'doubl', 'float', 'decim'", "NaN")
            }
            Dialect::DuckDb => {
                kind(&format!("SUBSTRING(TYPEOF({name}), 1, 5)"), "'DOUBL', 'FLOAT', 'DECIM'", "nan")
            }
            // It writes whole fractions so itself, but does not tell a value's type.
            Dialect::BigQuery => format!("NULLIF({plain}, 'NaN')"),
        };
        for missing in missing {
            value = format!("NULLIF({value}, {})", self.text(missing));
        }
        value
    }

    /// A text as a number; null where it is none.
    pub fn number(self, text: &str) -> String {
        let is_number = match self {
            Dialect::Postgres => format!("{text} ~ '{NUMBER}'"),
            Dialect::DuckDb => format!("REGEXP_MATCHES({text}, '{NUMBER}')"),
            Dialect::Spark => format!("{text} RLIKE '{NUMBER}'"),
            Dialect::BigQuery => format!("REGEXP_CONTAINS({text}, '{NUMBER}')"),
        };
        let kind = match self {
            Dialect::BigQuery => "FLOAT64",
            Dialect::Postgres => "DOUBLE PRECISION",
            Dialect::Spark | Dialect::DuckDb => "DOUBLE",
        };
        format!("CASE WHEN {is_number} THEN CAST({text} AS {kind}) END")
    }

    fn texts(self) -> &'static str {
        match self {
            Dialect::Postgres => "TEXT",
            Dialect::DuckDb => "VARCHAR",
            Dialect::Spark | Dialect::BigQuery => "STRING",
        }
    }
}

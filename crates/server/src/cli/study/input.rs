//! Which rows are studied and how their columns are read: by a protocol, or named one by one.

use super::database;
use crate::cli::outcome::Failure;
use clap::{Args, ValueEnum};
use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use study::grouped_file::{self, GroupedFile};
use study::protocol::Protocol;
use study::source::{Columns, Covariate, Limits, MISSING_LEVEL, Missing, Progress, ReadError, Reading, read};

/// A file and its columns.
#[derive(Debug, Args)]
pub struct Input {
    /// Rows as CSV or Parquet, or a grouped.json; without it the rows of a database.
    #[arg(long, value_name = "FILE")]
    pub input: Option<PathBuf>,
    #[command(flatten)]
    pub rows: Rows,
    #[command(flatten)]
    pub design: Design,
    /// Memory for the counts in MiB; beyond it they are written to temporary files.
    #[arg(long, default_value_t = 1024, value_name = "MIB")]
    pub memory: usize,
}

/// Rows in a database.
#[derive(Debug, Default, Args)]
pub struct Rows {
    /// A PostgreSQL database that holds the rows; it groups them and only counts come back.
    #[arg(long, value_name = "URL", env = "SAMECHART_STUDY_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// The table or view of the rows.
    #[arg(long, value_name = "NAME", requires = "database", conflicts_with_all = ["query", "input"])]
    pub table: Option<String>,
    /// A query that gives the rows.
    #[arg(long, value_name = "SQL", requires = "database", conflicts_with = "input")]
    pub query: Option<String>,
}

/// A protocol, or outcome, cluster and covariates. Counts hold theirs: what is named must be what they hold.
#[derive(Debug, Default, Args)]
pub struct Design {
    /// A protocol; it names outcome, cluster and covariates.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["outcome", "cluster", "covariate"])]
    pub protocol: Option<PathBuf>,
    /// The column of the outcome: 0, 1, true or false.
    #[arg(long, value_name = "COLUMN")]
    pub outcome: Option<String>,
    /// The column whose values share errors: a provider, a clinic.
    #[arg(long, value_name = "COLUMN")]
    pub cluster: Option<String>,
    /// A covariate; without levels they are those found, sorted, and the first is the reference.
    #[arg(long, value_name = "NAME[:REFERENCE|LEVEL|LEVEL]")]
    pub covariate: Vec<String>,
    /// What a missing value is, where no protocol says it: refused, if not told otherwise.
    #[arg(long, value_enum, conflicts_with = "protocol")]
    pub missing: Option<Policy>,
}

/// What a missing value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Policy {
    /// An error.
    Refuse,
    /// A level of its own.
    Level,
    /// A row less.
    CompleteCase,
}

/// What is read.
pub struct Planned {
    pub protocol: Option<Protocol>,
    pub columns: Columns,
}

impl Design {
    /// Of rows, whose outcome and cluster must be named.
    pub fn plan(&self) -> Result<Planned, Failure> {
        if self.protocol.is_none() && (self.outcome.is_none() || self.cluster.is_none()) {
            return Err(Failure::usage("--protocol is needed, or --outcome and --cluster"));
        }
        self.plan_named()
    }

    /// Of counts, which hold what is not named.
    fn plan_counts(&self) -> Result<Planned, Failure> {
        if self.missing.is_some() {
            return Err(Failure::usage(
                "--missing is for rows: counts hold what was done with missing values",
            ));
        }
        self.plan_named()
    }

    fn plan_named(&self) -> Result<Planned, Failure> {
        if let Some(path) = &self.protocol {
            let protocol = read_protocol(path)?;
            let columns = protocol.columns();
            return Ok(Planned { protocol: Some(protocol), columns });
        }
        let missing = match self.missing {
            None | Some(Policy::Refuse) => Missing::Refuse,
            Some(Policy::Level) => Missing::Level,
            Some(Policy::CompleteCase) => Missing::CompleteCase,
        };
        let covariates = self.covariate.iter().map(|text| covariate(text, missing));
        let columns = Columns {
            outcome: self.outcome.clone().unwrap_or_default(),
            cluster: self.cluster.clone().unwrap_or_default(),
            covariates: covariates.collect::<Result<Vec<_>, Failure>>()?,
            missing,
            ..Columns::default()
        };
        check_names(&columns)?;
        Ok(Planned { protocol: None, columns })
    }
}

impl Input {
    /// The file of counts, where it is one.
    pub fn counts(&self) -> Option<&PathBuf> {
        self.input.as_ref().filter(|input| grouped_file::is_grouped(input))
    }

    pub fn plan(&self) -> Result<Planned, Failure> {
        if self.counts().is_some() { self.design.plan_counts() } else { self.design.plan() }
    }

    /// Reads rows or counts; `site` goes before each cluster of rows.
    pub fn read(&self, planned: &Planned, site: &str) -> Result<GroupedFile, Failure> {
        let protocol = planned.protocol.as_ref();
        let reading = match &self.input {
            Some(input) if grouped_file::is_grouped(input) => {
                let file = grouped_file::read(input).map_err(|error| Failure::failed(error.to_string()))?;
                match protocol {
                    Some(protocol) => check_hash(input, &file, protocol)?,
                    None => check_counts(input, &file, &planned.columns)?,
                }
                return Ok(file);
            }
            Some(input) => read_rows(input, &planned.columns, self.memory)?,
            None => self.rows.read(&planned.columns)?,
        };
        Ok(GroupedFile::new(reading, &planned.columns, protocol, site))
    }
}

impl Rows {
    fn read(&self, columns: &Columns) -> Result<Reading, Failure> {
        let Some(url) = &self.database else { return Err(Failure::usage("--input or --database is needed")) };
        let from = match (&self.table, &self.query) {
            (Some(table), _) => table.clone(),
            (None, Some(query)) => format!("({}) AS cohort", query.trim().trim_end_matches(';')),
            (None, None) => return Err(Failure::usage("--database wants --table or --query beside it")),
        };
        database::read(url, &from, columns)
    }
}

/// Reads the rows of a file.
pub fn read_rows(path: &Path, columns: &Columns, memory_mib: usize) -> Result<Reading, Failure> {
    if !path.exists() {
        return Err(Failure::usage(format!("{}: there is no such file", path.display())));
    }
    read_again(path, columns, memory_mib).map_err(|error| Failure::failed(error.to_string()))
}

/// Reads the rows of a file that is there; why not, for whoever tells it in other words.
pub fn read_again(path: &Path, columns: &Columns, memory_mib: usize) -> Result<Reading, ReadError> {
    let limits = Limits { memory_bytes: memory_mib << 20, ..Limits::default() };
    let bar = bar();
    let result = read(path, columns, &limits, &|progress| advance(&bar, progress));
    bar.finish_and_clear();
    result
}

fn check_hash(input: &Path, file: &GroupedFile, protocol: &Protocol) -> Result<(), Failure> {
    let hash = protocol.hash();
    if hash == file.hash {
        return Ok(());
    }
    let (theirs, own) = (file.hash.chars().take(12).collect::<String>(), &hash[..12]);
    let input = input.display();
    Err(Failure::failed(format!("{input}: was grouped by another protocol ({theirs}, not {own})")))
}

/// Counts answer the question by which they were grouped and no other: what is named must be theirs.
fn check_counts(input: &Path, file: &GroupedFile, named: &Columns) -> Result<(), Failure> {
    let grouped = &file.grouped;
    let differs = |what: &str, theirs: &str, own: &str| {
        let input = input.display();
        Err(Failure::failed(format!("{input}: was grouped with the {what} {theirs}, not {own}")))
    };
    for (what, theirs, own) in
        [("outcome", &grouped.outcome, &named.outcome), ("cluster", &grouped.cluster_name, &named.cluster)]
    {
        if !own.is_empty() && own != theirs {
            return differs(what, theirs, own);
        }
    }
    let names = |mut names: Vec<&str>| {
        names.sort_unstable();
        names.join(", ")
    };
    let theirs = names(grouped.variables.iter().map(|variable| variable.name.as_str()).collect());
    let own = names(named.covariates.iter().map(|covariate| covariate.name.as_str()).collect());
    if !named.covariates.is_empty() && own != theirs {
        return differs("covariates", &theirs, &own);
    }
    for covariate in &named.covariates {
        let own = covariate.ordered_levels();
        let Some(variable) = grouped.variables.iter().find(|it| it.name == covariate.name) else { continue };
        let theirs = variable.levels.strip_suffix(&[MISSING_LEVEL.to_owned()]).unwrap_or(&variable.levels);
        if !own.is_empty() && own != theirs {
            return differs(&format!("levels of {}", covariate.name), &theirs.join(", "), &own.join(", "));
        }
    }
    Ok(())
}

/// Reads and checks a protocol; what is wrong with it is wrong use.
pub fn read_protocol(path: &Path) -> Result<Protocol, Failure> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| Failure::usage(format!("{name}: {error}")))?;
    Protocol::parse(&text, &name).map_err(|error| Failure::usage(error.to_string()))
}

/// `NAME` or `NAME:REFERENCE|LEVEL|LEVEL`.
fn covariate(text: &str, missing: Missing) -> Result<Covariate, Failure> {
    let (name, levels) = match text.split_once(':') {
        None => (text, Vec::new()),
        Some((name, levels)) => (name, levels.split('|').collect()),
    };
    let wrong = |reason: &str| Failure::usage(format!("--covariate '{text}': {reason}"));
    if name.is_empty() {
        return Err(wrong("names no column"));
    }
    if text.contains(':') && levels.len() < 2 {
        return Err(wrong("wants at least two levels, the reference first"));
    }
    if levels.iter().any(|level| level.is_empty()) {
        return Err(wrong("has an empty level"));
    }
    if levels.contains(&MISSING_LEVEL) {
        return Err(wrong("the level missing is kept for missing values; say --missing level"));
    }
    if levels.iter().enumerate().any(|(at, level)| levels[..at].contains(level)) {
        return Err(wrong("has a level twice"));
    }
    let covariate =
        if levels.is_empty() { Covariate::found(name) } else { Covariate::with_levels(name, &levels) };
    Ok(Covariate { missing, ..covariate })
}

fn check_names(columns: &Columns) -> Result<(), Failure> {
    let mut names = vec![&columns.outcome, &columns.cluster];
    names.extend(columns.covariates.iter().map(|covariate| &covariate.name));
    names.retain(|name| !name.is_empty());
    match names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
        Some((_, name)) => Err(Failure::usage(format!("the column {name} is named twice"))),
        None => Ok(()),
    }
}

/// On a terminal; elsewhere it stays silent.
fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {percent:>3} %  {msg}") {
        bar.set_style(style);
    }
    bar
}

fn advance(bar: &ProgressBar, progress: Progress) {
    bar.set_length(progress.bytes_total);
    bar.set_position(progress.bytes);
    let seconds = bar.elapsed().as_secs_f64().max(1e-3);
    let rate = progress.rows as f64 / seconds / 1e6;
    bar.set_message(format!(
        "{} rows, {rate:.1} million/s, {} left",
        HumanCount(progress.rows),
        HumanDuration(bar.eta())
    ));
}

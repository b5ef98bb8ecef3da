//! The rows that an engine gave back, saved as CSV with a header: columns in any order, nulls as empty fields.

use super::answer::{Answer, AnswerError, Row};
use super::statement::design;
use crate::source::{Columns, Reading};
use csv::StringRecord;
use std::path::{Path, PathBuf};

/// Why the rows are no cohort.
#[derive(Debug, thiserror::Error)]
pub enum RowsError {
    #[error("{}: {error}", file.display())]
    Csv { file: PathBuf, error: csv::Error },
    #[error("{}: {reason}", file.display())]
    Wrong { file: PathBuf, reason: String },
    #[error("{}: line {line}: {reason}", file.display())]
    Line { file: PathBuf, line: u64, reason: String },
    #[error(transparent)]
    Answer(#[from] AnswerError),
}

/// Reads the answer to the statement of these columns, in one file or, as some engines write it, in several.
pub fn read(files: &[PathBuf], columns: &Columns) -> Result<Reading, RowsError> {
    let mut answer = Answer::new(columns);
    for file in files {
        let wrong = |reason: String| RowsError::Wrong { file: file.clone(), reason };
        let csv = |error| RowsError::Csv { file: file.clone(), error };
        let mut table = csv::Reader::from_path(file).map_err(csv)?;
        let fields = Fields::find(table.headers().map_err(csv)?, columns).map_err(wrong)?;
        for record in table.records() {
            add(&mut answer, &fields, &record.map_err(csv)?, file)?;
        }
    }
    Ok(answer.finish()?)
}

fn add(answer: &mut Answer, fields: &Fields, record: &StringRecord, file: &Path) -> Result<(), RowsError> {
    let at = |reason: String| {
        let line = record.position().map_or(0, csv::Position::line);
        RowsError::Line { file: file.to_owned(), line, reason }
    };
    let row = fields.row(record).map_err(at)?;
    answer.row(&row).map_err(|error| match error {
        AnswerError::Impossible => at("no row of this statement's answer".to_owned()),
        other => other.into(),
    })
}

/// Where the answer's columns stand.
struct Fields {
    step: usize,
    cluster: usize,
    levels: Vec<usize>,
    n: usize,
    events: usize,
    design: usize,
    asked: String,
}

impl Fields {
    fn find(header: &StringRecord, columns: &Columns) -> Result<Fields, String> {
        let find = |name: &str| {
            let place = header.iter().position(|it| it.trim_start_matches('\u{feff}') == name);
            place.ok_or_else(|| format!("has no column {name}: is it the answer to what study sql prints?"))
        };
        let width = columns.covariates.len();
        let more = format!("v{}", width + 1);
        if header.iter().any(|name| name == more) {
            return Err(format!("has a column {more}, but there are {width} covariates"));
        }
        Ok(Fields {
            step: find("step")?,
            cluster: find("cluster_id")?,
            levels: (1..=width).map(|at| find(&format!("v{at}"))).collect::<Result<_, String>>()?,
            n: find("n")?,
            events: find("events")?,
            design: find("design")?,
            asked: design(columns),
        })
    }

    fn row(&self, record: &StringRecord) -> Result<Row, String> {
        let field = |at: usize| record.get(at).filter(|text| !text.is_empty());
        let count = |at: usize| {
            field(at)
                .and_then(|text| text.parse().ok())
                .ok_or_else(|| format!("field {} is no count", at + 1))
        };
        if field(self.design) != Some(&self.asked) {
            return Err("answers another question: print the statement again with these settings".to_owned());
        }
        Ok(Row {
            step: count(self.step)?,
            cluster: field(self.cluster).map(str::to_owned),
            levels: self.levels.iter().map(|at| field(*at).map(str::to_owned)).collect(),
            n: count(self.n)?,
            events: count(self.events)?,
        })
    }
}

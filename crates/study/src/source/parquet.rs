//! Parquet: dictionary or plain pages; plain, snappy, zstd or gzip; nullable columns. Workers take row groups
//! in turn, each through a file handle of its own, since handles share one position when cloned.

use super::coder::{Coder, Refusal, reason};
use super::columns::Columns;
use super::error::{Place, Problem, ReadError};
use super::finish::Part;
use super::read::Job;
use super::tally::{Batch, Tally};
use super::values::{Value, Values};
use ::parquet::basic::{ConvertedType, LogicalType, Type as Physical};
use ::parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use ::parquet::schema::types::ColumnDescriptor;
use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

const BATCH_ROWS: usize = 8192;

/// A Parquet file whose columns are found and fit to be read.
pub struct Parquet {
    next: AtomicUsize,
    /// Positions of conditions, outcome, cluster and covariates.
    columns: Vec<usize>,
    /// Of each row group: the first row, from 0.
    starts: Vec<u64>,
}

impl Parquet {
    pub fn open(path: &Path, columns: &Columns) -> Result<Parquet, ReadError> {
        let file = reader(path)?;
        let mut starts = Vec::new();
        let mut rows = 0;
        for group in file.metadata().row_groups() {
            starts.push(rows);
            rows += u64::try_from(group.num_rows()).unwrap_or_default();
        }
        let schema = file.metadata().file_metadata().schema_descr();
        let wanted = columns.conditions.iter().map(|condition| &condition.column);
        let wanted = wanted.chain([&columns.outcome, &columns.cluster]);
        let wanted = wanted.chain(columns.covariates.iter().map(|covariate| &covariate.column));
        let places = wanted.map(|name| find(path, schema.columns().iter().map(AsRef::as_ref), name));
        let columns = places.collect::<Result<Vec<usize>, ReadError>>()?;
        Ok(Parquet { next: AtomicUsize::new(0), columns, starts })
    }

    /// One worker: row groups until there are no more, or the job is stopped.
    pub fn work(&self, job: &Job<'_>) -> Result<Part, ReadError> {
        let file = reader(job.path)?;
        let mut worker = Worker::new(job);
        while !job.is_stopped() {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(&start) = self.starts.get(at) else { break };
            let group = file.get_row_group(at).map_err(|error| broken(job.path, &error))?;
            worker.group(self, group.as_ref(), start)?;
        }
        Ok(Part { tally: worker.tally, coders: worker.coders.split_off(worker.first_covariate) })
    }
}

struct Worker<'a> {
    job: &'a Job<'a>,
    tally: Tally,
    batch: Batch,
    /// Of conditions, outcome and covariates; the cluster has none.
    coders: Vec<Coder>,
    first_covariate: usize,
    problems: Vec<Problem>,
}

impl<'a> Worker<'a> {
    fn new(job: &'a Job<'a>) -> Worker<'a> {
        let columns = job.columns;
        let conditions = columns.conditions.iter().map(|it| Coder::condition(&it.test, columns));
        let covariates = columns.covariates.iter().map(|it| Coder::covariate(it, columns));
        Worker {
            job,
            tally: Tally::new(columns, job.limit_bytes),
            batch: Batch::new(columns),
            coders: conditions.chain([Coder::outcome(columns)]).chain(covariates).collect(),
            first_covariate: columns.conditions.len() + 1,
            problems: Vec::new(),
        }
    }

    fn group(&mut self, file: &Parquet, group: &dyn RowGroupReader, start: u64) -> Result<(), ReadError> {
        let path = self.job.path;
        let open = |&column: &usize| {
            let descriptor = group.metadata().schema_descr().column(column);
            let reader = group.get_column_reader(column).map_err(|error| broken(path, &error))?;
            Ok(Values::new(reader, &descriptor))
        };
        let mut columns = file.columns.iter().map(open).collect::<Result<Vec<Values>, ReadError>>()?;
        let rows = u64::try_from(group.metadata().num_rows()).unwrap_or_default();
        let bytes = u64::try_from(group.metadata().compressed_size()).unwrap_or_default();
        let mut done = 0;
        while done < rows && self.problems.len() <= self.job.most_problems {
            let count = BATCH_ROWS.min((rows - done) as usize);
            self.batch.clear();
            for (at, column) in columns.iter_mut().enumerate() {
                self.column(at, column, count, start + done)?;
            }
            let place = |row: usize, _: &str| Place::Row(start + done + row as u64 + 1);
            self.tally
                .add(&mut self.batch, self.job.columns, &place, &mut self.problems)
                .map_err(|error| ReadError::io(path, error))?;
            done += count as u64;
            self.job.advance(count as u64, bytes * count as u64 / rows.max(1));
        }
        self.job.report(std::mem::take(&mut self.problems));
        Ok(())
    }

    /// Codes some rows of one column.
    fn column(&mut self, at: usize, values: &mut Values, count: usize, start: u64) -> Result<(), ReadError> {
        let columns = self.job.columns;
        let first = columns.conditions.len();
        let path = self.job.path;
        let mut refused: Vec<(usize, Refusal)> = Vec::new();
        if at == first + 1 {
            let names = &mut self.tally.names;
            let absent = &columns.missing_values;
            let clusters = &mut self.batch.cluster;
            let each = |value: Value<'_>| clusters.push(value.cluster(names, absent));
            values.read(count, each).map_err(|error| broken(path, &error))?;
            return self.whole(self.batch.cluster.len(), count);
        }
        let slot = if at > first { at - 1 } else { at };
        let coder = &mut self.coders[slot];
        let covariate = at.checked_sub(first + 2);
        let codes = match covariate {
            Some(covariate) => &mut self.batch.covariates[covariate],
            None if at == first => &mut self.batch.outcome,
            None => &mut self.batch.conditions[at],
        };
        let each = |value: Value<'_>| {
            let code = value.code(coder);
            if let Err(refusal) = code {
                refused.push((codes.len(), refusal));
            }
            codes.push(code.unwrap_or_default());
        };
        values.read(count, each).map_err(|error| broken(path, &error))?;
        let found = codes.len();
        let covariate = covariate.map(|at| &columns.covariates[at]);
        let column = match covariate {
            Some(covariate) => covariate.column.clone(),
            None if at == first => columns.outcome.clone(),
            None => columns.conditions[at].column.clone(),
        };
        self.problems.extend(refused.into_iter().take(self.job.most_problems + 1).map(|(row, refusal)| {
            Problem {
                place: Place::Row(start + row as u64 + 1),
                column: column.clone(),
                reason: reason(refusal, covariate),
            }
        }));
        self.whole(found, count)
    }

    fn whole(&self, found: usize, wanted: usize) -> Result<(), ReadError> {
        match found == wanted {
            true => Ok(()),
            false => Err(ReadError::format(self.job.path, "a column is shorter than its row group says")),
        }
    }
}

fn reader(path: &Path) -> Result<SerializedFileReader<File>, ReadError> {
    let file = File::open(path).map_err(|error| ReadError::io(path, error))?;
    SerializedFileReader::new(file).map_err(|error| broken(path, &error))
}

fn broken(path: &Path, error: &::parquet::errors::ParquetError) -> ReadError {
    ReadError::format(path, error.to_string())
}

fn find<'d>(
    path: &Path,
    columns: impl Iterator<Item = &'d ColumnDescriptor>,
    wanted: &str,
) -> Result<usize, ReadError> {
    let all: Vec<&ColumnDescriptor> = columns.collect();
    let is_wanted = |column: &&ColumnDescriptor| column.path().parts() == [wanted];
    let Some(at) = all.iter().position(is_wanted) else {
        let names: Vec<String> = all.iter().map(|column| column.path().string()).collect();
        let (file, column) = (path.to_owned(), wanted.to_owned());
        return Err(ReadError::Column { file, column, found: names.join(", ") });
    };
    match unreadable(all[at]) {
        Some(reason) => Err(ReadError::format(path, format!("column {wanted} {reason}"))),
        None => Ok(at),
    }
}

/// Why a column's type has no levels that could be told by their text.
fn unreadable(column: &ColumnDescriptor) -> Option<&'static str> {
    let is_plain = matches!(
        column.logical_type_ref(),
        None | Some(LogicalType::String | LogicalType::Enum | LogicalType::Integer { .. })
    ) && !matches!(
        column.converted_type(),
        ConvertedType::DECIMAL
            | ConvertedType::DATE
            | ConvertedType::TIME_MILLIS
            | ConvertedType::TIME_MICROS
            | ConvertedType::TIMESTAMP_MILLIS
            | ConvertedType::TIMESTAMP_MICROS
            | ConvertedType::INTERVAL
    );
    match column.physical_type() {
        _ if column.max_rep_level() > 0 => Some("is a list"),
        Physical::INT96 | Physical::FIXED_LEN_BYTE_ARRAY => {
            Some("has a binary type; write it as text or as whole numbers")
        }
        _ if !is_plain => Some("is a date, time or decimal; write it as text or as numbers"),
        _ => None,
    }
}

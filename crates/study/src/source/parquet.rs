//! Parquet: dictionary or plain pages; plain, snappy, zstd or gzip; nullable columns. Workers take row groups
//! in turn, each through a file handle of its own, since handles share one position when cloned.

use super::coder::Coder;
use super::columns::Columns;
use super::error::{Place, ReadError};
use super::pages::Pages;
use super::read::Job;
use super::tally::{Batch, Part, Tally};
use super::values::Values;
use ::parquet::basic::{ConvertedType, LogicalType, Type as Physical};
use ::parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use ::parquet::schema::types::ColumnDescriptor;
use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

const BATCH_ROWS: usize = 4096;

/// A Parquet file whose columns are found and fit to be read.
pub struct Parquet {
    next: AtomicUsize,
    /// Positions of the columns, by use.
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
        let wanted = columns.uses().into_iter();
        let places = wanted.map(|name| find(path, schema.columns().iter().map(AsRef::as_ref), name));
        let columns = places.collect::<Result<Vec<usize>, ReadError>>()?;
        Ok(Parquet { next: AtomicUsize::new(0), columns, starts })
    }

    /// One worker: row groups until there are no more, or the job is stopped.
    pub fn work(&self, job: &Job<'_>) -> Result<Part, ReadError> {
        let file = reader(job.path)?;
        let mut worker = Worker {
            job,
            tally: Tally::new(job.columns, job.gathered),
            batch: Batch::new(job.columns),
            coders: Coder::all(job.columns, job.gathered),
        };
        while !job.is_stopped() {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(&start) = self.starts.get(at) else { break };
            let group = file.get_row_group(at).map_err(|error| broken(job.path, &error))?;
            worker.group(self, group.as_ref(), start)?;
        }
        worker.tally.finish().map_err(|error| ReadError::io(job.path, error))
    }
}

struct Worker<'a> {
    job: &'a Job<'a>,
    tally: Tally<'a>,
    batch: Batch,
    coders: Vec<Coder>,
}

/// A column of one row group: by codes where its encodings allow that, otherwise by values.
enum Column {
    Pages(Pages),
    Values(Values),
}

impl Worker<'_> {
    fn group(&mut self, file: &Parquet, group: &dyn RowGroupReader, start: u64) -> Result<(), ReadError> {
        let path = self.job.path;
        let columns = file.columns.iter().zip(&mut self.coders);
        let columns = columns.map(|(&column, coder)| open(group, column, coder));
        let mut columns =
            columns.collect::<Result<Vec<Column>, _>>().map_err(|error| broken(path, &error))?;
        let rows = u64::try_from(group.metadata().num_rows()).unwrap_or_default();
        let bytes = u64::try_from(group.metadata().compressed_size()).unwrap_or_default();
        let most = self.job.most_problems + 1;
        let mut problems = Vec::new();
        let mut done = 0;
        while done < rows && problems.len() < most {
            let count = BATCH_ROWS.min((rows - done) as usize);
            let uses = columns.iter_mut().zip(&mut self.coders).zip(&mut self.batch.codes);
            for ((column, coder), codes) in uses {
                let read = match column {
                    Column::Pages(pages) => pages.read(count, coder, codes),
                    Column::Values(values) => values.read(count, coder, codes),
                };
                read.map_err(|error| broken(path, &error))?;
                if codes.len() != count {
                    return Err(ReadError::format(path, "a column is shorter than its row group says"));
                }
            }
            let place = |row: usize, _: &str| Place::Row(start + done + row as u64 + 1);
            let found = self.tally.add(&mut self.batch, most, &place);
            problems.extend(found.map_err(|error| ReadError::io(path, error))?);
            done += count as u64;
            self.job.advance(count as u64, bytes * count as u64 / rows.max(1));
        }
        self.job.report(problems);
        Ok(())
    }
}

fn open(group: &dyn RowGroupReader, column: usize, coder: &mut Coder) -> ::parquet::errors::Result<Column> {
    let chunk = group.metadata().column(column);
    let descriptor = chunk.column_descr();
    let is_unsigned = matches!(
        descriptor.converted_type(),
        ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64
    );
    if Pages::can_read(chunk) {
        let reader = group.get_column_page_reader(column)?;
        return Ok(Column::Pages(Pages::new(reader, chunk, is_unsigned, coder)));
    }
    let reader = group.get_column_reader(column)?;
    Ok(Column::Values(Values::new(reader, descriptor.max_def_level() > 0, is_unsigned)))
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

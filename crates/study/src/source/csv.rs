//! CSV (RFC 4180): any column order, quoted fields, byte order mark, LF or CRLF. Workers take blocks in turn.

use super::blocks::{Block, BlockError, Blocks};
use super::coder::Coder;
use super::columns::Columns;
use super::error::{Place, Problem, ReadError};
use super::read::Job;
use super::tally::{Batch, Part, Tally};
use ::csv::ByteRecord;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Mutex;

const BATCH_ROWS: usize = 4096;

/// A text file, its header read.
pub struct Csv {
    shared: Mutex<Shared>,
    names: Vec<String>,
    /// Positions of the fields, by use.
    fields: Vec<usize>,
}

struct Shared {
    blocks: Blocks<File>,
    first: Option<Block>,
}

impl Csv {
    /// Reads the header and finds the columns.
    pub fn open(path: &Path, columns: &Columns) -> Result<Csv, ReadError> {
        let file = File::open(path).map_err(|error| ReadError::io(path, error))?;
        let mut blocks = Blocks::new(file);
        let mut first = Block::default();
        blocks.next(&mut first).map_err(|error| refuse(path, error))?;
        let mut reader = reader(&first.bytes);
        let mut header = ByteRecord::new();
        let is_there = reader.read_byte_record(&mut header).unwrap_or(false);
        if !is_there {
            return Err(ReadError::format(path, "the file is empty"));
        }
        let mut end = reader.position().byte() as usize;
        end += usize::from(first.bytes[end - 1] == b'\r' && first.bytes.get(end) == Some(&b'\n'));
        drop(reader);
        Blocks::<File>::split(&mut first, end);
        let names: Vec<String> =
            header.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        let fields = find(path, &names, columns)?;
        Ok(Csv { shared: Mutex::new(Shared { blocks, first: Some(first) }), names, fields })
    }

    fn next(&self, block: &mut Block) -> Result<bool, BlockError> {
        let mut shared = self.shared.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        match shared.first.take() {
            Some(first) if !first.bytes.is_empty() => {
                *block = first;
                Ok(true)
            }
            _ => shared.blocks.next(block),
        }
    }

    /// One worker: blocks until there are no more, or the job is stopped.
    pub fn work(&self, job: &Job<'_>) -> Result<Part, ReadError> {
        let mut worker = Worker::new(self, job);
        let mut block = Block::default();
        while !job.is_stopped() {
            match self.next(&mut block) {
                Ok(true) => worker.block(&block)?,
                Ok(false) => break,
                Err(BlockError::Malformed(problem)) => {
                    job.report(vec![problem]);
                    job.stop();
                }
                Err(error) => return Err(refuse(job.path, error)),
            }
        }
        worker.tally.finish().map_err(|error| ReadError::io(job.path, error))
    }
}

struct Worker<'a> {
    csv: &'a Csv,
    job: &'a Job<'a>,
    tally: Tally<'a>,
    batch: Batch,
    lines: Vec<u64>,
    coders: Vec<Coder>,
    problems: Vec<Problem>,
}

impl<'a> Worker<'a> {
    fn new(csv: &'a Csv, job: &'a Job<'a>) -> Worker<'a> {
        Worker {
            csv,
            job,
            tally: Tally::new(job.columns, job.gathered),
            batch: Batch::new(job.columns),
            lines: Vec::new(),
            coders: Coder::all(job.columns, job.gathered),
            problems: Vec::new(),
        }
    }

    fn block(&mut self, block: &Block) -> Result<(), ReadError> {
        let before = self.tally.rows();
        let mut reader = reader(&block.bytes);
        let mut record = ByteRecord::new();
        loop {
            // Reading a slice into a byte record has nothing that can fail.
            if !reader.read_byte_record(&mut record).unwrap_or(false) || self.is_full() {
                break;
            }
            let line = block.first_line + lines_before(&record, &block.bytes);
            self.row(&record, line);
            if self.batch.len() == BATCH_ROWS {
                self.flush()?;
            }
        }
        self.flush()?;
        self.job.advance(self.tally.rows() - before, block.bytes.len() as u64);
        self.job.report(std::mem::take(&mut self.problems));
        Ok(())
    }

    fn is_full(&self) -> bool {
        self.problems.len() > self.job.most_problems
    }

    fn row(&mut self, record: &ByteRecord, line: u64) {
        if record.len() != self.csv.names.len() {
            let (found, wanted) = (record.len(), self.csv.names.len());
            let reason = format!("{found} fields where the header has {wanted}");
            self.problems.push(Problem {
                place: Place::Line { line, field: 0 },
                column: String::new(),
                reason,
            });
            return;
        }
        let uses = self.csv.fields.iter().zip(&mut self.coders).zip(&mut self.batch.codes);
        for ((&field, coder), codes) in uses {
            codes.push(coder.text(record.get(field).unwrap_or_default()));
        }
        self.lines.push(line);
    }

    fn flush(&mut self) -> Result<(), ReadError> {
        let (names, lines) = (&self.csv.names, &self.lines);
        let place = |row: usize, column: &str| {
            let field = names.iter().position(|name| name == column).map_or(0, |at| at as u32 + 1);
            Place::Line { line: lines[row], field }
        };
        let found = self.tally.add(&mut self.batch, self.job.most_problems + 1, &place);
        self.problems.extend(found.map_err(|error| ReadError::io(self.job.path, error))?);
        self.lines.clear();
        Ok(())
    }
}

/// Line ends before a record. Its position is that of the reader before it, so the rest of a CRLF and
/// empty lines come on top.
fn lines_before(record: &ByteRecord, bytes: &[u8]) -> u64 {
    let Some(position) = record.position() else { return 0 };
    let ahead = bytes[position.byte() as usize..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() - 1 + ahead.filter(|byte| **byte == b'\n').count() as u64
}

fn reader(bytes: &[u8]) -> ::csv::Reader<&[u8]> {
    ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes)
}

fn refuse(path: &Path, error: BlockError) -> ReadError {
    match error {
        BlockError::Io(error) => ReadError::io(path, error),
        BlockError::Malformed(problem) => {
            ReadError::Malformed { file: path.to_owned(), problems: vec![problem], has_more: false }
        }
    }
}

/// Where the wanted columns stand.
fn find(path: &Path, names: &[String], columns: &Columns) -> Result<Vec<usize>, ReadError> {
    let at = |wanted: &str| {
        let mut places = names.iter().enumerate().filter(|(_, name)| *name == wanted).map(|(at, _)| at);
        let hint = if names.len() == 1 && names[0].contains([';', '\t']) {
            " (one column: are the fields separated by something else than commas?)"
        } else {
            ""
        };
        let found = format!("{}{hint}", names.join(", "));
        let column = wanted.to_owned();
        let first =
            places.next().ok_or_else(|| ReadError::Column { file: path.to_owned(), column, found })?;
        match places.next() {
            Some(_) => Err(ReadError::format(path, format!("two columns are named {wanted}"))),
            None => Ok(first),
        }
    };
    columns.uses().into_iter().map(at).collect()
}

/// Whether the file starts like one of text; reads a few bytes.
pub fn first_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| ReadError::io(path, error))?;
    file.take(4).read_to_end(&mut bytes).map_err(|error| ReadError::io(path, error))?;
    Ok(bytes)
}

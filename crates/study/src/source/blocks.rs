//! A text file in blocks of whole records, so that several workers can read it. Quotes are checked here by
//! RFC 4180: a quoted field starts and ends at a separator, and a quote inside it is doubled.

use super::error::{Place, Problem};
use std::io::{self, Read};

const BLOCK_BYTES: usize = 1 << 20;
/// A record longer than this is a quote that never closes, or no text.
const LONGEST_RECORD: usize = 1 << 24;

/// Whole records and the line on which the first starts.
#[derive(Default)]
pub struct Block {
    pub bytes: Vec<u8>,
    pub first_line: u64,
}

/// Why no block came.
pub enum BlockError {
    Io(io::Error),
    Malformed(Problem),
}

/// Cuts a reader into blocks.
pub struct Blocks<R> {
    reader: R,
    /// Read, but not yet handed out.
    rest: Vec<u8>,
    line: u64,
    /// Bytes handed out.
    pub at: u64,
    is_end: bool,
}

impl<R: Read> Blocks<R> {
    pub fn new(reader: R) -> Blocks<R> {
        Blocks { reader, rest: Vec::new(), line: 1, at: 0, is_end: false }
    }

    /// The next block; its buffer is used again. `false` at the end of the file.
    pub fn next(&mut self, block: &mut Block) -> Result<bool, BlockError> {
        block.bytes.clear();
        std::mem::swap(&mut block.bytes, &mut self.rest);
        let mut wanted = BLOCK_BYTES;
        loop {
            while !self.is_end && block.bytes.len() < wanted {
                let missing = (wanted - block.bytes.len()) as u64;
                let count = self.reader.by_ref().take(missing).read_to_end(&mut block.bytes);
                self.is_end = count.map_err(BlockError::Io)? == 0;
            }
            if self.at == 0 && block.bytes.starts_with(b"\xef\xbb\xbf") {
                block.bytes.drain(..3);
            }
            let end = whole_records(&block.bytes, self.line, self.is_end).map_err(BlockError::Malformed)?;
            if let Some(end) = end {
                self.rest.extend_from_slice(&block.bytes[end..]);
                block.bytes.truncate(end);
                break;
            }
            if wanted >= LONGEST_RECORD {
                let reason = "no record ends within 16 MiB; is a quote left open?".to_owned();
                let place = Place::Line { line: self.line, field: 0 };
                return Err(BlockError::Malformed(Problem { place, column: String::new(), reason }));
            }
            wanted *= 2;
        }
        block.first_line = self.line;
        self.line += memchr::memchr_iter(b'\n', &block.bytes).count() as u64;
        self.at += block.bytes.len() as u64;
        Ok(!block.bytes.is_empty())
    }

    /// Takes bytes off the front of a block: the header.
    pub fn split(block: &mut Block, at: usize) {
        let lines = memchr::memchr_iter(b'\n', &block.bytes[..at]).count() as u64;
        block.first_line += lines;
        block.bytes.drain(..at);
    }
}

/// Where the last whole record ends; `None` where none does.
fn whole_records(bytes: &[u8], first_line: u64, is_end: bool) -> Result<Option<usize>, Problem> {
    let last_line = |end: usize| memchr::memrchr(b'\n', &bytes[..end]).map(|at| at + 1);
    if memchr::memchr(b'"', bytes).is_none() {
        return Ok(if is_end { Some(bytes.len()) } else { last_line(bytes.len()) });
    }
    let problem = |at: usize, reason: &str| {
        let line = first_line + memchr::memchr_iter(b'\n', &bytes[..at]).count() as u64;
        let record = last_line_outside(bytes, at).unwrap_or(0);
        let field = field_at(&bytes[record..at]);
        Problem { place: Place::Line { line, field }, column: String::new(), reason: reason.to_owned() }
    };
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'"', &bytes[at..]).map(|found| at + found) {
        if open > 0 && !matches!(bytes[open - 1], b',' | b'\n' | b'\r') {
            return Err(problem(open, "a quote inside a field that does not start with one"));
        }
        match closing_quote(bytes, open + 1) {
            Some(close) => match bytes.get(close + 1) {
                None if !is_end => return Ok(last_line_outside(bytes, open)),
                None | Some(b',' | b'\n' | b'\r') => at = close + 1,
                Some(_) => return Err(problem(close, "text after the closing quote of a field")),
            },
            None if is_end => return Err(problem(open, "a quote that never closes")),
            None => return Ok(last_line_outside(bytes, open)),
        }
    }
    let end = if is_end { Some(bytes.len()) } else { last_line(bytes.len()).filter(|end| *end > at) };
    Ok(end.or_else(|| last_line_outside(bytes, at)))
}

/// The quote that closes the field: the first that is not doubled.
fn closing_quote(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let quote = at + memchr::memchr(b'"', &bytes[at..])?;
        if bytes.get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        at = quote + 2;
    }
}

/// The last line end before `limit` that is in no quoted field; what lies before `limit` is well formed.
fn last_line_outside(bytes: &[u8], limit: usize) -> Option<usize> {
    let mut is_quoted = false;
    let mut last = None;
    for (at, byte) in bytes[..limit].iter().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => last = Some(at + 1),
            _ => {}
        }
    }
    last
}

/// Which field of a record, from 1, this is the beginning of.
fn field_at(record: &[u8]) -> u32 {
    let mut is_quoted = false;
    let commas = record.iter().filter(|byte| {
        is_quoted ^= **byte == b'"';
        **byte == b',' && !is_quoted
    });
    commas.count() as u32 + 1
}

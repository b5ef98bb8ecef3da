//! Cutting files into chunks of lines: what one thread parses and seals at a time.

use super::files::{self, Source};
use super::report::Refusal;
use std::collections::BTreeSet;
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A chunk is closed after this many bytes of JSON.
const CHUNK_BYTES: usize = 512 * 1024;

/// A file and which of its lines to read.
#[derive(Debug)]
pub struct Planned {
    pub source: Arc<Source>,
    /// Lines that an earlier, interrupted run has committed.
    pub lines_done: u64,
    /// Only these lines, in the pass over what had to wait.
    pub only: Option<BTreeSet<u64>>,
}

/// A line of NDJSON, or a whole document.
#[derive(Debug)]
pub struct Line {
    /// From 1.
    pub number: u64,
    pub text: Vec<u8>,
}

/// Consecutive lines of one file.
#[derive(Debug)]
pub struct Chunk {
    /// From 0, over all files in order of reading.
    pub seq: u64,
    pub source: Arc<Source>,
    pub lines: Vec<Line>,
    /// Committed by an earlier run: only their references count.
    pub is_done: bool,
    /// Bytes of all files taken up to here.
    pub file_bytes: u64,
}

/// Reads planned files in order and hands their chunks on.
pub struct Chunks<'a, F: FnMut(Chunk) -> bool> {
    pub next_seq: u64,
    pub hand_on: &'a mut F,
    files_before: u64,
}

impl<'a, F: FnMut(Chunk) -> bool> Chunks<'a, F> {
    /// `hand_on` answers whether to go on.
    pub fn new(hand_on: &'a mut F) -> Self {
        Chunks { next_seq: 0, hand_on, files_before: 0 }
    }

    /// Reads all; a file that cannot be read (to its end) is refused and the next one begun.
    pub fn read(&mut self, plan: &[Planned]) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        for planned in plan {
            match self.file(planned) {
                Ok(true) => self.files_before += planned.source.size,
                Ok(false) => break,
                Err(error) => refusals.push(files::unreadable(&planned.source.path, &error)),
            }
        }
        refusals
    }

    fn file(&mut self, planned: &Planned) -> io::Result<bool> {
        let mut content = files::open(&planned.source.path)?;
        let mut first = Vec::new();
        content.bytes.read_until(b'\n', &mut first)?;
        let mut cut = Cut { planned, taken: content.taken.clone(), lines: Vec::new(), bytes: 0 };
        if !is_line_by_line(&planned.source, &first) {
            content.bytes.read_to_end(&mut first)?;
            cut.add(1, first);
            return Ok(self.close(&mut cut));
        }
        let (mut number, mut text) = (1, first);
        while !text.is_empty() {
            if number == planned.lines_done + 1 && !self.close(&mut cut) {
                return Ok(false);
            }
            if !text.trim_ascii().is_empty() && planned.wants(number) {
                cut.add(number, text);
            }
            if cut.bytes >= CHUNK_BYTES && !self.close(&mut cut) {
                return Ok(false);
            }
            text = Vec::new();
            content.bytes.read_until(b'\n', &mut text)?;
            number += 1;
        }
        Ok(self.close(&mut cut))
    }

    /// Hands the lines collected so far on, where there are any; whether to go on.
    fn close(&mut self, cut: &mut Cut<'_>) -> bool {
        let lines = std::mem::take(&mut cut.lines);
        cut.bytes = 0;
        let Some(last) = lines.last() else { return true };
        let source = cut.planned.source.clone();
        let is_done = cut.planned.only.is_none() && last.number <= cut.planned.lines_done;
        let taken = cut.taken.load(Ordering::Relaxed).min(source.size);
        let seq = self.next_seq;
        self.next_seq += 1;
        (self.hand_on)(Chunk { seq, source, lines, is_done, file_bytes: self.files_before + taken })
    }
}

struct Cut<'a> {
    planned: &'a Planned,
    taken: Arc<AtomicU64>,
    lines: Vec<Line>,
    bytes: usize,
}

impl Cut<'_> {
    fn add(&mut self, number: u64, text: Vec<u8>) {
        self.bytes += text.len();
        self.lines.push(Line { number, text });
    }
}

impl Planned {
    fn wants(&self, number: u64) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&number))
    }
}

/// By its name, or because the first line is a whole JSON value.
fn is_line_by_line(source: &Source, first: &[u8]) -> bool {
    let name = source.path.to_string_lossy().to_lowercase();
    name.trim_end_matches(".gz").ends_with(".ndjson") || fhir::json::is_whole(first)
}

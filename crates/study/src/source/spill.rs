//! Counts that did not fit in memory, in temporary files by partition. The files have no name and
//! go with the process.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

pub const PARTITIONS: usize = 64;
const ENTRY_BYTES: usize = 16;

/// A count of one worker: cluster and pattern by that worker's numbers.
#[derive(Clone, Copy)]
pub struct Entry {
    pub cluster: u32,
    pub pattern: u32,
    pub n: u32,
    pub events: u32,
}

/// What one worker has written out.
#[derive(Default)]
pub struct Spill {
    files: Vec<BufWriter<File>>,
    pub bytes: u64,
}

impl Spill {
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Appends to the partition that the hash names.
    pub fn push(&mut self, hash: u64, entry: Entry) -> io::Result<()> {
        while self.files.len() < PARTITIONS {
            self.files.push(BufWriter::with_capacity(1 << 15, tempfile::tempfile()?));
        }
        let mut bytes = [0u8; ENTRY_BYTES];
        let words = [entry.cluster, entry.pattern, entry.n, entry.events];
        for (place, word) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(words) {
            *place = word.to_le_bytes();
        }
        self.bytes += ENTRY_BYTES as u64;
        self.files[(hash >> 58) as usize].write_all(&bytes)
    }

    /// Reads a partition back, once.
    pub fn entries(&mut self, partition: usize, mut each: impl FnMut(Entry)) -> io::Result<()> {
        let Some(writer) = self.files.get_mut(partition) else { return Ok(()) };
        writer.flush()?;
        let mut file = writer.get_ref();
        file.rewind()?;
        let mut reader = BufReader::with_capacity(1 << 18, file);
        let mut bytes = [0u8; ENTRY_BYTES];
        loop {
            match reader.read_exact(&mut bytes) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
                Err(error) => return Err(error),
            }
            let word =
                |at: usize| bytes.as_chunks::<4>().0.get(at).map_or(0, |word| u32::from_le_bytes(*word));
            each(Entry { cluster: word(0), pattern: word(1), n: word(2), events: word(3) });
        }
    }
}

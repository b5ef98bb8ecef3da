//! Counts that did not fit in memory, in one temporary file that has no name and goes with the process.

use crate::grouped::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};

const CELL_BYTES: usize = size_of::<Cell>();

/// Where some cells lie in the file.
#[derive(Clone, Copy)]
pub struct Extent {
    at: u64,
    cells: usize,
}

/// The file, made when it is first needed.
#[derive(Default)]
pub struct Spill {
    file: Option<File>,
    pub bytes: u64,
}

impl Spill {
    /// Appends the cells.
    pub fn write(&mut self, cells: impl Iterator<Item = Cell>) -> io::Result<Extent> {
        let mut bytes = Vec::new();
        for cell in cells {
            let words = [cell.cluster, cell.pattern, cell.n, cell.events];
            words.iter().for_each(|word| bytes.extend_from_slice(&word.to_le_bytes()));
        }
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        let extent = Extent { at: self.bytes, cells: bytes.len() / CELL_BYTES };
        file.seek(SeekFrom::Start(self.bytes))?;
        file.write_all(&bytes)?;
        self.bytes += bytes.len() as u64;
        Ok(extent)
    }

    /// Reads them back.
    pub fn read(&self, extent: Extent, cells: &mut Vec<Cell>) -> io::Result<()> {
        let Some(mut file) = self.file.as_ref() else { return Ok(()) };
        file.seek(SeekFrom::Start(extent.at))?;
        let mut reader = BufReader::with_capacity(1 << 18, file);
        let mut bytes = [0u8; CELL_BYTES];
        for _ in 0..extent.cells {
            reader.read_exact(&mut bytes)?;
            let [cluster, pattern, n, events] =
                [0, 4, 8, 12].map(|at| u32::from_le_bytes([0, 1, 2, 3].map(|byte| bytes[at + byte])));
            cells.push(Cell { cluster, pattern, n, events });
        }
        Ok(())
    }
}

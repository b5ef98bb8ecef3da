//! The anchor file: one line per sealed batch, outside the database, so that a database that was rolled
//! back or cut short shows. Rule: one process writes it, and only ever appends; a torn last line is no line.

use jiff::Timestamp;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use store::audit_seal::Batch;

/// Longer than any line: where the last one is looked for.
const TAIL_BYTES: u64 = 4096;

/// A line of the file that cannot be read, by its number from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {0} of the anchor file cannot be read")]
pub struct BadLine(pub u64);

/// The file, open for appending and locked for this process.
#[derive(Debug)]
pub struct AnchorFile {
    file: File,
    /// Where the last whole line ends.
    end: u64,
    last_no: Option<i64>,
    is_synced: bool,
}

impl AnchorFile {
    /// Opens or creates the file (mode 0600) and cuts off a line that a crash has torn. Refuses a file
    /// that another process writes.
    pub fn open(path: &Path) -> io::Result<AnchorFile> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        lock(&file)?;
        let mut anchor = AnchorFile { file, end: 0, last_no: None, is_synced: true };
        anchor.read_end()?;
        Ok(anchor)
    }

    /// The number of the last batch in the file. What stands behind the last line that this one wrote is
    /// looked at first: half a line, left by a full disk, would be glued to the next one.
    pub fn last_no(&mut self) -> io::Result<Option<i64>> {
        if self.file.metadata()?.len() != self.end {
            self.read_end()?;
        }
        Ok(self.last_no)
    }

    fn read_end(&mut self) -> io::Result<()> {
        let length = self.file.metadata()?.len();
        let start = length.saturating_sub(TAIL_BYTES);
        self.file.seek(SeekFrom::Start(start))?;
        let mut tail = Vec::new();
        self.file.read_to_end(&mut tail)?;
        let whole = tail.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        if whole < tail.len() {
            self.file.set_len(start + whole as u64)?;
            self.is_synced = false;
        }
        let text = String::from_utf8_lossy(&tail[..whole]);
        self.last_no = text.lines().next_back().and_then(parse).map(|batch| batch.no);
        self.end = start + whole as u64;
        Ok(())
    }

    /// Appends batches in their order, not yet synced.
    pub fn append(&mut self, batches: &[Batch]) -> io::Result<()> {
        let lines: String = batches.iter().map(line).collect();
        self.is_synced &= batches.is_empty();
        self.file.write_all(lines.as_bytes())?;
        self.end += lines.len() as u64;
        self.last_no = batches.last().map(|batch| batch.no).or(self.last_no);
        Ok(())
    }

    /// Makes the lines durable; does nothing where they are.
    pub fn sync(&mut self) -> io::Result<()> {
        if !self.is_synced {
            self.file.sync_data()?;
            self.is_synced = true;
        }
        Ok(())
    }
}

/// Two that write one file would each go on from where it stood when they began.
fn lock(file: &File) -> io::Result<()> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            Err(io::Error::new(io::ErrorKind::ResourceBusy, "another server is writing it"))
        }
        // A file system without locks.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(()),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// The last whole line of a file; `None` where there is none, an error where it is no line of ours.
pub fn last_line(path: &Path) -> io::Result<Option<Batch>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL_BYTES)))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    let Some(end) = tail.iter().rposition(|byte| *byte == b'\n') else { return Ok(None) };
    let text = String::from_utf8_lossy(&tail[..end]);
    let line = text.lines().next_back().unwrap_or_default();
    parse(line).map(Some).ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// Reads a file line by line, as long as it is now; what follows the last line end is no line.
pub fn lines(path: &Path) -> io::Result<impl Iterator<Item = Result<Batch, BadLine>> + Send + use<>> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut reader = BufReader::new(file.take(length));
    let mut number = 0;
    Ok(std::iter::from_fn(move || {
        let mut bytes = Vec::new();
        number += 1;
        match reader.read_until(b'\n', &mut bytes) {
            Ok(0) => None,
            Ok(_) if bytes.last() != Some(&b'\n') => None,
            Ok(_) => Some(std::str::from_utf8(&bytes).ok().and_then(parse).ok_or(BadLine(number))),
            Err(_) => Some(Err(BadLine(number))),
        }
    }))
}

fn line(batch: &Batch) -> String {
    let mac: String = batch.mac.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{} {} {} {mac}\n", batch.no, batch.at, batch.events)
}

fn parse(line: &str) -> Option<Batch> {
    let mut words = line.split_ascii_whitespace();
    let no = words.next()?.parse().ok()?;
    let at: Timestamp = words.next()?.parse().ok()?;
    let events = words.next()?.parse().ok()?;
    let hex = words.next()?;
    if hex.len() != 64 || !hex.is_ascii() || words.next().is_some() {
        return None;
    }
    let mut mac = [0; 32];
    for (byte, at) in mac.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&hex[at..at + 2], 16).ok()?;
    }
    Some(Batch { no, at, events, mac })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(no: i64) -> Batch {
        let at = Timestamp::from_microsecond(1_796_000_000_123_456 + no).unwrap();
        Batch { no, at, events: 7, mac: [u8::try_from(no).unwrap(); 32] }
    }

    #[test]
    fn what_was_appended_is_read_again_after_the_file_was_closed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.anchor");
        let mut file = AnchorFile::open(&path).unwrap();
        assert_eq!(file.last_no().unwrap(), None);
        file.append(&[batch(1), batch(2)]).unwrap();
        file.sync().unwrap();
        drop(file);
        let mut file = AnchorFile::open(&path).unwrap();
        assert_eq!(file.last_no().unwrap(), Some(2));
        file.append(&[batch(3)]).unwrap();
        let read: Vec<_> = lines(&path).unwrap().collect();
        assert_eq!(read, [Ok(batch(1)), Ok(batch(2)), Ok(batch(3))]);
    }

    #[test]
    fn a_torn_last_line_is_passed_over_and_cut_off_before_the_next_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.anchor");
        AnchorFile::open(&path).unwrap().append(&[batch(1), batch(2)]).unwrap();
        let whole = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() - 20]).unwrap();
        assert_eq!(lines(&path).unwrap().collect::<Vec<_>>(), [Ok(batch(1))]);
        let mut file = AnchorFile::open(&path).unwrap();
        assert_eq!(file.last_no().unwrap(), Some(1));
        file.append(&[batch(2)]).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), whole);
    }

    #[test]
    fn half_a_line_left_by_a_full_disk_is_cut_off_before_the_next_one_without_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.anchor");
        let mut file = AnchorFile::open(&path).unwrap();
        file.append(&[batch(1)]).unwrap();
        let half = &line(&batch(2))[..30];
        OpenOptions::new().append(true).open(&path).unwrap().write_all(half.as_bytes()).unwrap();
        assert_eq!(file.last_no().unwrap(), Some(1));
        file.append(&[batch(2)]).unwrap();
        assert_eq!(lines(&path).unwrap().collect::<Vec<_>>(), [Ok(batch(1)), Ok(batch(2))]);
    }

    #[test]
    fn what_another_has_appended_is_seen_before_the_next_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.anchor");
        let mut file = AnchorFile::open(&path).unwrap();
        file.append(&[batch(1)]).unwrap();
        OpenOptions::new().append(true).open(&path).unwrap().write_all(line(&batch(2)).as_bytes()).unwrap();
        assert_eq!(file.last_no().unwrap(), Some(2));
    }

    #[test]
    fn a_second_writer_of_one_file_is_refused_until_the_first_has_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.anchor");
        let first = AnchorFile::open(&path).unwrap();
        let refused = AnchorFile::open(&path).unwrap_err();
        assert_eq!(refused.to_string(), "another server is writing it");
        drop(first);
        AnchorFile::open(&path).unwrap();
    }

    #[test]
    fn a_line_that_is_no_batch_is_named_by_its_number() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.anchor");
        std::fs::write(&path, format!("{}scribble\n{}", line(&batch(1)), line(&batch(2)))).unwrap();
        let read: Vec<_> = lines(&path).unwrap().collect();
        assert_eq!(read, [Ok(batch(1)), Err(BadLine(2)), Ok(batch(2))]);
    }
}
